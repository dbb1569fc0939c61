"""What stands behind the launchers."""

from ikikec.__main__ import utama

utama()

from ikikec.__main__ import utama

utama()

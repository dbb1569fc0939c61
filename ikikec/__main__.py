"""Lets ``python -m ikikec`` do what the ``ikikec`` command does."""

from ikikec.cli.app import app

if __name__ == "__main__":
    app(prog_name="ikikec")

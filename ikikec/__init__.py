"""ikikec: the record book and performance sheets of an Indonesian sub-district office."""

__version__ = "0.1.0"

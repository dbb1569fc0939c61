"""What only Unix has; None elsewhere, where the marker ``unix`` keeps the tests from running that need it."""

try:
    import fcntl
    import pty
    import resource
except ImportError:
    fcntl = pty = resource = None

__all__ = ["fcntl", "pty", "resource"]

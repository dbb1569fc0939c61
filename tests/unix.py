"""What only Unix has; empty elsewhere, where the marker ``unix`` keeps the tests from running that need it."""

import os
import signal

try:
    import fcntl
    import pty
    import resource
except ImportError:
    fcntl = pty = resource = None

SIGHUP = getattr(signal, "SIGHUP", signal.SIGTERM)
# Whether the tests are run by root, who may write everything and be anybody.
ROOT = getattr(os, "geteuid", lambda: None)() == 0

__all__ = ["ROOT", "SIGHUP", "fcntl", "pty", "resource"]

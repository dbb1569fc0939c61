"""What the ``ikikec`` command and ``python -m ikikec`` run."""

import gc
import sys

# Start-up makes over a hundred thousand objects that stay: looking through them for garbage, on the way and at the
# end, took almost a third of it. Long work still has its garbage collected, only in larger heaps.
SEKALI_KUMPUL = 300_000


def utama() -> None:
    """Run the command line of this process, and end it with its exit code."""
    gc.set_threshold(SEKALI_KUMPUL, *gc.get_threshold()[1:])
    from ikikec.cli.aliran import tangani_sinyal

    try:
        tangani_sinyal()
        from ikikec.cli.app import app

        app(prog_name="ikikec")
    except KeyboardInterrupt:
        # So early that nobody was there to say it; nothing has begun.
        sys.exit(130)
    finally:
        # Everything goes with the process; the interpreter would look through it all twice more before it ends.
        gc.freeze()


if __name__ == "__main__":
    utama()

"""Runs in the package's own interpreter: compiles a folder's modules for good, the same each time.

The packages that are named keep their sources beside that; of all others only what is compiled stays.
"""

import py_compile
import sys
from pathlib import Path

root, *sources = Path(sys.argv[1]), *sys.argv[2:]
for module in sorted(root.rglob("*.py"), key=Path.as_posix):
    kept = module.relative_to(root).parts[0] in sources
    py_compile.compile(
        str(module),
        cfile=None if kept else str(module.with_suffix(".pyc")),
        dfile=module.relative_to(root).as_posix(),
        doraise=True,
        # Nobody changes them; so the modules themselves need not be looked at when the program starts.
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    if not kept:
        module.unlink()

"""Long lines folded at blanks to the terminal's width; into a pipe or file they stay whole."""

import shutil
from typing import Any


def lipat(teks: str, aliran: Any, menjorok: str = "") -> str:
    """``teks`` as it is to be written to ``aliran``, each line that is folded going on behind ``menjorok``.

    A non-breaking blank holds words together and is shown as a blank.
    """
    if aliran is not None and aliran.isatty():
        import textwrap

        lebar = shutil.get_terminal_size().columns
        teks = "\n".join(
            textwrap.fill(baris, lebar, subsequent_indent=menjorok, break_on_hyphens=False, drop_whitespace=True)
            for baris in teks.splitlines()
        )
    return teks.replace("\xa0", " ")

"""Registers as JSON and as JSON lines, entry by entry, so that a ledger of any size needs no more memory."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ikikec.buku.bidang import Nilai
from ikikec.buku.register import Register

Kumpulan = Sequence[tuple[Register, Iterable[Mapping[str, Nilai]]]]


def tulis_json(kumpulan: Kumpulan) -> Iterator[str]:
    """One register as a list of its entries; several as an object of such lists by the registers' names."""
    if len(kumpulan) == 1:
        yield from _larik(*kumpulan[0], "")
        yield "\n"
        return
    awal = "{\n"
    for register, entri in kumpulan:
        yield f'{awal}  "{register.slug}": '
        yield from _larik(register, entri, "  ")
        awal = ",\n"
    yield "\n}\n"


def tulis_jsonl(kumpulan: Kumpulan) -> Iterator[str]:
    """One entry a line; where there are several registers, each line tells its own first."""
    for register, entri in kumpulan:
        awal = {"register": register.slug} if len(kumpulan) > 1 else {}
        for isi in entri:
            yield json.dumps(awal | register.json(isi), ensure_ascii=False) + "\n"


def _larik(register: Register, entri: Iterable[Mapping[str, Nilai]], inden: str) -> Iterator[str]:
    """A list as ``json.dumps`` with an indent of two would write it at that depth."""
    awal, akhir = "[", "[]"
    for isi in entri:
        # A line end inside a text is written as \n, so that each of these is the layout's own.
        objek = json.dumps(register.json(isi), ensure_ascii=False, indent=2).replace("\n", f"\n  {inden}")
        yield f"{awal}\n  {inden}{objek}"
        awal, akhir = ",", f"\n{inden}]"
    yield akhir

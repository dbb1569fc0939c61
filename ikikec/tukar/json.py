"""JSON as the program writes it everywhere; registers entry by entry, so that any ledger needs the same memory."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from ikikec.buku.bidang import Nilai
from ikikec.buku.register import Register
from ikikec.periode import Periode

if TYPE_CHECKING:
    from ikikec.buku.baca import IsiRegister

Kumpulan: TypeAlias = "Sequence[IsiRegister]"


def tulis_json(isi: Any) -> str:
    """``isi`` indented, letters as they are, a line end at the end; dates ISO, figures numbers, periods objects."""
    return json.dumps(isi, ensure_ascii=False, indent=2, default=_polos) + "\n"


def _polos(nilai: Any) -> Any:
    """What a value that JSON has no form for is written as."""
    if isinstance(nilai, date):
        return nilai.isoformat()
    if isinstance(nilai, Decimal):
        return float(nilai)
    if isinstance(nilai, Periode):
        sampai = {} if nilai.sampai is None else {"sampai": nilai.sampai}
        return {"label": nilai.label, "awal": nilai.awal, "akhir": nilai.akhir, **sampai}
    raise TypeError(type(nilai).__name__)


def tulis_register(kumpulan: Kumpulan) -> Iterator[str]:
    """One register as a list of its entries; several as an object of such lists by the registers' names."""
    if len(kumpulan) == 1:
        yield from _larik(kumpulan[0].register, kumpulan[0].entri, "")
        yield "\n"
        return
    awal = "{\n"
    for satu in kumpulan:
        yield f'{awal}  "{satu.register.slug}": '
        yield from _larik(satu.register, satu.entri, "  ")
        awal = ",\n"
    yield "\n}\n"


def tulis_jsonl(kumpulan: Kumpulan) -> Iterator[str]:
    """One entry a line; where there are several registers, each line tells its own first."""
    for satu in kumpulan:
        awal = {"register": satu.register.slug} if len(kumpulan) > 1 else {}
        for isi in satu.entri:
            yield json.dumps(awal | satu.register.json(isi), ensure_ascii=False) + "\n"


def _larik(register: Register, entri: Iterable[Mapping[str, Nilai]], inden: str) -> Iterator[str]:
    """A list as ``json.dumps`` with an indent of two would write it at that depth."""
    awal, akhir = "[", "[]"
    for isi in entri:
        # A line end inside a text is written as \n, so that each of these is the layout's own.
        objek = json.dumps(register.json(isi), ensure_ascii=False, indent=2).replace("\n", f"\n  {inden}")
        yield f"{awal}\n  {inden}{objek}"
        awal, akhir = ",", f"\n{inden}]"
    yield akhir

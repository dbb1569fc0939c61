"""The papers that an office prints on: one table, from which every form takes what it needs to say."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kertas:
    """A paper: its name, its short and its long side in millimetres, and its number in a workbook.

    ``bernama``: CSS knows it by its name; another is told by its sides.
    """

    nama: str
    lebar: float
    tinggi: float
    nomor: int
    bernama: bool = True

    @property
    def tegak(self) -> str:
        """An upright page, as CSS has its ``size``."""
        return f"{self.nama} portrait" if self.bernama else f"{self.lebar}mm {self.tinggi}mm"

    @property
    def mendatar(self) -> str:
        """A page on its side."""
        return f"{self.nama} landscape" if self.bernama else f"{self.tinggi}mm {self.lebar}mm"


KERTAS_BAWAAN = Kertas("A4", 210, 297, 9)
# Spreadsheets have no number for F4. Folio (8½ × 13 inches) is the same to a millimetre, and what printers call it.
F4 = Kertas("F4", 215, 330, 14, bernama=False)
SEMUA_KERTAS = {
    satu.nama: satu
    for satu in (KERTAS_BAWAAN, F4, Kertas("Legal", 215.9, 355.6, 5), Kertas("Letter", 215.9, 279.4, 1))
}

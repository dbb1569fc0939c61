"""The plot of time against ledger size: log-log axes, one line per command, as SVG text."""

from collections.abc import Iterator, Mapping
from math import ceil, floor, log10

_LEBAR, _TINGGI = 720, 440
_KIRI, _KANAN, _ATAS, _BAWAH = 70, 610, 46, 380
# Okabe and Ito's, told apart by colour-blind readers too; each with a mark of its own.
_WARNA = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000")
_GARIS = ("", "7 4", "2 4", "10 3 2 3", "")
_PANGKAT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
# Labels at the lines' ends keep this distance.
_JARAK = 17

Kurva = Mapping[str, Mapping[int, float]]


def gambar(kurva: Kurva, judul: str) -> str:
    """The plot as an SVG document."""
    semua = [detik for isi in kurva.values() for detik in isi.values()]
    ukuran = sorted({satu for isi in kurva.values() for satu in isi})
    bidang = _Bidang((min(ukuran), max(ukuran)), (floor(log10(min(semua))), ceil(log10(max(semua)))))
    isi = [*_kerangka(bidang, judul), *_kurva(bidang, kurva)]
    kepala = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEBAR} {_TINGGI}" '
        'font-family="system-ui, sans-serif" font-size="13">'
    )
    return "\n".join([kepala, *isi, "</svg>", ""])


class _Bidang:
    """From entries and seconds to places in the picture."""

    def __init__(self, entri: tuple[int, int], dekade: tuple[int, int]) -> None:
        self.entri = entri
        self.dekade = dekade

    def x(self, entri: float) -> float:
        awal, akhir = map(log10, self.entri)
        return round(_KIRI + (log10(entri) - awal) / (akhir - awal) * (_KANAN - _KIRI), 1)

    def y(self, detik: float) -> float:
        awal, akhir = self.dekade
        return round(_BAWAH - (log10(detik) - awal) / (akhir - awal) * (_BAWAH - _ATAS), 1)


def _kerangka(bidang: _Bidang, judul: str) -> Iterator[str]:
    yield f'<rect width="{_LEBAR}" height="{_TINGGI}" fill="#fff"/>'
    yield f'<text x="{_KIRI}" y="26" font-size="15" font-weight="600" fill="#222">{judul}</text>'
    for pangkat in range(round(log10(bidang.entri[0])), round(log10(bidang.entri[1])) + 1):
        x = bidang.x(10**pangkat)
        yield f'<path d="M{x} {_ATAS}V{_BAWAH}" stroke="#ddd"/>'
        yield _teks(x, _BAWAH + 20, f"10{str(pangkat).translate(_PANGKAT)}", "middle")
    for pangkat in range(bidang.dekade[0], bidang.dekade[1] + 1):
        yield from _mendatar(bidang, pangkat)
    yield _teks((_KIRI + _KANAN) / 2, _BAWAH + 44, "entries in the ledger", "middle")
    tengah = (_ATAS + _BAWAH) / 2
    yield f'<text transform="translate(18 {tengah}) rotate(-90)" text-anchor="middle" fill="#444">seconds</text>'


def _mendatar(bidang: _Bidang, pangkat: int) -> Iterator[str]:
    """A power of ten of the seconds, and the steps up to the next one."""
    y = bidang.y(10.0**pangkat)
    yield f'<path d="M{_KIRI} {y}H{_KANAN}" stroke="#bbb"/>'
    yield _teks(_KIRI - 8, y + 4, f"{10.0**pangkat:g}", "end")
    for kali in (2, 5) if pangkat < bidang.dekade[1] else ():
        antara = bidang.y(kali * 10.0**pangkat)
        yield f'<path d="M{_KIRI} {antara}H{_KANAN}" stroke="#eee"/>'
        yield _teks(_KIRI - 8, antara + 4, f"{kali * 10.0**pangkat:g}", "end")


def _kurva(bidang: _Bidang, kurva: Kurva) -> Iterator[str]:
    letak = _letak_nama({nama: bidang.y(isi[max(isi)]) for nama, isi in kurva.items()})
    for (nama, isi), warna, garis in zip(kurva.items(), _WARNA, _GARIS, strict=False):
        titik = [(bidang.x(entri), bidang.y(detik)) for entri, detik in sorted(isi.items())]
        jalan = "L".join(f"{x} {y}" for x, y in titik)
        yield f'<path d="M{jalan}" fill="none" stroke="{warna}" stroke-width="2.2" stroke-dasharray="{garis}"/>'
        for x, y in titik:
            yield f'<circle cx="{x}" cy="{y}" r="3.6" fill="{warna}"/>'
        yield f'<text x="{_KANAN + 10}" y="{letak[nama] + 4}" fill="{warna}" font-weight="600">{nama}</text>'


def _letak_nama(ujung: Mapping[str, float]) -> dict[str, float]:
    """Where the lines' names stand: at their ends, and none over another."""
    hasil: dict[str, float] = {}
    batas = float("-inf")
    for nama, y in sorted(ujung.items(), key=lambda satu: satu[1]):
        batas = max(y, batas + _JARAK)
        hasil[nama] = batas
    return hasil


def _teks(x: float, y: float, isi: str, jangkar: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{jangkar}" fill="#444">{isi}</text>'

"""Registers as a workbook (.xlsx), a tab per register, written as it is read: of any size in the same memory.

openpyxl keeps a workbook in memory or in files of its own, and stamps the time into it; the few parts that a plain
table needs are written here (ECMA-376). A text is a text whatever it begins with, a date a date.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ikikec.buku.bidang import Jenis, Nilai
from ikikec.buku.register import Register
from ikikec.galat import AturanDilanggar
from ikikec.tukar.json_keluar import Kumpulan

SEL_TERPANJANG, BARIS_TERBANYAK = 32_767, 1_048_576
_KEPALA = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RANAH = "http://schemas.openxmlformats.org/"
_UTAMA = f'xmlns="{_RANAH}spreadsheetml/2006/main"'
_HUBUNGAN = f"{_RANAH}officeDocument/2006/relationships"
_PAKET = f"{_RANAH}package/2006"
_JENIS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Cell styles by their place: plain, a date, a text that stays one when it is edited, a heading.
_TANGGAL, _TEKS_SAJA, _JUDUL = 1, 2, 3
_GAYA = (
    f'<styleSheet {_UTAMA}><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="10"/><name val="Arial"/></font>'
    '<font><b/><sz val="10"/><name val="Arial"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf xfId="0"/><xf numFmtId="164" applyNumberFormat="1" xfId="0"/>'
    '<xf quotePrefix="1" xfId="0"/><xf fontId="1" applyFont="1" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_LEBAR = {Jenis.TANGGAL: 12, Jenis.BILANGAN: 12, Jenis.PILIHAN: 16, Jenis.YA_TIDAK: 9, Jenis.TEKS: 24}
_HARI_NOL = date(1899, 12, 30).toordinal()
_WAKTU = (1980, 1, 1, 0, 0, 0)
# What XML cannot hold or would change, and what would be taken for such an escape (ECMA-376 Part 1, 22.9.2.19).
_PERLU_LOLOS = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_RUMUS = ("=", "+", "-", "@", "'")


def tulis_xlsx(kumpulan: Kumpulan) -> Iterator[bytes]:
    """The workbook's bytes, piece by piece.

    Raises AturanDilanggar where a text or a register is longer than a spreadsheet takes.
    """
    penampung = _Penampung()
    with ZipFile(penampung, "w") as arsip:  # type: ignore[call-overload]  # it is only written to
        for nama, isi in _rangka([register.slug for register, _ in kumpulan]):
            arsip.writestr(_anggota(nama), _KEPALA + isi)
        for urut, (register, entri) in enumerate(kumpulan, 1):
            with arsip.open(_anggota(f"xl/worksheets/sheet{urut}.xml"), "w") as lembar:
                for potongan in _lembar(register, entri):
                    lembar.write(potongan.encode())
                    yield penampung.ambil()
    yield penampung.ambil()


class _Penampung:
    """A file that cannot be gone back in; holds what the archive wrote until it is fetched."""

    def __init__(self) -> None:
        self._isi = bytearray()

    def write(self, potongan: bytes) -> int:
        self._isi += potongan
        return len(potongan)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def ambil(self) -> bytes:
        isi = bytes(self._isi)
        self._isi.clear()
        return isi


def _anggota(nama: str) -> ZipInfo:
    """A member without the moment of its making, so that the same entries make the same file."""
    anggota = ZipInfo(nama, _WAKTU)
    anggota.compress_type = ZIP_DEFLATED
    return anggota


def _rangka(nama: list[str]) -> Iterator[tuple[str, str]]:
    """All parts but the tables themselves."""
    urut = range(1, len(nama) + 1)
    tabel = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_JENIS}.worksheet+xml"/>' for n in urut
    )
    jenis = (
        f'<Types xmlns="{_PAKET}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_JENIS}.sheet.main+xml"/>{tabel}'
        f'<Override PartName="/xl/styles.xml" ContentType="{_JENIS}.styles+xml"/></Types>'
    )
    yield "[Content_Types].xml", jenis
    yield "_rels/.rels", _hubungkan([("officeDocument", "xl/workbook.xml")])
    lembar = "".join(f'<sheet name="{satu}" sheetId="{n}" r:id="rId{n}"/>' for n, satu in enumerate(nama, 1))
    yield "xl/workbook.xml", f'<workbook {_UTAMA} xmlns:r="{_HUBUNGAN}"><sheets>{lembar}</sheets></workbook>'
    bagian = [("worksheet", f"worksheets/sheet{n}.xml") for n in urut]
    yield "xl/_rels/workbook.xml.rels", _hubungkan([*bagian, ("styles", "styles.xml")])
    yield "xl/styles.xml", _GAYA


def _hubungkan(tujuan: list[tuple[str, str]]) -> str:
    isi = "".join(
        f'<Relationship Id="rId{n}" Type="{_HUBUNGAN}/{jenis}" Target="{berkas}"/>'
        for n, (jenis, berkas) in enumerate(tujuan, 1)
    )
    return f'<Relationships xmlns="{_PAKET}/relationships">{isi}</Relationships>'


def _lembar(register: Register, entri: Iterable[Mapping[str, Nilai]]) -> Iterator[str]:
    """A table under its heading, which stays in sight."""
    lebar = "".join(
        f'<col min="{n}" max="{n}" width="{_LEBAR[bidang.jenis]}" customWidth="1"/>'
        for n, bidang in enumerate(register.bidang, 1)
    )
    yield (
        f'{_KEPALA}<worksheet {_UTAMA}><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{lebar}</cols><sheetData>"
    )
    yield _baris(1, (_teks(nama, _JUDUL) for nama in register.nama_bidang))
    for urut, isi in enumerate(entri, 2):
        if urut > BARIS_TERBANYAK:
            raise AturanDilanggar(
                f"register {register.slug} lebih panjang dari yang muat di lembar kerja ({BARIS_TERBANYAK} baris)",
                saran="Batasi dengan --periode, atau pakai -O csv.",
            )
        yield _baris(urut, (_sel(isi, nama, register) for nama in register.nama_bidang))
    yield "</sheetData></worksheet>"


def _baris(urut: int, sel: Iterable[str]) -> str:
    return f'<row r="{urut}">{"".join(sel)}</row>'


def _sel(isi: Mapping[str, Nilai], nama: str, register: Register) -> str:
    nilai = isi[nama]
    if nilai is None:
        return "<c/>"
    if isinstance(nilai, date):
        return f'<c s="{_TANGGAL}"><v>{nilai.toordinal() - _HARI_NOL}</v></c>'
    if isinstance(nilai, int) and not isinstance(nilai, bool):
        return f"<c><v>{nilai}</v></c>"
    teks = register[nama].tulis(nilai)
    if len(teks.encode("utf-16-le")) > 2 * SEL_TERPANJANG:
        raise AturanDilanggar(
            f"{isi['nomor']}: {nama} lebih panjang dari yang muat di satu sel lembar kerja ({SEL_TERPANJANG} huruf)",
            saran="Pakai -O csv, json, atau jsonl.",
        )
    return _teks(teks, _TEKS_SAJA if teks.startswith(_RUMUS) else 0)


def _teks(teks: str, gaya: int) -> str:
    lolos = _PERLU_LOLOS.sub(lambda cocok: f"_x{ord(cocok[0]):04X}_", teks).translate(_XML)
    tanda = f' s="{gaya}"' if gaya else ""
    return f'<c t="inlineStr"{tanda}><is><t xml:space="preserve">{lolos}</t></is></c>'

"""The latest numbers of a register, for whoever is typing one. No SQLAlchemy: completion must not cost start-up."""

from collections.abc import Iterator, Sequence

from ikikec.bahasa import bersih
from ikikec.buku.bidang import Jenis
from ikikec.buku.mesin.alamat import Alamat, intip
from ikikec.buku.register import TINDAK_LANJUT, Register

SEMUA = "1 = 1"
HIDUP = "NOT batal"
# The same rule as terbuka.terbuka, which a test holds: open until the latest follow-up by date closes it.
PENGADUAN_TERBUKA = (
    f"{HIDUP} AND coalesce((SELECT t.status FROM tindak_lanjut AS t"
    " WHERE t.pengaduan = pengaduan.nomor AND NOT t.batal"
    " ORDER BY t.tanggal DESC, length(t.nomor) DESC, t.nomor DESC LIMIT 1), '') NOT IN ('selesai', 'ditolak')"
)


def belum_diambil(register: Register, tanggal: str) -> str:
    """The condition that an entry can still take the step that sets ``tanggal``: issued or refused is the end."""
    kosong = {tanggal, *register.akhir}
    return " AND ".join([HIDUP, *(f"{nama} IS NULL" for nama in sorted(kosong))])


def nomor_terakhir(
    alamat: Alamat, register: Register, awalan: str, banyak: int, syarat: Sequence[str] = (SEMUA,)
) -> list[tuple[str, str]]:
    """The ``banyak`` latest numbers that begin with ``awalan``, the newest first, each with its day and subject.

    Entries that meet the first condition of ``syarat`` come before those that meet the next. Follow-ups are found
    only by a complaint's whole number with the stroke behind it.
    """
    hasil: dict[str, str] = {}
    for satu in syarat:
        for nomor, bantuan in _cari(alamat, register, awalan, satu):
            hasil.setdefault(nomor, bantuan)
            if len(hasil) == banyak:
                return list(hasil.items())
    return list(hasil.items())


def _cari(alamat: Alamat, register: Register, awalan: str, syarat: str) -> Iterator[tuple[str, str]]:
    """Rows as they are found, so that those read before the database is stopped count."""
    milik, urut = "substr(nomor, 1, ?) = ?", "substr(nomor, 5, 4) DESC, length(nomor) DESC, nomor DESC"
    nilai: tuple[str | int, ...] = (len(awalan), awalan)
    if register is TINDAK_LANJUT:
        milik, urut = f"pengaduan = ? AND {milik}", "length(nomor) DESC, nomor DESC"
        nilai = (awalan.partition("/")[0], *nilai)
    # The first free text of the short list tells what an entry is about. None of them is a name.
    pokok = next(
        nama for nama in register.ringkas if register[nama].jenis is Jenis.TEKS and not register[nama].sistem
    )
    kueri = f"SELECT nomor, tanggal, {pokok} FROM {register.tabel} WHERE {milik} AND {syarat} ORDER BY {urut}"
    for nomor, tanggal, isi in intip(alamat, kueri, nilai):
        yield str(nomor), f"{tanggal} {bersih(str(isi or ''))}".strip()

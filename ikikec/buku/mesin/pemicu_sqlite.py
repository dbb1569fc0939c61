"""The triggers by which the database itself refuses to lose or rewrite anything, even from a stranger's shell.

They hold with SQLite's defaults (foreign keys and recursive triggers off). Made anew at head after every migration,
since rebuilding a table drops its triggers without a word.
"""

from collections.abc import Iterator

HALAMAN = (
    "pengaduan",
    "informasi",
    "rekomendasi",
    "surat_kabar",
    "survei",
    "tindak_lanjut",
    "penutupan",
    "target",
)

_TOLAK = "SELECT RAISE(ABORT, '{pesan}')"


def _pemicu(nama: str, saat: str, tabel: str, syarat: str, pesan: str) -> tuple[str, str]:
    kapan = f" WHEN {syarat}" if syarat else ""
    tolak = _TOLAK.format(pesan=pesan)
    return nama, f"CREATE TRIGGER {nama} BEFORE {saat} ON {tabel} FOR EACH ROW{kapan} BEGIN {tolak}; END"


def pemicu_sqlite() -> dict[str, str]:
    """Every trigger of a ledger: its name and the statement that makes it."""
    halaman = (satu for tabel in HALAMAN for satu in _halaman(tabel))
    return dict([*_jurnal(), *halaman, *_hari_libur(), *_pindahan()])


def _jurnal() -> Iterator[tuple[str, str]]:
    yield _pemicu("jurnal_ubah", "UPDATE", "jurnal", "", "jurnal tidak boleh diubah")
    yield _pemicu("jurnal_hapus", "DELETE", "jurnal", "", "jurnal tidak boleh dihapus")
    yield _pemicu(
        "jurnal_tambah",
        "INSERT",
        "jurnal",
        "NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM jurnal)"
        " OR NEW.revisi IS NOT (SELECT coalesce(max(revisi), 0) + 1 FROM jurnal WHERE nomor = NEW.nomor)",
        "baris jurnal harus menyambung baris terakhir",
    )


def _pindahan() -> Iterator[tuple[str, str]]:
    """A ledger that was moved takes no further line, and its mark stays."""
    for kata, saat in (("ubah", "UPDATE"), ("hapus", "DELETE")):
        yield _pemicu(f"pindahan_{kata}", saat, "pindahan", "", "tanda pindah tidak boleh diubah")
    sudah = "EXISTS (SELECT 1 FROM pindahan)"
    yield _pemicu("pindahan_tambah", "INSERT", "pindahan", sudah, "tanda pindah tidak boleh diubah")
    yield _pemicu("jurnal_pindah", "INSERT", "jurnal", sudah, "buku ini sudah dipindahkan")


def _halaman(tabel: str) -> Iterator[tuple[str, str]]:
    # The register too: a follow-up's or another register's line must not vouch for a page of this one.
    baris_ada = (
        "EXISTS (SELECT 1 FROM jurnal WHERE nomor = NEW.nomor AND revisi = NEW.revisi"
        f" AND register = '{tabel.replace('_', '-')}')"
    )
    yield _pemicu(f"{tabel}_hapus", "DELETE", tabel, "", "entri tidak boleh dihapus; batalkan lewat ikikec")
    yield _pemicu(
        f"{tabel}_tambah",
        "INSERT",
        tabel,
        f"NEW.revisi IS NOT 1 OR NOT {baris_ada}"
        f" OR EXISTS (SELECT 1 FROM {tabel} WHERE nomor = NEW.nomor)"
        f" OR EXISTS (SELECT 1 FROM {tabel} WHERE rowid = NEW.rowid)",
        "entri baru harus bernomor baru dan tercatat di jurnal",
    )
    yield _pemicu(
        f"{tabel}_ubah",
        "UPDATE",
        tabel,
        "NEW.nomor IS NOT OLD.nomor OR NEW.rowid IS NOT OLD.rowid"
        f" OR NEW.revisi IS NOT OLD.revisi + 1 OR NOT {baris_ada}",
        "perubahan entri harus tercatat di jurnal; koreksi lewat ikikec",
    )


def _hari_libur() -> Iterator[tuple[str, str]]:
    baris_ada = (
        "EXISTS (SELECT 1 FROM jurnal WHERE nomor = 'LIBUR-' || substr(NEW.tanggal, 1, 4) AND revisi = NEW.revisi"
        " AND instr(isi, '\"' || NEW.tanggal || '\"') > 0)"
    )
    pesan = "hari libur harus tercatat di jurnal; ubah lewat ikikec"
    yield _pemicu("hari_libur_hapus", "DELETE", "hari_libur", "", pesan)
    yield _pemicu(
        "hari_libur_tambah",
        "INSERT",
        "hari_libur",
        f"NOT {baris_ada} OR EXISTS (SELECT 1 FROM hari_libur WHERE tanggal = NEW.tanggal)"
        " OR EXISTS (SELECT 1 FROM hari_libur WHERE rowid = NEW.rowid)",
        pesan,
    )
    yield _pemicu(
        "hari_libur_ubah",
        "UPDATE",
        "hari_libur",
        "NEW.tanggal IS NOT OLD.tanggal OR NEW.rowid IS NOT OLD.rowid"
        f" OR NEW.revisi <= OLD.revisi OR NOT {baris_ada}",
        pesan,
    )

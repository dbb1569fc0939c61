"""The triggers of a ledger on PostgreSQL: the same refusals as in SQLite, and TRUNCATE too.

Their functions name the tables with the schema, since a temporary table of a clerk's session would be found before
the ledger's own.
"""

from collections.abc import Iterator

from ikikec.buku.mesin.pemicu_sqlite import HALAMAN

_JAGA = {
    "jurnal": ("jurnal tidak boleh diubah", "jurnal tidak boleh dihapus"),
    "pindahan": ("tanda pindah tidak boleh diubah",) * 2,
    "hari_libur": ("", "hari libur harus tercatat di jurnal; ubah lewat ikikec"),
    **dict.fromkeys(HALAMAN, ("", "entri tidak boleh dihapus; batalkan lewat ikikec")),
}


def fungsi_pemicu(skema: str) -> dict[str, str]:
    """The trigger functions by name, each body in PL/pgSQL; ``skema`` is the ledger's, quoted where it must be."""
    jurnal = f"{skema}.jurnal"
    baris_ada = (
        f"EXISTS (SELECT 1 FROM {jurnal} AS j WHERE j.nomor = NEW.nomor AND j.revisi = NEW.revisi"
        " AND j.register = replace(TG_TABLE_NAME, '_', '-'))"
    )
    sudah_pindah = f"EXISTS (SELECT 1 FROM {skema}.pindahan)"
    libur_ada = (
        f"EXISTS (SELECT 1 FROM {jurnal} AS j WHERE j.nomor = 'LIBUR-' || to_char(NEW.tanggal, 'YYYY')"
        " AND j.revisi = NEW.revisi AND position('\"' || to_char(NEW.tanggal, 'YYYY-MM-DD') || '\"' IN j.isi) > 0)"
    )
    return {
        "ikikec_tolak": "BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0]; END",
        "ikikec_pindahan_tambah": _jika(sudah_pindah, _JAGA["pindahan"][0]),
        "ikikec_jurnal_pindah": _jika(sudah_pindah, "buku ini sudah dipindahkan"),
        "ikikec_jurnal_tambah": _jika(
            f"NEW.seq IS DISTINCT FROM (SELECT coalesce(max(j.seq), 0) + 1 FROM {jurnal} AS j)"
            f" OR NEW.revisi IS DISTINCT FROM (SELECT coalesce(max(j.revisi), 0) + 1 FROM {jurnal} AS j"
            " WHERE j.nomor = NEW.nomor)",
            "baris jurnal harus menyambung baris terakhir",
        ),
        "ikikec_halaman_tambah": _jika(
            f"NEW.revisi IS DISTINCT FROM 1 OR NOT {baris_ada}",
            "entri baru harus bernomor baru dan tercatat di jurnal",
        ),
        "ikikec_halaman_ubah": _jika(
            f"NEW.nomor IS DISTINCT FROM OLD.nomor OR NEW.revisi IS DISTINCT FROM OLD.revisi + 1 OR NOT {baris_ada}",
            "perubahan entri harus tercatat di jurnal; koreksi lewat ikikec",
        ),
        "ikikec_libur_tambah": _jika(f"NOT {libur_ada}", _JAGA["hari_libur"][1]),
        "ikikec_libur_ubah": _jika(
            f"NEW.tanggal IS DISTINCT FROM OLD.tanggal OR NEW.revisi <= OLD.revisi OR NOT {libur_ada}",
            _JAGA["hari_libur"][1],
        ),
    }


def _jika(syarat: str, pesan: str) -> str:
    return f"BEGIN IF {syarat} THEN RAISE EXCEPTION '{pesan}'; END IF; RETURN NEW; END"


def pemicu_postgres() -> Iterator[tuple[str, str, str, str]]:
    """Every trigger: its table, its name, when it fires, and the function it calls."""
    for tabel, (ubah, hapus) in _JAGA.items():
        milik = {"jurnal": "jurnal", "pindahan": "pindahan", "hari_libur": "libur"}.get(tabel, "halaman")
        yield tabel, f"{tabel}_hapus", "BEFORE DELETE", f"ikikec_tolak('{hapus}')"
        yield tabel, f"{tabel}_kosongkan", "BEFORE TRUNCATE", f"ikikec_tolak('{hapus}')"
        yield tabel, f"{tabel}_tambah", "BEFORE INSERT", f"ikikec_{milik}_tambah()"
        yield tabel, f"{tabel}_ubah", "BEFORE UPDATE", f"ikikec_tolak('{ubah}')" if ubah else f"ikikec_{milik}_ubah()"
    yield "jurnal", "jurnal_pindah", "BEFORE INSERT", "ikikec_jurnal_pindah()"


def perintah_pemicu(skema: str) -> Iterator[str]:
    """The statements that make every function and trigger anew, harmless where they are there already."""
    for nama, badan in fungsi_pemicu(skema).items():
        yield (
            f"CREATE OR REPLACE FUNCTION {skema}.{nama}() RETURNS trigger LANGUAGE plpgsql AS $badan$ {badan} $badan$"
        )
    for tabel, nama, saat, fungsi in pemicu_postgres():
        tiap = "STATEMENT" if saat.endswith("TRUNCATE") else "ROW"
        yield (
            f"CREATE OR REPLACE TRIGGER {nama} {saat} ON {skema}.{tabel}"
            f" FOR EACH {tiap} EXECUTE FUNCTION {skema}.{fungsi}"
        )

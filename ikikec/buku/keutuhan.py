"""Checking the ledger: what a check is and finds, running them over one moment, and every check, each by itself.

``PEMERIKSAAN`` lists them in the order they are told.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from typing import Any

from ikikec.buku import libur, penutupan, rtl, silsilah, skema, target, terbuka
from ikikec.buku.aturan import semua_aturan
from ikikec.buku.baca import Bacaan
from ikikec.buku.bidang import Bidang, Jenis
from ikikec.buku.halaman import KUNCI, JenisHalaman, bertutup, buka_baris, komitmen, sesuai
from ikikec.buku.jurnal import KOLOM, SIDIK_AWAL, larik, sidik
from ikikec.buku.kelompok import tersimpan
from ikikec.buku.mesin.dasar import Mesin, mesin_dari
from ikikec.buku.penomoran import Celah, celah
from ikikec.buku.register import BERTENGGAT, LUPA, SEMUA, TINDAK_LANJUT, Register
from ikikec.buku.skema import pastikan_ada, tolak_versi_lain
from ikikec.galat import BukuRusak
from ikikec.istilah import Aksi


@dataclass(frozen=True, slots=True)
class Temuan:
    """One finding: where, and what is wrong there; a ``catatan`` is worth knowing but no fault."""

    tempat: str
    pesan: str
    catatan: bool = False


@dataclass(frozen=True, slots=True)
class Pemeriksaan:
    """One check: its name, what it holds the ledger to, what to do about a finding, and the search itself."""

    nama: str
    arti: str
    saran: str
    cari: Callable[[Bacaan, date], Iterable[Temuan]]


@dataclass(frozen=True, slots=True)
class HasilPeriksa:
    """A check and all it found."""

    pemeriksaan: Pemeriksaan
    temuan: tuple[Temuan, ...]

    @property
    def bersih(self) -> bool:
        """Whether nothing is wrong; notes do not count."""
        return all(satu.catatan for satu in self.temuan)


def jalankan(
    bacaan: Bacaan, pemeriksaan: Sequence[Pemeriksaan], hari_ini: date, kabar: Callable[[str], None]
) -> list[HasilPeriksa]:
    """Run every check to its end, whatever the others find; ``kabar`` hears which one is next."""
    hasil = []
    for satu in pemeriksaan:
        kabar(satu.nama)
        hasil.append(HasilPeriksa(satu, tuple(_cari(bacaan, satu, hari_ini))))
    return hasil


def _cari(bacaan: Bacaan, pemeriksaan: Pemeriksaan, hari_ini: date) -> Iterator[Temuan]:
    try:
        yield from pemeriksaan.cari(bacaan, hari_ini)
    except Exception as galat:
        # A ledger that was tampered with may lack a table or hold anything; that is a finding too. The error's own
        # text could quote what is stored, so only its kind is told.
        asal = getattr(galat, "orig", None) or galat
        mulai_lagi(bacaan)
        yield Temuan("buku", f"tidak dapat diperiksa sampai selesai ({type(asal).__name__})")


def mulai_lagi(bacaan: Bacaan) -> None:
    """Go on after a search that failed: a server answers nothing more in the transaction it failed in."""
    with suppress(Exception):
        bacaan.koneksi.rollback()
        bacaan.koneksi.begin()


@contextmanager
def buka_periksa(mesin: Mesin) -> Iterator[Bacaan]:
    """Open a ledger that may be damaged; raises BukuTidakTerbaca where it is not even recognizable as one."""
    # Where even the version cannot be read, the checks say what is damaged.
    with suppress(BukuRusak):
        tolak_versi_lain(mesin, pastikan_ada(mesin))
    with mesin.tengok() as koneksi:
        yield Bacaan(koneksi)


_HALAMAN_ADA = "EXISTS (SELECT 1 FROM {0} AS h WHERE h.nomor = jurnal.nomor)"


def kueri(bacaan: Bacaan, sql: str) -> Iterator[Any]:
    """Rows as the database holds them, without any type being put on them."""
    return mesin_dari(bacaan.koneksi).baris(bacaan.koneksi, sql)


def _temuan(bacaan: Bacaan, sql: str, pesan: str, *, catatan: bool = False) -> Iterator[Temuan]:
    """The same finding about every number that a search yields; further columns fill the braces of ``pesan``."""
    for nomor, *isi in kueri(bacaan, sql):
        yield Temuan(str(nomor), pesan.format(*isi), catatan)


def mungkin_ada(bacaan: Bacaan, sql: str) -> bool:
    """Whether a search could find anything, by one pass that stops at the first row.

    A register that is good, as nearly all are, is passed by this alone. Where it cannot even be searched, it could.
    """
    dbapi = bacaan.koneksi.dialect.dbapi
    assert dbapi is not None
    try:
        return any(hasil for (hasil,) in kueri(bacaan, f"SELECT EXISTS ({sql})"))
    except dbapi.Error:
        mulai_lagi(bacaan)
        return True


def halaman_menurut_jurnal(bacaan: Bacaan, _hari_ini: date) -> Iterator[Temuan]:
    """Pages that differ from their line, have none, or are missing."""
    berhalaman = " ".join(
        f"WHEN '{register.slug}' THEN {_HALAMAN_ADA.format(register.tabel)}" for register in SEMUA.values()
    )
    ada_hilang = mungkin_ada(
        bacaan, f"SELECT 1 FROM jurnal WHERE revisi = 1 AND NOT CASE register {berhalaman} ELSE true END"
    )
    for register in SEMUA.values():
        if mungkin_ada(bacaan, _beda_cepat(bacaan, register)):
            yield from _halaman_berbeda(bacaan, register)
        hilang = (
            f"SELECT nomor FROM jurnal WHERE register = '{register.slug}' AND revisi = 1"
            f" AND NOT {_HALAMAN_ADA.format(register.tabel)}"
        )
        if ada_hilang:
            yield from _temuan(bacaan, hilang, "ada di jurnal, tetapi halamannya hilang")


_BARISNYA = "LEFT JOIN jurnal AS j ON j.nomor = h.nomor AND j.revisi = h.revisi AND j.register = '{0.slug}'"


def _sama(mesin: Mesin, register: Register, *, teliti: bool) -> str:
    """The condition that a page ``h`` is what its line ``j`` says, be that from before a later field came to be."""
    cara = [mesin.halaman_sama(register, teliti=teliti)]
    for versi in sorted({bidang.sejak for bidang in register.bidang if bidang.sejak}):
        lama = register.sebelum(versi)
        kosong = [f"h.{nama} IS NULL" for nama in register.nama_bidang if nama not in lama.nama_bidang]
        cara.append(" AND ".join([*kosong, mesin.halaman_sama(lama, teliti=teliti)]))
    return " OR ".join(f"({satu})" for satu in cara)


def _beda_cepat(bacaan: Bacaan, register: Register) -> str:
    """The pages that differ from their line, or are not its last; may give up at what is no value at all."""
    sama = _sama(mesin_dari(bacaan.koneksi), register, teliti=False)
    return (
        f"SELECT 1 FROM {register.tabel} AS h {_BARISNYA.format(register)} WHERE NOT ({sama})"
        " OR EXISTS (SELECT 1 FROM jurnal AS t WHERE t.nomor = h.nomor AND t.revisi > h.revisi)"
    )


def _halaman_berbeda(bacaan: Bacaan, register: Register) -> Iterator[Temuan]:
    """Compared inside the database; what differs there is compared again by value before it is told."""
    mesin = mesin_dari(bacaan.koneksi)
    kolom = ", ".join(f"h.{nama}" for nama in register.nama_bidang)
    terakhir = "(SELECT max(revisi) FROM jurnal AS t WHERE t.nomor = h.nomor)"
    sql = (
        f"SELECT {kolom}, h.revisi, {terakhir}, j.isi FROM {register.tabel} AS h {_BARISNYA.format(register)}"
        f" WHERE NOT ({_sama(mesin, register, teliti=True)}) OR {terakhir} {mesin.beda} h.revisi"
    )
    for *nilai, revisi, revisi_jurnal, isi in kueri(bacaan, sql):
        halaman = {bidang.nama: _nilai(bidang, satu) for bidang, satu in zip(register.bidang, nilai, strict=True)}
        if isi is None:
            yield Temuan(str(halaman["nomor"]), "halaman ini tidak punya baris jurnal")
        elif revisi != revisi_jurnal:
            yield Temuan(str(halaman["nomor"]), f"halaman revisi {revisi}, padahal jurnal sampai {revisi_jurnal}")
        else:
            (terbuka,) = buka_baris(bacaan.koneksi, [(str(halaman["nomor"]), revisi, isi)])
            terbuka.pop(LUPA, None)
            baris = dict.fromkeys(nama for nama in halaman if register[nama].sejak) | terbuka
            beda = [nama for nama in baris | halaman if baris.get(nama, ()) != halaman.get(nama, ())]
            if not beda:
                continue
            yield Temuan(str(halaman["nomor"]), f"{', '.join(beda)} tidak sama dengan jurnal")


def _nilai(bidang: Bidang, satu: Any) -> Any:
    return bool(satu) if bidang.jenis is Jenis.YA_TIDAK and satu in (0, 1) else tersimpan(satu)


def _berkas(bacaan: Bacaan, _hari_ini: date) -> Iterator[Temuan]:
    return (Temuan("berkas", pesan) for pesan in mesin_dari(bacaan.koneksi).kerusakan(bacaan.koneksi))


def _kunci_asing(bacaan: Bacaan, _hari_ini: date) -> Iterator[Temuan]:
    sql = (
        "SELECT nomor, pengaduan FROM tindak_lanjut AS t"
        " WHERE NOT EXISTS (SELECT 1 FROM pengaduan AS p WHERE p.nomor = t.pengaduan)"
    )
    return _temuan(bacaan, sql, "merujuk pengaduan {} yang tidak ada")


def _skema(bacaan: Bacaan, _hari_ini: date) -> Iterator[Temuan]:
    for bagian, pesan in skema.beda_skema(bacaan.koneksi):
        yield Temuan(bagian, pesan)
    if list(kueri(bacaan, "SELECT version_num FROM alembic_version")) != [(skema.VERSI,)]:
        yield Temuan("alembic_version", f"tidak menyebut skema {skema.VERSI} saja")


def baris_putus(bacaan: Bacaan, sampai: int | None = None) -> tuple[int, str] | None:
    """The first journal line, up to ``sampai``, that does not follow from the one before it, and why."""
    sebelum = SIDIK_AWAL
    batas = "" if sampai is None else f" WHERE seq <= {sampai:d}"
    semua = mesin_dari(bacaan.koneksi).larik_jurnal(bacaan.koneksi, batas)
    for urut, (seq, teks, tertulis) in enumerate(semua, 1):
        if seq != urut:
            return urut, "baris ini hilang"
        if sidik(sebelum, teks) != tertulis and sidik(sebelum, _larik(bacaan, seq)) != tertulis:
            return urut, "isi baris ini, atau urutannya, tidak sesuai sidiknya"
        sebelum = tertulis
    return None


def _larik(bacaan: Bacaan, seq: int) -> str:
    """A line written out here: how the database spells JSON is nobody's tampering."""
    (baris,) = kueri(bacaan, f"SELECT {', '.join(KOLOM)} FROM jurnal WHERE seq = {seq:d}")
    return larik(baris)


def _rantai(bacaan: Bacaan, _hari_ini: date) -> Iterator[Temuan]:
    putus = baris_putus(bacaan)
    if putus is not None:
        yield Temuan(f"jurnal baris {putus[0]}", putus[1])
    mundur = "FROM jurnal AS l JOIN jurnal AS j ON j.seq = l.seq + 1 WHERE j.waktu < l.waktu"
    ((banyak, pertama),) = kueri(bacaan, f"SELECT count(*), min(j.seq) {mundur}")
    if banyak:
        lagi = f"; {banyak - 1} kali lagi sesudah itu" if banyak > 1 else ""
        pesan = f"waktunya sebelum baris di depannya (jam komputer diubah, atau ditulis tanpa ikikec){lagi}"
        yield Temuan(f"jurnal baris {pertama}", pesan, catatan=True)


def _lompatan(bacaan: Bacaan, _hari_ini: date) -> Iterator[Temuan]:
    dipulihkan = celah(bacaan.koneksi)
    for register in SEMUA.values():
        kelompok, urut = "substr(nomor, 5, 4)", "CAST(substr(nomor, 10) AS INTEGER)"
        if register is TINDAK_LANJUT:
            kelompok, urut = "pengaduan", "CAST(substr(nomor, length(pengaduan) + 2) AS INTEGER)"
        # As many different ones as the highest, from 1, have no gap.
        if not mungkin_ada(
            bacaan,
            f"SELECT 1 FROM {register.tabel} GROUP BY {kelompok} HAVING min({urut}) < 1"
            f" OR count(*) <> max({urut}) OR count(DISTINCT {urut}) <> max({urut})",
        ):
            continue
        sql = (
            "SELECT u.nomor, u.sebelum, u.urut, j.aksi FROM ("
            f"SELECT nomor, {urut} AS urut,"
            f" lag({urut}, 1, 0) OVER (PARTITION BY {kelompok} ORDER BY {urut}) AS sebelum"
            f" FROM {register.tabel}) AS u LEFT JOIN jurnal AS j ON j.nomor = u.nomor AND j.revisi = 1"
            " WHERE u.urut <> u.sebelum + 1"
        )
        for nomor, sebelum, urut, aksi in kueri(bacaan, sql):
            asal = _asal_lompatan(dipulihkan, nomor, sebelum, urut, aksi)
            yield Temuan(nomor, f"{urut - sebelum - 1} nomor sebelumnya tidak ada{asal}", catatan=bool(asal))


def _asal_lompatan(dipulihkan: Sequence[Celah], nomor: str, sebelum: int, urut: int, aksi: str) -> str:
    """What explains that the numbers between are missing; blank where nothing does."""
    kunci = nomor.rpartition("/" if "/" in nomor else "-")[0]
    # Several restores in a row leave out one after the other what only together is the whole gap.
    berikut = sebelum + 1
    for satu in dipulihkan:
        if satu.memuat(kunci, berikut):
            berikut = satu.sampai + 1
            if berikut >= urut:
                return f"; diberikan sebelum buku dipulihkan dari cadangan (jurnal baris {satu.seq})"
    return "; nomornya datang dari berkas" if aksi == Aksi.IMPOR else ""


def _aturan(bacaan: Bacaan, hari_ini: date) -> Iterator[Temuan]:
    for register in SEMUA.values():
        # Conditions that a page must not meet, the third wall behind rules and CHECKs.
        semua = [satu for bidang in register.bidang for satu in _syarat_bidang(mesin_dari(bacaan.koneksi), bidang)]
        semua += ((satu.tabu, satu.pesan) for satu in semua_aturan(register, hari_ini) if satu.tabu)
        salah_satu = " OR ".join(f"({syarat})" for syarat, _ in semua)
        ada = mungkin_ada(bacaan, f"SELECT 1 FROM {register.tabel} WHERE {salah_satu}")
        for syarat, pesan in semua if ada else ():
            yield from _temuan(bacaan, f"SELECT nomor FROM {register.tabel} WHERE {syarat}", pesan)
        # A note: the page agrees with its line, so it was recorded under a later today than this one.
        for nama in register.bertanggal:
            lewat = f"SELECT nomor FROM {register.tabel} WHERE {nama} > '{hari_ini.isoformat()}'"
            yield from _temuan(bacaan, lewat, f"{nama} ada di masa depan", catatan=True)
    sql = (
        "SELECT t.nomor FROM tindak_lanjut AS t JOIN pengaduan AS p ON p.nomor = t.pengaduan"
        " WHERE t.tanggal < p.tanggal AND NOT t.batal"
    )
    yield from _temuan(bacaan, sql, "mendahului tanggal pengaduannya")


def _syarat_bidang(mesin: Mesin, bidang: Bidang) -> Iterator[tuple[str, str]]:
    nama = bidang.nama
    if bidang.jenis is Jenis.TANGGAL:
        yield mesin.bukan_tanggal.format(nama), f"{nama} bukan tanggal"
    if bidang.jenis is Jenis.PILIHAN:
        kata = ", ".join(f"'{satu}'" for satu in bidang.kata)
        yield f"{nama} NOT IN ({kata})", f"{nama} di luar pilihannya"
    if bidang.jenis is Jenis.BILANGAN:
        di_luar = f"{nama} NOT BETWEEN {bidang.terkecil} AND {bidang.terbesar}"
        yield f"{di_luar} OR {mesin.bukan_bilangan.format(nama)}", f"{nama} di luar rentangnya"
    if bidang.wajib:
        yield f"{nama} IS NULL OR CAST({nama} AS varchar) = ''", f"{nama} kosong"


def _kalender(bacaan: Bacaan, hari_ini: date) -> Iterator[Temuan]:
    dimuat = libur.tahun_dimuat(bacaan.koneksi)
    tahun = "SELECT DISTINCT substr(CAST(batas AS varchar), 1, 4) FROM {} WHERE batas IS NOT NULL"
    semua = (kueri(bacaan, tahun.format(register.tabel)) for register in BERTENGGAT)
    dipakai = {int(satu) for (satu,) in chain.from_iterable(semua)}
    for satu in sorted(dipakai - dimuat):
        yield Temuan(f"tahun {satu}", "ada tenggat dari berkas, tetapi hari liburnya belum dimuat", catatan=True)
    yield from _lain_dari_jurnal(libur.LIBUR, bacaan, hari_ini, "hari libur ")


def _pindahan(bacaan: Bacaan, _hari_ini: date) -> Iterator[Temuan]:
    sql = (
        "SELECT 'jurnal baris ' || p.seq FROM jurnal AS p JOIN jurnal AS s ON s.seq = p.seq + 1"
        f" WHERE p.nomor = '{silsilah.PINDAH}' AND p.aksi = '{Aksi.PINDAH}' AND s.aksi <> '{Aksi.BATAL_PINDAH}'"
    )
    return _temuan(bacaan, sql, "buku dipindahkan di sini, tetapi jurnalnya berlanjut")


def _pribadi(bacaan: Bacaan, _hari_ini: date) -> Iterator[Temuan]:
    """What lines commit to: there and the very value, or forgotten by an act that says so."""
    if mesin_dari(bacaan.koneksi).ada_sisa(bacaan.koneksi):
        yield Temuan("berkas", "sisa yang dilupakan belum dibersihkan: ikikec lupakan --bersihkan", catatan=True)
    lupa: dict[str, list[tuple[int, set[str]]]] = {}
    for nomor, revisi, isi in kueri(bacaan, f"SELECT nomor, revisi, isi FROM jurnal WHERE aksi = '{Aksi.LUPA}'"):
        lupa.setdefault(nomor, []).append((revisi, set(json.loads(isi).get(LUPA, ()))))
    sql = (
        "SELECT j.nomor, j.revisi, j.isi, p.isi FROM jurnal AS j LEFT JOIN pribadi AS p"
        f" ON p.nomor = j.nomor AND p.revisi = j.revisi WHERE {_BERKOMITMEN} OR p.isi IS NOT NULL"
    )
    for nomor, revisi, isi, simpanan in kueri(bacaan, sql):
        if nomor not in lupa and sesuai(isi, simpanan):
            continue
        ada = json.loads(simpanan) if simpanan else {}
        dilupakan = {nama for saat, bidang in lupa.get(nomor, ()) if saat > revisi for nama in bidang}
        for nama, tertutup in json.loads(isi).items():
            if bertutup(tertutup):
                pesan = _salah_komitmen(tertutup.get(KUNCI), ada.pop(nama, None), lupa=nama in dilupakan)
                if pesan:
                    yield Temuan(str(nomor), f"{nama} revisi {revisi} {pesan}")
        for nama in ada:
            yield Temuan(str(nomor), f"{nama} revisi {revisi} tersimpan, tetapi jurnal tidak menyebutnya")
    yatim = (
        "SELECT nomor, revisi FROM pribadi AS p"
        " WHERE NOT EXISTS (SELECT 1 FROM jurnal AS j WHERE j.nomor = p.nomor AND j.revisi = p.revisi)"
    )
    yield from _temuan(bacaan, yatim, "isi pribadi revisi {} tersimpan, tetapi jurnal tidak menyebutnya")


# A line that commits to anything.
_BERKOMITMEN = f'j.isi LIKE \'%{{"{KUNCI}":"%\''


def _salah_komitmen(tertutup: str, ada: Sequence[str] | None, *, lupa: bool) -> str:
    """What is wrong with one commitment; blank where it is sound."""
    if ada is None:
        return "" if lupa else "hilang tanpa pernah dilupakan"
    if lupa:
        return "masih tersimpan, padahal sudah dilupakan"
    garam, nilai = ada
    try:
        sama = komitmen(bytes.fromhex(garam), nilai) == tertutup
    except (TypeError, ValueError, AttributeError):
        sama = False
    return "" if sama else "tidak sesuai dengan jurnal"


def _hak(bacaan: Bacaan, _hari_ini: date) -> Iterator[Temuan]:
    return (Temuan(*satu) for satu in mesin_dari(bacaan.koneksi).hak(bacaan.koneksi))


def _keadaan(bacaan: Bacaan, _hari_ini: date) -> Iterator[Temuan]:
    for nomor in sorted(set(terbuka.beda_keadaan(bacaan.koneksi))):
        yield Temuan(nomor, "terbuka atau tidaknya, atau batasnya, tidak sama dengan registernya")


def _lain_dari_jurnal(jenis: JenisHalaman, bacaan: Bacaan, _hari_ini: date, sebutan: str = "") -> Iterator[Temuan]:
    """The pages of acts that are no entry, each against the last journal line that made or changed it."""
    seharusnya: dict[str, dict[str, Any]] = {}
    baris = f"SELECT nomor, isi, revisi FROM jurnal WHERE register = '{jenis.register}' ORDER BY nomor, revisi"
    for nomor, isi, revisi in kueri(bacaan, baris):
        for satu in jenis.uraikan(nomor, json.loads(isi)):
            lama = seharusnya.get(satu[jenis.kunci], {})
            if any(lama.get(nama) != nilai for nama, nilai in satu.items()):
                seharusnya[satu[jenis.kunci]] = {**satu, "revisi": revisi}
    kolom = jenis.tabel.c.keys()
    halaman = kueri(bacaan, f"SELECT {', '.join(kolom)} FROM {jenis.tabel.name}")
    ada = {
        str(satu[jenis.kunci]): satu
        for satu in (dict(zip(kolom, map(tersimpan, isi), strict=True)) for isi in halaman)
    }
    for kunci in sorted(satu for satu in seharusnya.keys() | ada.keys() if seharusnya.get(satu) != ada.get(satu)):
        yield Temuan(f"{sebutan}{kunci}", "tidak sama dengan jurnal")


_PULIHKAN = "Jangan mencatat lagi di buku ini; pulihkan cadangan terakhir yang bersih (ikikec pulihkan)."

PEMERIKSAAN = (
    Pemeriksaan("berkas", "Berkas basis data utuh.", _PULIHKAN, _berkas),
    Pemeriksaan("skema", "Tabel, indeks, dan pemicu persis seperti yang dibuat program.", _PULIHKAN, _skema),
    Pemeriksaan(
        "hak",
        "Di peladen, tidak ada peran yang boleh lebih daripada yang perlu.",
        "Cabut dengan REVOKE atau ALTER … OWNER; hak yang perlu ada di docs/banyak-meja.md.",
        _hak,
    ),
    Pemeriksaan("kunci-asing", "Setiap tindak lanjut menunjuk pengaduan yang ada.", _PULIHKAN, _kunci_asing),
    Pemeriksaan("rantai", "Setiap baris jurnal menyambung baris sebelumnya menurut sidiknya.", _PULIHKAN, _rantai),
    Pemeriksaan("halaman", "Setiap halaman sama dengan baris jurnal terakhirnya.", _PULIHKAN, halaman_menurut_jurnal),
    Pemeriksaan(
        "pribadi",
        "Isi pribadi sesuai dengan jurnal, atau dilupakan oleh satu tindakan yang tercatat.",
        _PULIHKAN,
        _pribadi,
    ),
    Pemeriksaan(
        "nomor",
        "Nomor berurutan tanpa lompatan; lompatan yang datang dari berkas impor atau dari pemulihan hanya dicatat.",
        "Cari entri yang hilang di cadangan.",
        _lompatan,
    ),
    Pemeriksaan(
        "aturan",
        "Setiap entri mematuhi aturan pencatatan.",
        "Perbaiki dengan ikikec koreksi, atau batalkan entrinya.",
        _aturan,
    ),
    Pemeriksaan(
        "penutupan", "Bulan yang ditutup sama dengan jurnal.", _PULIHKAN, partial(_lain_dari_jurnal, penutupan.TUTUP)
    ),
    Pemeriksaan("target", "Target sama dengan jurnal.", _PULIHKAN, partial(_lain_dari_jurnal, target.JENIS)),
    Pemeriksaan(
        "rtl", "Rencana tindak lanjut survei sama dengan jurnal.", _PULIHKAN, partial(_lain_dari_jurnal, rtl.JENIS)
    ),
    Pemeriksaan("keadaan", "Yang terbuka sama dengan registernya.", _PULIHKAN, _keadaan),
    Pemeriksaan(
        "pindahan",
        "Buku yang sudah dipindahkan tidak bertambah lagi.",
        "Bandingkan dengan buku di tempat barunya; yang ditambahkan di sini tidak ada di sana.",
        _pindahan,
    ),
    Pemeriksaan(
        "kalender", "Hari libur sama dengan jurnal, dan setiap tahun yang dipakai dimuat.", _PULIHKAN, _kalender
    ),
)

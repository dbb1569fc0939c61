"""The registers and their fields, as data: the one list that options, prompts, files and lists are made from.

The order of fields is the contract's, and so the order in CSV, JSON and questions. Nothing here needs a third
party, so that commands can be built from it without loading the ledger.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from ikikec.buku.bidang import Bidang, Jenis, Nilai
from ikikec.istilah import (
    UNSUR,
    Aksi,
    Hasil,
    JenisBacaan,
    JenisKelamin,
    Kanal,
    Kategori,
    Klasifikasi,
    Status,
)

# In the journal line of an act that forgets: the fields it forgot.
LUPA = "lupa"
# What stands where a required field was forgotten, and in a history for any that was.
DIHAPUS = "(dihapus)"


@dataclass(frozen=True, slots=True)
class Langkah:
    """A later step of an entry: its command and journal act, the date field it sets, what the answer calls it.

    ``pasangan``: the field that must stand with the date, if any; ``opsi``: its option, if not the field's.
    """

    perintah: str
    aksi: Aksi
    tanggal: str
    kabar: str
    pasangan: str = ""
    opsi: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """One register: its slug, number code, what one entry is called, fields in order, and later steps.

    ``ringkas``: the fields of a short list; ``pokok``: the one that says what an entry is about. ``tenggat``: what a
    deadline rests on, the day it counts from, then what says how long it is. ``akhir``: the dates of which any ends
    an entry; a complaint's follow-ups end it.
    """

    slug: str
    kode: str
    sebutan: str
    bidang: tuple[Bidang, ...]
    ringkas: tuple[str, ...]
    pokok: str
    langkah: tuple[Langkah, ...] = ()
    tenggat: tuple[str, ...] = ()
    akhir: tuple[str, ...] = ()

    @property
    def tabel(self) -> str:
        """The table's name."""
        return self.slug.replace("-", "_")

    @property
    def nama_bidang(self) -> tuple[str, ...]:
        """The field names in the contract's order."""
        return tuple(bidang.nama for bidang in self.bidang)

    @property
    def rahasia(self) -> tuple[str, ...]:
        """The fields that the journal only commits to: what identifies a citizen, and what is told freely."""
        return tuple(bidang.nama for bidang in self.bidang if bidang.pribadi or bidang.bebas)

    @property
    def bertanggal(self) -> tuple[str, ...]:
        """The dates an entry counts by or is stepped on; its deadline is none of them."""
        return tuple(bidang.nama for bidang in self.isian if bidang.jenis is Jenis.TANGGAL)

    @property
    def isian(self) -> tuple[Bidang, ...]:
        """The fields a clerk fills in."""
        return tuple(bidang for bidang in self.bidang if not bidang.sistem)

    def __getitem__(self, nama: str) -> Bidang:
        """The field of that name; raises KeyError."""
        for bidang in self.bidang:
            if bidang.nama == nama:
                return bidang
        raise KeyError(nama)

    def sebelum(self, versi: str) -> "Register":
        """This register as it was before that schema version."""
        return replace(self, bidang=tuple(satu for satu in self.bidang if not satu.sejak or satu.sejak < versi))

    def boleh_keluar(self, nama: str, *, diminta: bool) -> bool:
        """Whether a field may stand on what is handed on or hung up: the one rule, which every such form asks.

        What identifies a citizen, and what is told freely and so may, stands there only where that is asked for. What
        the clerk sees at the counter (lists, the card) and ``ekspor`` are the books themselves and show all.
        """
        return diminta or not (self[nama].pribadi or self[nama].bebas)

    def nilai(self, isi: Mapping[str, Any]) -> dict[str, Nilai]:
        """A stored state's values: ISO text of a date field becomes the date."""
        return {
            bidang.nama: date.fromisoformat(satu)
            if (satu := isi[bidang.nama]) and bidang.jenis is Jenis.TANGGAL
            else satu
            for bidang in self.bidang
        }

    def tulis(self, isi: Mapping[str, Nilai]) -> dict[str, str]:
        """An entry's values as files show them, in the contract's order."""
        return {bidang.nama: bidang.tulis(isi[bidang.nama]) for bidang in self.bidang}

    def json(self, isi: Mapping[str, Nilai]) -> dict[str, Nilai]:
        """An entry as JSON has it: the contract's fields in order, dates as text, yes/no as true/false."""
        return {
            nama: nilai.isoformat() if isinstance(nilai := isi[nama], date) else nilai for nama in self.nama_bidang
        }


def _tanggal(nama: str, arti: str, petunjuk: str = "") -> Bidang:
    return Bidang(nama, arti, Jenis.TANGGAL, petunjuk=petunjuk)


def _pilihan(nama: str, arti: str, kata: type[StrEnum], bawaan: str = "") -> Bidang:
    return Bidang(nama, arti, Jenis.PILIHAN, kata=tuple(satu.value for satu in kata), bawaan=bawaan)


def _ya_tidak(nama: str, arti: str, *, sistem: bool = False) -> Bidang:
    return Bidang(nama, arti, Jenis.YA_TIDAK, kata=("ya", "tidak"), bawaan="tidak", sistem=sistem)


def _jawaban(nama: str, arti: str) -> Bidang:
    return Bidang(nama, arti, Jenis.BILANGAN, terbesar=4)


_NOMOR = Bidang("nomor", "nomor agenda", sistem=True, judul_lain=("no",))
_TANGGAL = Bidang(
    "tanggal",
    "tanggal diterima",
    Jenis.TANGGAL,
    wajib=True,
    petunjuk="bawaan: hari ini",
    judul_lain=("tgl", "hari/tanggal", "tanggal masuk", "tanggal terima", "timestamp", "stempel waktu", "cap waktu"),
)
_KONTAK = Bidang(
    "kontak",
    "nomor telepon atau alamat surel",
    pribadi=True,
    judul_lain=("no hp", "nomor hp", "hp", "no telepon", "nomor telepon", "telepon", "no telp", "telp", "no wa",
                "nomor wa", "no hp/wa", "nomor hp/wa", "nomor whatsapp", "email", "email address", "alamat email"),
)  # fmt: skip
_ALAMAT = Bidang("alamat", "alamat tinggal", pribadi=True, judul_lain=("alamat pelapor", "alamat pemohon"))
_KANAL = replace(
    _pilihan("kanal", "jalan masuknya", Kanal, Kanal.TATAP_MUKA), judul_lain=("saluran", "melalui", "media pengaduan")
)
_BATAS = Bidang("batas", "batas waktu, dihitung saat dicatat", Jenis.TANGGAL, sistem=True)
_KETERANGAN = Bidang("keterangan", "catatan lain", bebas=True, judul_lain=("ket", "catatan"))
_PEMOHON = Bidang("pemohon", "nama pemohon", wajib=True, pribadi=True, judul_lain=("nama",))
_BATAL = (
    _ya_tidak("batal", "entri dibatalkan", sistem=True),
    Bidang("alasan_batal", "alasan pembatalan", bebas=True, sistem=True),
)

PENGADUAN = Register(
    slug="pengaduan",
    kode="PGD",
    sebutan="pengaduan",
    bidang=(
        _NOMOR,
        _TANGGAL,
        Bidang(
            "pelapor",
            "nama pelapor",
            petunjuk="wajib kecuali anonim",
            pribadi=True,
            judul_lain=("nama", "pengadu", "nama pengadu"),
        ),
        _ya_tidak("anonim", "pelapor tidak ingin disebut"),
        _KONTAK,
        _ALAMAT,
        _KANAL,
        _pilihan("klasifikasi", "jenis pengaduan, menentukan batas waktu", Klasifikasi, Klasifikasi.TIDAK_BERKADAR),
        _pilihan("kategori", "menyangkut perizinan atau bukan", Kategori, Kategori.NON_PERIZINAN),
        Bidang("lokasi", "tempat kejadian", bebas=True, dikenal=True, judul_lain=("lokasi kejadian",)),
        Bidang(
            "uraian",
            "isi pengaduan",
            wajib=True,
            bebas=True,
            judul_lain=("uraian pengaduan", "pengaduan", "isi aduan", "aduan", "keluhan"),
        ),
        _BATAS,
        *_BATAL,
    ),
    ringkas=("nomor", "tanggal", "klasifikasi", "uraian", "batas"),
    pokok="uraian",
    tenggat=("tanggal", "klasifikasi"),
)

INFORMASI = Register(
    slug="informasi",
    kode="INF",
    sebutan="layanan informasi",
    bidang=(
        _NOMOR,
        _TANGGAL,
        _PEMOHON,
        _KONTAK,
        _ALAMAT,
        _KANAL,
        Bidang(
            "topik",
            "pokok yang ditanyakan",
            wajib=True,
            petunjuk="tanpa nama orang",
            dikenal=True,
            judul_lain=("informasi yang diminta", "pokok informasi", "jenis informasi", "perihal"),
        ),
        Bidang("uraian", "rincian permintaan", bebas=True),
        _BATAS,
        _tanggal("tanggal_selesai", "tanggal layanan selesai"),
        _pilihan("hasil", "hasil layanan", Hasil),
        _KETERANGAN,
        *_BATAL,
    ),
    ringkas=("nomor", "tanggal", "topik", "batas", "tanggal_selesai", "hasil"),
    pokok="topik",
    langkah=(Langkah("selesaikan", Aksi.SELESAI, "tanggal_selesai", "selesai", "hasil"),),
    tenggat=("tanggal",),
    akhir=("tanggal_selesai",),
)

REKOMENDASI = Register(
    slug="rekomendasi",
    kode="RIZ",
    sebutan="rekomendasi izin",
    bidang=(
        _NOMOR,
        _TANGGAL,
        _PEMOHON,
        _KONTAK,
        _ALAMAT,
        Bidang(
            "jenis",
            "jenis izin",
            wajib=True,
            petunjuk="menurut tabel [izin] di konfigurasi",
            judul_lain=("jenis rekomendasi", "jenis permohonan"),
        ),
        _tanggal("tanggal_lengkap", "tanggal berkas lengkap", "bawaan: tanggal diterima"),
        _BATAS,
        _tanggal("tanggal_terbit", "tanggal rekomendasi diterbitkan"),
        Bidang("nomor_surat", "nomor surat rekomendasi", judul_lain=("no surat", "nomor rekomendasi")),
        _tanggal("tanggal_tolak", "tanggal permohonan ditolak"),
        Bidang("alasan_tolak", "alasan penolakan", bebas=True),
        _KETERANGAN,
        *_BATAL,
    ),
    ringkas=("nomor", "tanggal", "jenis", "batas", "tanggal_terbit", "nomor_surat"),
    pokok="jenis",
    langkah=(
        Langkah("lengkapi", Aksi.LENGKAP, "tanggal_lengkap", "berkas lengkap"),
        Langkah("terbitkan", Aksi.TERBIT, "tanggal_terbit", "terbit", "nomor_surat"),
        Langkah("tolak", Aksi.TOLAK, "tanggal_tolak", "ditolak", "alasan_tolak", opsi="--alasan"),
    ),
    tenggat=("tanggal_lengkap", "jenis"),
    akhir=("tanggal_terbit", "tanggal_tolak"),
)

SURAT_KABAR = Register(
    slug="surat-kabar",
    kode="KRN",
    sebutan="surat kabar/majalah",
    bidang=(
        _NOMOR,
        _TANGGAL,
        Bidang(
            "media",
            "nama surat kabar atau majalah",
            wajib=True,
            dikenal=True,
            ulang=True,
            judul_lain=("nama media", "surat kabar", "nama surat kabar", "nama surat kabar/majalah"),
        ),
        _pilihan("jenis", "jenis bacaan", JenisBacaan, JenisBacaan.SURAT_KABAR),
        Bidang("edisi", "edisi atau nomor terbitan"),
        Bidang(
            "eksemplar",
            "jumlah eksemplar diterima",
            Jenis.BILANGAN,
            wajib=True,
            ulang=True,
            judul_lain=("jumlah", "jumlah eksemplar"),
        ),
        _tanggal("tanggal_dimanfaatkan", "tanggal dimanfaatkan"),
        Bidang("dimanfaatkan", "jumlah eksemplar dimanfaatkan", Jenis.BILANGAN),
        _KETERANGAN,
        *_BATAL,
    ),
    ringkas=("nomor", "tanggal", "media", "eksemplar", "tanggal_dimanfaatkan", "dimanfaatkan"),
    pokok="media",
    langkah=(Langkah("manfaatkan", Aksi.MANFAAT, "tanggal_dimanfaatkan", "dimanfaatkan", "dimanfaatkan"),),
)

SURVEI = Register(
    slug="survei",
    kode="SKM",
    sebutan="jawaban survei",
    bidang=(
        _NOMOR,
        _TANGGAL,
        Bidang(
            "layanan",
            "layanan yang dinilai",
            dikenal=True,
            ulang=True,
            judul_lain=("jenis layanan", "jenis pelayanan", "layanan yang diterima", "jenis layanan yang diterima"),
        ),
        _jawaban("kepuasan", "kepuasan secara keseluruhan, 1 sampai 4"),
        *(_jawaban(nama, f"{judul}, 1 sampai 4") for nama, judul in UNSUR.items()),
        _pilihan("jenis_kelamin", "jenis kelamin responden", JenisKelamin),
        Bidang("usia", "usia responden, tahun", Jenis.BILANGAN, terbesar=150, judul_lain=("umur",)),
        Bidang("pendidikan", "pendidikan terakhir", dikenal=True),
        Bidang("pekerjaan", "pekerjaan", dikenal=True),
        Bidang(
            "disabilitas",
            "penyandang disabilitas",
            Jenis.PILIHAN,
            kata=("ya", "tidak"),
            sejak="0007",
            judul_lain=("difabel", "berkebutuhan khusus"),
        ),
        Bidang(
            "saran",
            "saran responden",
            bebas=True,
            judul_lain=("saran dan masukan", "saran/masukan", "saran, kritik, dan masukan", "kritik dan saran"),
        ),
        *_BATAL,
    ),
    ringkas=("nomor", "tanggal", "layanan", "kepuasan", "saran"),
    pokok="layanan",
)

TINDAK_LANJUT = Register(
    slug="tindak-lanjut",
    kode="PGD",
    sebutan="tindak lanjut",
    bidang=(
        _NOMOR,
        Bidang("pengaduan", "nomor pengaduan yang ditindaklanjuti", wajib=True, rujukan="pengaduan"),
        Bidang("tanggal", "tanggal tindakan", Jenis.TANGGAL, wajib=True, petunjuk="bawaan: hari ini"),
        Bidang("tindakan", "apa yang dilakukan", wajib=True, bebas=True, judul_lain=("tindak lanjut",)),
        _pilihan("status", "keadaan pengaduan sesudahnya", Status, Status.DIPROSES),
        *_BATAL,
    ),
    ringkas=("nomor", "tanggal", "tindakan", "status"),
    pokok="tindakan",
)

LIMA = (PENGADUAN, INFORMASI, REKOMENDASI, SURAT_KABAR, SURVEI)
BERTENGGAT = tuple(register for register in LIMA if register.tenggat)
SEMUA = {register.slug: register for register in (*LIMA, TINDAK_LANJUT)}
# Each later step with the register it belongs to, by the command that takes it.
LANGKAH = {satu.perintah: (register, satu) for register in LIMA for satu in register.langkah}

"""The vocabulary of the field: every coded word the ledger stores, and the nine elements of the survey."""

from enum import StrEnum


class Kanal(StrEnum):
    """The way an entry reached the office."""

    TATAP_MUKA = "tatap-muka"
    SURAT = "surat"
    TELEPON = "telepon"
    WHATSAPP = "whatsapp"
    EMAIL = "email"
    SP4N_LAPOR = "sp4n-lapor"
    KOTAK_SARAN = "kotak-saran"
    MEDIA_SOSIAL = "media-sosial"
    LAINNYA = "lainnya"


class Klasifikasi(StrEnum):
    """Class of a complaint (PermenPAN-RB 62/2018); it sets the deadline."""

    TIDAK_BERKADAR = "tidak-berkadar"
    BERKADAR = "berkadar"
    PERMINTAAN_INFORMASI = "permintaan-informasi"
    ASPIRASI = "aspirasi"


class Kategori(StrEnum):
    """Whether a complaint is about permits."""

    PERIZINAN = "perizinan"
    NON_PERIZINAN = "non-perizinan"


class Status(StrEnum):
    """State a follow-up leaves its complaint in."""

    DIPROSES = "diproses"
    DITERUSKAN = "diteruskan"
    SELESAI = "selesai"
    DITOLAK = "ditolak"


class Hasil(StrEnum):
    """Outcome of an information service."""

    TERLAKSANA = "terlaksana"
    TIDAK_TERLAKSANA = "tidak-terlaksana"


class JenisBacaan(StrEnum):
    """Kind of reading material delivered to the office."""

    SURAT_KABAR = "surat-kabar"
    MAJALAH = "majalah"
    PERATURAN = "peraturan"


class JenisKelamin(StrEnum):
    """Sex of a respondent, as the survey form codes it."""

    L = "L"
    P = "P"


class Aksi(StrEnum):
    """What a journal line records."""

    CATAT = "catat"
    IMPOR = "impor"
    TINDAK_LANJUT = "tindak-lanjut"
    SELESAI = "selesai"
    LENGKAP = "lengkap"
    TERBIT = "terbit"
    TOLAK = "tolak"
    MANFAAT = "manfaat"
    KOREKSI = "koreksi"
    BATAL = "batal"
    HITUNG_ULANG = "hitung-ulang"
    LIBUR = "libur"
    TUTUP = "tutup"
    BUKA = "buka"
    TARGET = "target"
    HAPUS_TARGET = "hapus-target"
    PULIH = "pulih"


class Arah(StrEnum):
    """Which figure of an indicator is the better one."""

    BESAR = "besar"
    KECIL = "kecil"


class JenisLibur(StrEnum):
    """Where a free day comes from."""

    NASIONAL = "nasional"
    CUTI_BERSAMA = "cuti-bersama"
    KANTOR = "kantor"


# The kinds of permit of a typical kecamatan and their working days; an office's own table [izin] replaces them.
IZIN_BAWAAN: dict[str, int] = {
    "keramaian": 0,
    "domisili": 0,
    "dispensasi-nikah": 0,
    "fasilitas-umum": 1,
    "usaha-mikro": 2,
    "bangunan": 5,
    "lainnya": 5,
}

# PermenPAN-RB 14/2017: the nine elements in the regulation's order, by field name.
UNSUR: dict[str, str] = {
    "persyaratan": "Persyaratan",
    "prosedur": "Sistem, Mekanisme, dan Prosedur",
    "waktu": "Waktu Penyelesaian",
    "biaya": "Biaya/Tarif",
    "produk": "Produk Spesifikasi Jenis Pelayanan",
    "kompetensi": "Kompetensi Pelaksana",
    "perilaku": "Perilaku Pelaksana",
    "penanganan_pengaduan": "Penanganan Pengaduan, Saran, dan Masukan",
    "sarana": "Sarana dan Prasarana",
}

# The usual paper form asks sarana (U9) as question 8 and penanganan pengaduan (U8) as question 9.
UNSUR_URUTAN_FORMULIR: tuple[str, ...] = (*tuple(UNSUR)[:7], "sarana", "penanganan_pengaduan")

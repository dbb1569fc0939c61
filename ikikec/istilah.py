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
    LUPA = "lupakan"
    LIBUR = "libur"
    TUTUP = "tutup"
    BUKA = "buka"
    TARGET = "target"
    HAPUS_TARGET = "hapus-target"
    RTL = "rtl"
    RTL_SELESAI = "rtl-selesai"
    HAPUS_RTL = "hapus-rtl"
    PULIH = "pulih"
    PINDAH = "pindah"
    BATAL_PINDAH = "batal-pindah"


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
# Their codes, by their order in the regulation.
KODE_UNSUR: dict[str, str] = {nama: f"U{urut}" for urut, nama in enumerate(UNSUR, 1)}


def sebut_unsur(nama: str) -> str:
    """An unsur, by its field's name, as reports call it: ``U3 Waktu Penyelesaian``."""
    return f"{KODE_UNSUR[nama]} {UNSUR[nama]}"


# How a mean of the survey goes on into the index: as it is, or rounded to two decimals first.
PEMBULATAN = ("tepat", "nrr2")

# The usual paper form asks sarana (U9) as question 8 and penanganan pengaduan (U8) as question 9.
UNSUR_URUTAN_FORMULIR: tuple[str, ...] = (*tuple(UNSUR)[:7], "sarana", "penanganan_pengaduan")

# What else people write for the coded words above, by the word with its blanks and hyphens taken out.
SEBUTAN_LAIN: dict[str, str] = {
    "langsung": Kanal.TATAP_MUKA,
    "datanglangsung": Kanal.TATAP_MUKA,
    "wa": Kanal.WHATSAPP,
    "hp": Kanal.TELEPON,
    "telp": Kanal.TELEPON,
    "telpon": Kanal.TELEPON,
    "surel": Kanal.EMAIL,
    "lapor": Kanal.SP4N_LAPOR,
    "sp4n": Kanal.SP4N_LAPOR,
    "medsos": Kanal.MEDIA_SOSIAL,
    "facebook": Kanal.MEDIA_SOSIAL,
    "instagram": Kanal.MEDIA_SOSIAL,
    "lain": Kanal.LAINNYA,
    "berkadarpengawasan": Klasifikasi.BERKADAR,
    "tidakberkadarpengawasan": Klasifikasi.TIDAK_BERKADAR,
    "proses": Status.DIPROSES,
    "dalamproses": Status.DIPROSES,
    "koran": JenisBacaan.SURAT_KABAR,
    "lakilaki": JenisKelamin.L,
    "pria": JenisKelamin.L,
    "lk": JenisKelamin.L,
    "perempuan": JenisKelamin.P,
    "wanita": JenisKelamin.P,
    "pr": JenisKelamin.P,
    "y": "ya",
    "iya": "ya",
    "t": "tidak",
}

# PermenPAN-RB 14/2017: the words of the form's four answers, 1 to 4. Most questions grade a quality of their own …
TINGKAT = ("tidak", "kurang", "", "sangat")
SIFAT: dict[str, tuple[str, ...]] = {
    "kepuasan": (),
    "persyaratan": ("sesuai",),
    "prosedur": ("mudah",),
    "waktu": ("cepat",),
    "biaya": (),
    "produk": ("sesuai",),
    "kompetensi": ("kompeten", "mampu"),
    "perilaku": ("sopan dan ramah", "sopan", "ramah"),
    "penanganan_pengaduan": (),
    "sarana": (),
}
SIFAT_UMUM = ("baik", "puas", "memuaskan")
# … and three have words of their own.
JAWABAN: dict[str, tuple[str, str, str, str]] = {
    "biaya": ("sangat mahal", "cukup mahal", "murah", "gratis"),
    "penanganan_pengaduan": (
        "tidak ada",
        "ada tetapi tidak berfungsi",
        "berfungsi kurang maksimal",
        "dikelola dengan baik",
    ),
    "sarana": ("buruk", "cukup", "baik", "sangat baik"),
}

# What the form's question about each element names, and no other of the nine does.
CIRI_UNSUR: dict[str, str] = {
    "persyaratan": r"\b(?:per)?syarat(?:an)?\b",
    "prosedur": r"\b(?:prosedur|mekanisme|alur)\b",
    "waktu": r"\bwaktu\b",
    "biaya": r"\b(?:biaya|tarif)\b",
    "produk": r"\bproduk\b",
    "kompetensi": r"\b(?:kompetensi|kemampuan)\b",
    "perilaku": r"\b(?:perilaku|kesopanan|keramahan)\b",
    "penanganan_pengaduan": r"\b(?:penanganan|pengelolaan|tindak lanjut)\s+pengaduan\b",
    "sarana": r"\b(?:sarana|prasarana)\b",
}

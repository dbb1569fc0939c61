"""The first ledger: journal, five registers, follow-ups, free days.

Written in plain sqlalchemy types on purpose: an old migration must not change when today's models do. Triggers
are not made here but once, at head, by ``ikikec.buku.pemicu``.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KANAL = "tatap-muka surat telepon whatsapp email sp4n-lapor kotak-saran media-sosial lainnya"
UNSUR = "persyaratan prosedur waktu biaya produk kompetensi perilaku penanganan_pengaduan sarana"


def upgrade() -> None:
    """Create every table with its CHECKs and indexes."""
    _jurnal()
    _pengaduan()
    _informasi()
    _rekomendasi()
    _surat_kabar()
    _survei()
    _tindak_lanjut()
    _hari_libur()
    _penutupan()


def _teks(nama: str, wajib: bool = False) -> sa.Column[str]:
    return sa.Column(nama, sa.String(), nullable=not wajib)


def _tanggal(nama: str, wajib: bool = False) -> sa.Column[sa.Date]:
    return sa.Column(nama, sa.Date(), nullable=not wajib)


def _bilangan(nama: str, wajib: bool = False) -> sa.Column[int]:
    return sa.Column(nama, sa.Integer(), nullable=not wajib)


def _benar(nama: str) -> sa.Column[bool]:
    return sa.Column(nama, sa.Boolean(create_constraint=False), nullable=False)


def _periksa(tabel: str, nama: str, aturan: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(sa.text(aturan), name=op.f(f"ck_{tabel}_{nama}"))


def _pilihan(tabel: str, nama: str, kata: str) -> sa.CheckConstraint:
    daftar = ", ".join(f"'{satu}'" for satu in kata.split())
    return _periksa(tabel, nama, f"{nama} IN ({daftar})")


def _pasangan(tabel: str, satu: str, dua: str) -> sa.CheckConstraint:
    return _periksa(tabel, f"{satu}_berpasangan", f"({satu} IS NULL) = ({dua} IS NULL)")


def _tabel(nama: str, *isi: sa.Column[object] | sa.CheckConstraint | sa.ForeignKeyConstraint) -> None:
    """A register's table: its number first, the three columns all registers share last, checks they share."""
    kolom = [satu for satu in isi if isinstance(satu, sa.Column)]
    aturan = [satu for satu in isi if not isinstance(satu, sa.Column)]
    op.create_table(
        nama,
        _teks("nomor", wajib=True),
        *kolom,
        _benar("batal"),
        _teks("alasan_batal"),
        _bilangan("revisi", wajib=True),
        sa.PrimaryKeyConstraint("nomor", name=op.f(f"pk_{nama}")),
        *aturan,
        *(_tanggal_benar(nama, satu.name) for satu in kolom if isinstance(satu.type, sa.Date)),
        *(_teks_berisi(nama, satu.name) for satu in kolom if isinstance(satu.type, sa.String)),
        _periksa(nama, "batal", "batal IN (0, 1)").ddl_if(dialect="sqlite"),
        _periksa(nama, "alasan_batal", "batal OR alasan_batal IS NULL"),
        _periksa(nama, "revisi", "revisi >= 1"),
    )


def _tanggal_benar(tabel: str, nama: str) -> sa.CheckConstraint:
    """Refuses 2026-02-30 in SQLite, whose dates are texts; ``+0 days`` makes it count the days."""
    return _periksa(tabel, f"{nama}_ada", f"{nama} IS date({nama}, '+0 days')").ddl_if(dialect="sqlite")


def _teks_berisi(tabel: str, nama: str) -> sa.CheckConstraint:
    return _periksa(tabel, f"{nama}_berisi", f"{nama} <> ''")


def _indeks(tabel: str, *kolom: str) -> None:
    """Named by its first column: the date a measure counts by, with all that measure reads behind it."""
    op.create_index(op.f(f"ix_{tabel}_{kolom[0]}"), tabel, list(kolom))


def _indeks_urut(tabel: str) -> None:
    """Order of numbers: by year, then by sequence as a number (a longer one is greater)."""
    urut = [sa.text("substr(nomor, 5, 4)"), sa.text("length(nomor)"), "nomor"]
    op.create_index(op.f(f"ix_{tabel}_urut"), tabel, urut)


def _jurnal() -> None:
    op.create_table(
        "jurnal",
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False),
        _teks("waktu", wajib=True),
        _teks("petugas", wajib=True),
        _teks("aksi", wajib=True),
        _teks("register", wajib=True),
        _teks("nomor", wajib=True),
        _bilangan("revisi", wajib=True),
        _teks("alasan"),
        _teks("isi", wajib=True),
        _teks("sidik", wajib=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_jurnal")),
        _periksa("jurnal", "sidik", "length(sidik) = 64"),
    )
    op.create_index(op.f("ix_jurnal_nomor"), "jurnal", ["nomor", "revisi"])


def _pengaduan() -> None:
    _tabel(
        "pengaduan",
        _tanggal("tanggal", wajib=True),
        _teks("pelapor"),
        _benar("anonim"),
        _teks("kontak"),
        _teks("alamat"),
        _teks("kanal", wajib=True),
        _teks("klasifikasi", wajib=True),
        _teks("kategori", wajib=True),
        _teks("lokasi"),
        _teks("uraian", wajib=True),
        _tanggal("batas"),
        _pilihan("pengaduan", "kanal", KANAL),
        _pilihan("pengaduan", "klasifikasi", "tidak-berkadar berkadar permintaan-informasi aspirasi"),
        _pilihan("pengaduan", "kategori", "perizinan non-perizinan"),
        _periksa("pengaduan", "anonim_benar", "anonim IN (0, 1)").ddl_if(dialect="sqlite"),
        _periksa("pengaduan", "pelapor_atau_anonim", "anonim = (pelapor IS NULL)"),
        _periksa("pengaduan", "anonim", "NOT anonim OR (kontak IS NULL AND alamat IS NULL)"),
    )
    _indeks("pengaduan", "tanggal", "batal", "nomor")
    _indeks_urut("pengaduan")


def _informasi() -> None:
    _tabel(
        "informasi",
        _tanggal("tanggal", wajib=True),
        _teks("pemohon", wajib=True),
        _teks("kontak"),
        _teks("alamat"),
        _teks("kanal", wajib=True),
        _teks("topik", wajib=True),
        _teks("uraian"),
        _tanggal("batas"),
        _tanggal("tanggal_selesai"),
        _teks("hasil"),
        _teks("keterangan"),
        _pilihan("informasi", "kanal", KANAL),
        _pilihan("informasi", "hasil", "terlaksana tidak-terlaksana"),
        _pasangan("informasi", "tanggal_selesai", "hasil"),
        _periksa("informasi", "tanggal_selesai", "tanggal_selesai >= tanggal"),
    )
    _indeks("informasi", "tanggal", "batal", "nomor")
    _indeks("informasi", "tanggal_selesai", "batal", "hasil", "batas", "nomor")
    _indeks_urut("informasi")


def _rekomendasi() -> None:
    _tabel(
        "rekomendasi",
        _tanggal("tanggal", wajib=True),
        _teks("pemohon", wajib=True),
        _teks("kontak"),
        _teks("alamat"),
        _teks("jenis", wajib=True),
        _tanggal("tanggal_lengkap"),
        _tanggal("batas"),
        _tanggal("tanggal_terbit"),
        _teks("nomor_surat"),
        _tanggal("tanggal_tolak"),
        _teks("alasan_tolak"),
        _teks("keterangan"),
        _pasangan("rekomendasi", "tanggal_terbit", "nomor_surat"),
        _pasangan("rekomendasi", "tanggal_tolak", "alasan_tolak"),
        _periksa("rekomendasi", "tanggal_lengkap", "tanggal_lengkap >= tanggal"),
        _periksa(
            "rekomendasi",
            "tanggal_terbit",
            "tanggal_terbit IS NULL OR (tanggal_lengkap IS NOT NULL AND tanggal_terbit >= tanggal_lengkap)",
        ),
        _periksa("rekomendasi", "tanggal_tolak", "tanggal_tolak >= tanggal"),
        _periksa("rekomendasi", "terbit_atau_tolak", "tanggal_terbit IS NULL OR tanggal_tolak IS NULL"),
    )
    _indeks("rekomendasi", "tanggal", "batal", "nomor")
    _indeks("rekomendasi", "tanggal_terbit", "batal", "batas", "nomor")
    _indeks_urut("rekomendasi")


def _surat_kabar() -> None:
    _tabel(
        "surat_kabar",
        _tanggal("tanggal", wajib=True),
        _teks("media", wajib=True),
        _teks("jenis", wajib=True),
        _teks("edisi"),
        _bilangan("eksemplar", wajib=True),
        _tanggal("tanggal_dimanfaatkan"),
        _bilangan("dimanfaatkan"),
        _teks("keterangan"),
        _pilihan("surat_kabar", "jenis", "surat-kabar majalah peraturan"),
        _periksa("surat_kabar", "eksemplar", "eksemplar BETWEEN 1 AND 2000000000"),
        _pasangan("surat_kabar", "tanggal_dimanfaatkan", "dimanfaatkan"),
        _periksa("surat_kabar", "dimanfaatkan", "dimanfaatkan BETWEEN 1 AND eksemplar"),
        _periksa("surat_kabar", "tanggal_dimanfaatkan", "tanggal_dimanfaatkan >= tanggal"),
    )
    _indeks("surat_kabar", "tanggal", "batal", "eksemplar", "nomor")
    _indeks("surat_kabar", "tanggal_dimanfaatkan", "batal", "dimanfaatkan", "nomor")
    _indeks_urut("surat_kabar")


def _survei() -> None:
    jawaban = ["kepuasan", *UNSUR.split()]
    _tabel(
        "survei",
        _tanggal("tanggal", wajib=True),
        _teks("layanan"),
        *(_bilangan(nama) for nama in jawaban),
        _teks("jenis_kelamin"),
        _bilangan("usia"),
        _teks("pendidikan"),
        _teks("pekerjaan"),
        _teks("saran"),
        *(_periksa("survei", nama, f"{nama} BETWEEN 1 AND 4") for nama in jawaban),
        _periksa("survei", "sedikitnya_satu_jawaban", f"coalesce({', '.join(jawaban)}) IS NOT NULL"),
        _pilihan("survei", "jenis_kelamin", "L P"),
        _periksa("survei", "usia", "usia BETWEEN 1 AND 150"),
    )
    _indeks("survei", "tanggal", "batal", *jawaban, "nomor")
    _indeks_urut("survei")


def _tindak_lanjut() -> None:
    _tabel(
        "tindak_lanjut",
        _teks("pengaduan", wajib=True),
        _tanggal("tanggal", wajib=True),
        _teks("tindakan", wajib=True),
        _teks("status", wajib=True),
        sa.ForeignKeyConstraint(["pengaduan"], ["pengaduan.nomor"], name=op.f("fk_tindak_lanjut_pengaduan")),
        _pilihan("tindak_lanjut", "status", "diproses diteruskan selesai ditolak"),
    )
    _indeks("tindak_lanjut", "tanggal", "batal", "pengaduan", "nomor")
    _indeks("tindak_lanjut", "pengaduan", "batal", "tanggal", "nomor")


def _hari_libur() -> None:
    op.create_table(
        "hari_libur",
        _tanggal("tanggal", wajib=True),
        _teks("nama", wajib=True),
        _teks("jenis", wajib=True),
        _benar("berlaku"),
        _bilangan("revisi", wajib=True),
        sa.PrimaryKeyConstraint("tanggal", name=op.f("pk_hari_libur")),
        _tanggal_benar("hari_libur", "tanggal"),
        _pilihan("hari_libur", "jenis", "nasional cuti-bersama kantor"),
    )


def _penutupan() -> None:
    op.create_table(
        "penutupan",
        _teks("nomor", wajib=True),
        _benar("ditutup"),
        _bilangan("revisi", wajib=True),
        sa.PrimaryKeyConstraint("nomor", name=op.f("pk_penutupan")),
    )

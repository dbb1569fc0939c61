"""The measures: each a name, a unit, its rule in words, and one SELECT of the entries behind it.

Every SELECT yields ``nomor``, ``tanggal`` (the date the entry counts by) and ``nilai``, never a cancelled entry. The
figure, the list of entries behind it and any later view of it are made from that one SELECT, so they cannot
disagree. A ratio sums ``nilai`` (0 or 1) over the number of its rows. Where entries can miss a figure by little, a
second SELECT tells them: ``nomor``, ``tanggal`` and ``alasan``, the reason in words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ikikec.buku.model import HALAMAN
from ikikec.buku.penomoran import menurut_nomor
from ikikec.istilah import UNSUR, Hasil
from ikikec.periode import Periode

Pilih = sa.Select[Any]

_PENGADUAN = HALAMAN["pengaduan"].c
_INFORMASI = HALAMAN["informasi"].c
_REKOMENDASI = HALAMAN["rekomendasi"].c
_SURAT_KABAR = HALAMAN["surat-kabar"].c
_SURVEI = HALAMAN["survei"].c
_TINDAK_LANJUT = HALAMAN["tindak-lanjut"].c


@dataclass(frozen=True, slots=True)
class Ukuran:
    """One measure. ``aturan`` is printed on the sheet; ``tanggal`` is the column it counts by.

    ``register`` is the slug of the one whose entries it counts. ``penyebut`` names what a ratio is taken of; it is
    blank for a count. ``hasil`` is an entry's outcome as a column on that register's page; ``luput`` the entries that
    just missed, by the same date.
    """

    nama: str
    satuan: str
    aturan: str
    register: str
    pilih: Callable[[], Pilih]
    tanggal: Any
    penyebut: str = ""
    hasil: Any = None
    luput: Callable[[], Pilih] | None = None

    def dalam(self, periode: Periode) -> Pilih:
        """The entries that count in ``periode``."""
        return self._antara(self.pilih(), periode)

    def luput_dalam(self, periode: Periode) -> Pilih | None:
        """The entries that just missed in ``periode``; None where this measure knows no such."""
        return None if self.luput is None else self._antara(self.luput(), periode)

    def _antara(self, pilih: Pilih, periode: Periode) -> Pilih:
        return pilih.where(self.tanggal >= periode.awal, self.tanggal < periode.sesudah)


def _baris(tabel: Any, tanggal: Any, nilai: Any) -> Pilih:
    return sa.select(tabel.nomor, tanggal.label("tanggal"), nilai.label("nilai")).where(~tabel.batal)


_SATU: sa.ColumnElement[int] = sa.literal_column("1")


def _luput(tabel: Any, tanggal: Any, alasan: sa.ColumnElement[str]) -> Pilih:
    return sa.select(tabel.nomor, tanggal.label("tanggal"), alasan.label("alasan")).where(~tabel.batal)


def _puas() -> sa.ColumnElement[int]:
    # The mean of the answered elements is at least 3 exactly when the answers' distances from 3 add up to 0 or more.
    nol: sa.ColumnElement[int] = sa.literal_column("0")
    selisih = sum((sa.func.coalesce(_SURVEI[nama] - 3, 0) for nama in UNSUR), nol)
    return sa.case((_SURVEI.kepuasan >= 3, 1), (_SURVEI.kepuasan.is_not(None), 0), (selisih >= 0, 1), else_=0)


def _informasi_terlaksana() -> Pilih:
    return _baris(_INFORMASI, _INFORMASI.tanggal_selesai, _SATU).where(
        _INFORMASI.hasil == Hasil.TERLAKSANA, _INFORMASI.tanggal_selesai <= _INFORMASI.batas
    )


_TANPA_BATAS = "tidak punya batas waktu"


def _informasi_luput() -> Pilih:
    alasan = sa.case(
        (_INFORMASI.hasil != Hasil.TERLAKSANA, "tidak terlaksana"),
        (_INFORMASI.batas.is_(None), _TANPA_BATAS),
        else_="selesai sesudah batas waktu",
    )
    return _luput(_INFORMASI, _INFORMASI.tanggal_selesai, alasan).where(
        sa.or_(
            _INFORMASI.hasil != Hasil.TERLAKSANA,
            _INFORMASI.batas.is_(None),
            _INFORMASI.tanggal_selesai > _INFORMASI.batas,
        )
    )


def _terawal(kolom: str, pengaduan: Any) -> sa.ScalarSelect[Any]:
    """A column of a complaint's earliest follow-up: one index look-up."""
    lain = HALAMAN["tindak-lanjut"].alias("lain").c
    cari = sa.select(lain[kolom]).where(lain.pengaduan == pengaduan, ~lain.batal)
    return cari.order_by(lain.tanggal, *menurut_nomor(lain.nomor)[1:]).limit(1).scalar_subquery()


def _pengaduan_ditindaklanjuti() -> Pilih:
    # Asked for each follow-up of the period; grouping by complaint would read the whole register.
    return sa.select(
        _TINDAK_LANJUT.pengaduan.label("nomor"), _TINDAK_LANJUT.tanggal.label("tanggal"), _SATU.label("nilai")
    ).where(
        ~_TINDAK_LANJUT.batal,
        _TINDAK_LANJUT.nomor == _terawal("nomor", _TINDAK_LANJUT.pengaduan),
        sa.exists().where(_PENGADUAN.nomor == _TINDAK_LANJUT.pengaduan, ~_PENGADUAN.batal),
    )


def _rekomendasi_terbit() -> Pilih:
    return _baris(_REKOMENDASI, _REKOMENDASI.tanggal_terbit, _SATU)


def _rekomendasi_tepat_waktu() -> Pilih:
    return _rekomendasi_terbit().where(_REKOMENDASI.tanggal_terbit <= _REKOMENDASI.batas)


def _rekomendasi_luput() -> Pilih:
    alasan = sa.case((_REKOMENDASI.batas.is_(None), _TANPA_BATAS), else_="terbit sesudah batas waktu")
    return _luput(_REKOMENDASI, _REKOMENDASI.tanggal_terbit, alasan).where(
        sa.or_(_REKOMENDASI.batas.is_(None), _REKOMENDASI.tanggal_terbit > _REKOMENDASI.batas)
    )


_SEMUA = (
    Ukuran(
        "responden-puas",
        "%",
        "Responden puas bila menjawab kepuasan 3 atau 4; bila pertanyaan itu kosong, bila rata-rata unsur yang"
        " dijawab paling sedikit 3. Dihitung menurut tanggal survei, dibulatkan dua desimal.",
        "survei",
        lambda: _baris(_SURVEI, _SURVEI.tanggal, _puas()),
        _SURVEI.tanggal,
        penyebut="responden",
        hasil=sa.case((_puas() == 1, "puas"), else_="tidak puas"),
    ),
    Ukuran(
        "informasi-terlaksana",
        "layanan",
        "Layanan informasi yang hasilnya terlaksana dan selesai paling lambat pada batas waktunya; dihitung menurut"
        " tanggal selesai.",
        "informasi",
        _informasi_terlaksana,
        _INFORMASI.tanggal_selesai,
        hasil=_INFORMASI.hasil,
        luput=_informasi_luput,
    ),
    Ukuran(
        "pengaduan-ditindaklanjuti",
        "pengaduan",
        "Pengaduan yang sudah ditindaklanjuti, masing-masing sekali; dihitung menurut tanggal tindak lanjut terawal.",
        "pengaduan",
        _pengaduan_ditindaklanjuti,
        _TINDAK_LANJUT.tanggal,
        hasil=_terawal("status", _PENGADUAN.nomor),
    ),
    Ukuran(
        "rekomendasi-tepat-waktu",
        "rekomendasi",
        "Rekomendasi izin yang diterbitkan paling lambat pada batas waktunya; dihitung menurut tanggal terbit.",
        "rekomendasi",
        _rekomendasi_tepat_waktu,
        _REKOMENDASI.tanggal_terbit,
        hasil=_REKOMENDASI.nomor_surat,
        luput=_rekomendasi_luput,
    ),
    Ukuran(
        "bacaan-dimanfaatkan",
        "eksemplar",
        "Jumlah eksemplar yang dimanfaatkan; dihitung menurut tanggal dimanfaatkan.",
        "surat-kabar",
        lambda: _baris(_SURAT_KABAR, _SURAT_KABAR.tanggal_dimanfaatkan, _SURAT_KABAR.dimanfaatkan),
        _SURAT_KABAR.tanggal_dimanfaatkan,
        hasil=sa.literal("dari ") + sa.cast(_SURAT_KABAR.eksemplar, sa.String) + sa.literal(" eksemplar"),
    ),
    Ukuran(
        "rekomendasi-terbit",
        "rekomendasi",
        "Rekomendasi izin yang diterbitkan; dihitung menurut tanggal terbit.",
        "rekomendasi",
        _rekomendasi_terbit,
        _REKOMENDASI.tanggal_terbit,
        hasil=_REKOMENDASI.nomor_surat,
    ),
    Ukuran(
        "bacaan-disediakan",
        "eksemplar",
        "Jumlah eksemplar yang diterima; dihitung menurut tanggal terima.",
        "surat-kabar",
        lambda: _baris(_SURAT_KABAR, _SURAT_KABAR.tanggal, _SURAT_KABAR.eksemplar),
        _SURAT_KABAR.tanggal,
    ),
    Ukuran(
        "responden",
        "responden",
        "Jawaban survei yang tercatat; dihitung menurut tanggal survei.",
        "survei",
        lambda: _baris(_SURVEI, _SURVEI.tanggal, _SATU),
        _SURVEI.tanggal,
    ),
    Ukuran(
        "informasi-teragenda",
        "layanan",
        "Layanan informasi dalam agenda; dihitung menurut tanggal diterima.",
        "informasi",
        lambda: _baris(_INFORMASI, _INFORMASI.tanggal, _SATU),
        _INFORMASI.tanggal,
        hasil=_INFORMASI.hasil,
    ),
    Ukuran(
        "pengaduan-teragenda",
        "pengaduan",
        "Pengaduan dalam agenda; dihitung menurut tanggal diterima.",
        "pengaduan",
        lambda: _baris(_PENGADUAN, _PENGADUAN.tanggal, _SATU),
        _PENGADUAN.tanggal,
    ),
)

UKURAN: dict[str, Ukuran] = {ukuran.nama: ukuran for ukuran in _SEMUA}

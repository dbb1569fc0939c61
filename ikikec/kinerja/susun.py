"""From measures to a sheet: a position's figures for a period as one value. Pure but for the reading."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ikikec.buku.baca import Bacaan
from ikikec.buku.target import meliputi
from ikikec.kinerja.capaian import TargetBerlaku, capaian, pilih_target
from ikikec.kinerja.hitung import Banding, Realisasi, Rincian, Titik, bandingkan, hitung, rinci, tren
from ikikec.kinerja.jabatan import Butir, Jabatan, Penanda
from ikikec.kinerja.ukuran import Ukuran
from ikikec.konfigurasi import Konfigurasi, Pejabat
from ikikec.periode import Periode


@dataclass(frozen=True, slots=True)
class Permintaan:
    """What a sheet shows beside its figures; ``dengan_identitas`` adds citizens' names to ``rinci``."""

    rinci: bool = False
    bandingkan: bool = False
    tren: bool = False
    dengan_identitas: bool = False


@dataclass(frozen=True, slots=True)
class Indikator:
    """One line of the sheet with its figure; ``target`` is None where none is set, the rest where not asked for."""

    butir: Butir
    ukuran: Ukuran
    realisasi: Realisasi
    target: TargetBerlaku | None
    banding: Banding | None
    tren: tuple[Titik, ...] | None
    rincian: Rincian | None

    @property
    def capaian(self) -> Decimal | None:
        """How much of the target was reached, in percent; None where that is undefined."""
        return capaian(self.realisasi, self.target, self.butir.arah)

    @property
    def bukti(self) -> tuple[str, ...] | None:
        """The numbers of the entries behind the figure, each once."""
        return None if self.rincian is None else tuple(dict.fromkeys(satu.nomor for satu in self.rincian.bukti))


@dataclass(frozen=True, slots=True)
class KelompokSasaran:
    """A goal with its indicators, as the sheet groups them."""

    nomor: str
    uraian: str
    indikator: tuple[Indikator, ...]


@dataclass(frozen=True, slots=True)
class Tertanda:
    """One half of the signature block; blank name or number prints as dots. ``plt``: acts for a vacant post."""

    sebutan: str
    nama: str
    nip: str
    plt: bool = False

    @property
    def judul(self) -> str:
        """The title as it stands above the name: ``CAMAT BATUI SELATAN``, ``Plt. CAMAT BATUI SELATAN``."""
        return f"{'Plt. ' if self.plt else ''}{self.sebutan.upper()}"


@dataclass(frozen=True, slots=True)
class Laporan:
    """The sheet of one position for one period, and which state of the ledger it was made from.

    ``tempat`` and ``tanggal`` stand above the signatures.
    """

    jabatan: Jabatan
    periode: Periode
    sasaran: tuple[KelompokSasaran, ...]
    entri: int
    sidik: str
    tempat: str
    tanggal: date
    mengetahui: Tertanda
    pembuat: Tertanda
    minta: Permintaan

    @property
    def indikator(self) -> tuple[Indikator, ...]:
        """Every line in order."""
        return tuple(satu for sasaran in self.sasaran for satu in sasaran.indikator)

    @property
    def bertarget(self) -> bool:
        """Whether any line has a target."""
        return any(satu.target is not None for satu in self.indikator)

    @property
    def rinci(self) -> bool:
        """Whether the entries behind the figures are told."""
        return self.minta.rinci


def susun_laporan(
    bacaan: Bacaan, jabatan: Jabatan, periode: Periode, konfig: Konfigurasi, tanggal: date, minta: Permintaan
) -> Laporan:
    """Compute every indicator of a position, its target, and what else ``minta`` asks for.

    ``tanggal`` is the date above the signatures.
    """
    entri, sidik = bacaan.ujung()
    target = meliputi(bacaan.koneksi, jabatan.slug, periode)

    def indikator(butir: Butir) -> Indikator:
        ukuran, identitas = butir.ukuran, minta.dengan_identitas
        realisasi = hitung(bacaan, ukuran, periode, konfig)
        return Indikator(
            butir,
            ukuran,
            realisasi,
            pilih_target(target, butir.nomor, ukuran, periode),
            bandingkan(bacaan, ukuran, periode, realisasi, konfig) if minta.bandingkan else None,
            tren(bacaan, ukuran, periode, konfig) if minta.tren else None,
            rinci(bacaan, ukuran, periode, realisasi, konfig, identitas=identitas) if minta.rinci else None,
        )

    return Laporan(
        jabatan=jabatan,
        periode=periode,
        sasaran=tuple(
            KelompokSasaran(satu.nomor, satu.uraian, tuple(map(indikator, satu.indikator)))
            for satu in jabatan.sasaran
        ),
        entri=entri,
        sidik=sidik,
        tempat=konfig.tempat or konfig.kecamatan,
        tanggal=tanggal,
        mengetahui=tertanda(jabatan.tanda_tangan.mengetahui, konfig),
        pembuat=tertanda(jabatan.tanda_tangan.pembuat, konfig),
        minta=minta,
    )


def tertanda(penanda: Penanda, konfig: Konfigurasi) -> Tertanda:
    """Who signs, with the name and number the configuration has for them."""
    pejabat = konfig.pejabat.get(penanda.pejabat, Pejabat())
    return Tertanda(penanda.sebutan, pejabat.nama, pejabat.nip, pejabat.plt)

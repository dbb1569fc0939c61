"""Definitions of measures read in plain Python: what docs/ukuran.md says, from exported CSV files and nothing else."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Any

UNSUR = (
    "persyaratan",
    "prosedur",
    "waktu",
    "biaya",
    "produk",
    "kompetensi",
    "perilaku",
    "penanganan_pengaduan",
    "sarana",
)
# What comes with a step, and what a permit's deadline waits for.
BERSAMA = {
    "informasi": {"tanggal_selesai": "tanggal_selesai", "hasil": "tanggal_selesai"},
    "rekomendasi": {
        "tanggal_lengkap": "tanggal_lengkap", "batas": "tanggal_lengkap", "tanggal_terbit": "tanggal_terbit",
        "nomor_surat": "tanggal_terbit", "tanggal_tolak": "tanggal_tolak", "alasan_tolak": "tanggal_tolak",
    },
    "surat-kabar": {"tanggal_dimanfaatkan": "tanggal_dimanfaatkan", "dimanfaatkan": "tanggal_dimanfaatkan"},
}  # fmt: skip
AKHIR = ("selesai", "ditolak")
Baris = Mapping[str, str]


class Pembaca:
    """The books of an office on one day; ``kerja`` counts the working days from one date to another."""

    def __init__(self, buku: Mapping[str, Sequence[Baris]], kerja: Callable[[date, date], int]) -> None:
        self.buku, self.kerja = buku, kerja
        batal = {satu["nomor"] for satu in buku["pengaduan"] if satu["batal"] == "ya"}
        self.hidup = {
            slug: [satu for satu in baris if satu["batal"] != "ya" and satu.get("pengaduan") not in batal]
            for slug, baris in buku.items()
        }
        self.lanjut: dict[str, list[Baris]] = defaultdict(list)
        for satu in sorted(self.hidup["tindak-lanjut"], key=_urut):
            self.lanjut[satu["pengaduan"]].append(satu)

    def isi(self, slug: str, satu: Baris, nama: str, hari: str) -> str:
        """A field as it stood at the end of a day."""
        if slug == "pengaduan" and nama in ("tindak_lanjut_pertama", "tindak_lanjut_penutup", "status"):
            return self._dari_lanjut(
                [baris for baris in self.lanjut[satu["nomor"]] if baris["tanggal"] <= hari], nama
            )
        sejak = BERSAMA.get(slug, {}).get(nama)
        return "" if sejak and satu[sejak] > hari else satu[nama]

    def _dari_lanjut(self, semua: list[Baris], nama: str) -> str:
        if not semua:
            return ""
        if nama == "tindak_lanjut_pertama":
            return semua[0]["tanggal"]
        if nama == "status":
            return semua[-1]["status"]
        penutup = ""
        for satu in semua:
            penutup = (penutup or satu["tanggal"]) if satu["status"] in AKHIR else ""
        return penutup

    def keadaan(self, slug: str, satu: Baris, kata: str, hari: str) -> bool:
        lihat = {nama: self.isi(slug, satu, nama, hari) for nama in ("batas",)}
        status = self.isi(slug, satu, "status", hari) if slug == "pengaduan" else ""
        langkah = {"informasi": ("tanggal_selesai", ""), "rekomendasi": ("tanggal_terbit", "tanggal_tolak")}
        if slug == "pengaduan":
            selesai, ditolak = status == "selesai", status == "ditolak"
        else:
            selesai, ditolak = (bool(nama and self.isi(slug, satu, nama, hari)) for nama in langkah[slug])
        terbuka = not (selesai or ditolak)
        return {
            "terbuka": terbuka,
            "terlambat": terbuka and bool(lihat["batas"]) and lihat["batas"] < hari,
            "selesai": selesai,
            "ditolak": ditolak,
            "ditindaklanjuti": bool(status),
        }[kata]

    def benar(self, slug: str, satu: Baris, syarat: Mapping[str, Any], hari: str) -> bool:
        """Whether one condition holds."""
        if "salah_satu" in syarat:
            return any(self.benar(slug, satu, bagian, hari) for bagian in syarat["salah_satu"])
        if "semua" in syarat:
            return all(self.benar(slug, satu, bagian, hari) for bagian in syarat["semua"])
        if "keadaan" in syarat:
            return any(self.keadaan(slug, satu, kata, hari) for kata in _daftar(syarat["keadaan"]))
        if "puas" in syarat:
            return puas(satu) == (syarat["puas"] == "ya")
        isi = self.isi(slug, satu, syarat["bidang"], hari)
        if "isi" in syarat:
            return bool(isi) == (syarat["isi"] == "terisi")
        if "adalah" in syarat:
            return bool(isi) and _rata(isi) in map(_rata, _daftar(syarat["adalah"]))
        if "bukan" in syarat:
            return not isi or _rata(isi) not in map(_rata, _daftar(syarat["bukan"]))
        if "paling_sedikit" in syarat or "paling_banyak" in syarat:
            return bool(isi) and int(isi) in range(
                syarat.get("paling_sedikit", 0), syarat.get("paling_banyak", 10**9) + 1
            )
        ((uji, nama),) = ((kunci, nama) for kunci, nama in syarat.items() if kunci != "bidang")
        lain = self.isi(slug, satu, nama, hari)
        banding = {
            "paling_lambat": isi <= lain,
            "sesudah": isi > lain,
            "sebelum": isi < lain,
            "paling_awal": isi >= lain,
        }
        return bool(isi and lain) and banding[uji]

    def dasar(self, ukuran: Mapping[str, Any], awal: str, akhir: str) -> list[tuple[Baris, str]]:
        """The entries looked at, with the date each counts by."""
        slug = ukuran["register"]
        if ukuran["hitung"] == "sisa":
            semua = [satu for satu in self.hidup[slug] if satu["tanggal"] <= akhir]
            return [(satu, satu["tanggal"]) for satu in semua if self.keadaan(slug, satu, "terbuka", akhir)]
        bertanggal = [(satu, self.isi(slug, satu, ukuran["tanggal"], akhir)) for satu in self.hidup[slug]]
        if ukuran["tanggal"] == "batas":
            bertanggal = [(satu, satu["batas"]) for satu in self.hidup[slug]]
        return [(satu, hari) for satu, hari in bertanggal if awal <= hari <= akhir and hari]

    def terhitung(self, ukuran: Mapping[str, Any], awal: str, akhir: str) -> list[tuple[Baris, str]]:
        """Those of them that meet the conditions; of a ratio its denominator."""
        syarat = ukuran.get("syarat_penyebut" if ukuran["hitung"] == "rasio" else "syarat", [])
        syarat = [
            *syarat,
            *({"bidang": ukuran[n], "isi": "terisi"} for n in ("bidang", "dari", "sampai") if n in ukuran),
        ]
        slug = ukuran["register"]
        semua = self.dasar(ukuran, awal, akhir)
        return [(satu, hari) for satu, hari in semua if all(self.benar(slug, satu, s, akhir) for s in syarat)]

    def nilai(self, ukuran: Mapping[str, Any], satu: Baris, akhir: str) -> int:
        """What one entry adds."""
        slug = ukuran["register"]
        if ukuran["hitung"] == "rasio":
            return int(all(self.benar(slug, satu, syarat, akhir) for syarat in ukuran["syarat"]))
        if "bidang" in ukuran:
            return int(self.isi(slug, satu, ukuran["bidang"], akhir))
        if "dari" not in ukuran:
            return 1
        dari, sampai = (date.fromisoformat(self.isi(slug, satu, ukuran[n], akhir)) for n in ("dari", "sampai"))
        return self.kerja(dari, sampai) if ukuran["hari"] == "kerja" else (sampai - dari).days

    def angka(self, ukuran: Mapping[str, Any], awal: str, akhir: str) -> int | Decimal | None:
        """The figure as it is shown."""
        semua = [satu for satu, _hari in self.terhitung(ukuran, awal, akhir)]
        if ukuran["hitung"] == "ikm":
            return ikm(semua)
        nilai = [self.nilai(ukuran, satu, akhir) for satu in semua]
        if ukuran["hitung"] in ("cacah", "jumlah", "sisa"):
            return sum(nilai)
        if not nilai:
            return None
        if ukuran["hitung"] == "rasio":
            return bulat(Fraction(sum(nilai) * 100, len(nilai)), 2)
        return bulat(Fraction(sum(nilai), len(nilai)) if ukuran["hitung"] == "rerata" else median(nilai), 1)


def _urut(satu: Baris) -> tuple[Any, ...]:
    induk, nomor = satu["nomor"].split("/")
    return induk, satu["tanggal"], int(nomor)


def _daftar(isi: str | Sequence[str]) -> Sequence[str]:
    return [isi] if isinstance(isi, str) else isi


def _rata(teks: str) -> str:
    return " ".join(teks.casefold().split())


def puas(satu: Baris) -> bool:
    if satu["kepuasan"]:
        return int(satu["kepuasan"]) >= 3
    unsur = [int(satu[nama]) for nama in UNSUR if satu[nama]]
    return Fraction(sum(unsur), len(unsur)) >= 3


def ikm(semua: Sequence[Baris]) -> Decimal | None:
    jawab = [[int(satu[nama]) for satu in semua if satu[nama]] for nama in UNSUR]
    if not all(jawab):
        return None
    return bulat(sum((Fraction(sum(satu), len(satu)) for satu in jawab), Fraction(0)) / 9 * 25, 2)


def median(nilai: Sequence[int]) -> Fraction:
    urut = sorted(nilai)
    return Fraction(urut[(len(urut) - 1) // 2] + urut[len(urut) // 2], 2)


def bulat(nilai: Fraction, desimal: int) -> Decimal:
    """Rounded half up."""
    geser = nilai * 10**desimal + Fraction(1, 2)
    return (Decimal(geser.numerator) / geser.denominator).to_integral_value(ROUND_FLOOR).scaleb(-desimal)

"""What can stand where the clerk is typing, and the answer to a shell that asks. Loads neither ORM nor pydantic.

A suggestion is a courtesy: where configuration or ledger cannot be read there is none, and never an error. The shells
have scripts of our own (``skrip/``): Typer's let zsh run the answer as a program, and it holds what citizens wrote.
"""

import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import typer

from ikikec.bahasa import bersih
from ikikec.buku import usulan
from ikikec.buku.bidang import Bidang, Jenis
from ikikec.buku.register import LIMA, REKOMENDASI, SURVEI, TINDAK_LANJUT, Register
from ikikec.cli import typer_dalam
from ikikec.cli.sesi import Sesi, jam
from ikikec.cli.typer_dalam import split_arg_string
from ikikec.galat import Galat
from ikikec.istilah import IZIN_BAWAAN, Klasifikasi
from ikikec.letak import SEMUA_JABATAN, berkas_jabatan
from ikikec.periode import KATA as KATA_PERIODE
from ikikec.periode import periode_bulan
from ikikec.tanggal import HARI

BANYAK_NOMOR = 20
KATA_TANGGAL = ("hari-ini", "kemarin", *(hari.lower() for hari in HARI))


class Usul(NamedTuple):
    """One suggestion: the word to write and what it means."""

    nilai: str
    bantuan: str = ""


Sumber = Callable[[typer.Context, str], Iterable[Usul]]
Pelengkap = Callable[[typer.Context, str], list[Usul]]


def pelengkap(sumber: Sumber) -> Pelengkap:
    """What Typer calls: the suggestions of ``sumber`` that begin with what was typed, in either case.

    What was typed stays as it is, since shells show only what begins with it. A word with control characters, from a
    file that somebody meddled with, reaches no terminal. Silent where the surroundings cannot be read.
    """

    def lengkapi(ctx: typer.Context, incomplete: str) -> list[Usul]:
        belum, sisa = incomplete.lower(), len(incomplete)
        with suppress(Galat, OSError, ValueError, LookupError, TypeError, AttributeError):
            cocok = (satu for satu in sumber(ctx, incomplete) if satu.nilai.lower().startswith(belum))
            return [Usul(incomplete + nilai[sisa:], bantuan) for nilai, bantuan in cocok if nilai.isprintable()]
        return []

    return lengkapi


def kata(pilihan: Sequence[str]) -> Pelengkap:
    """The words of a fixed list."""
    return pelengkap(lambda _ctx, _belum: map(Usul, pilihan))


def isian(milik: Sequence[Register], nama: str) -> Pelengkap:
    """The words of one field; of several registers that have it, those of the register the line already names."""

    def sumber(ctx: typer.Context, _belum: str) -> list[Usul]:
        tersebut = _register_tersebut(ctx)
        dipakai = [satu for satu in milik if satu is tersebut] or milik
        return list(dict.fromkeys(usul for register in dipakai for usul in _usul_bidang(ctx, register[nama])))

    return pelengkap(sumber)


def bidang(satu: Bidang) -> Pelengkap:
    """The words of one field."""
    return pelengkap(lambda ctx, _belum: _usul_bidang(ctx, satu))


@pelengkap
def nama_isian(ctx: typer.Context, _belum: str) -> Iterable[Usul]:
    """The field names of the register the line names."""
    register = _register_tersebut(ctx)
    return map(Usul, register.nama_bidang) if register else ()


def nomor(register: Register | None = None, syarat: Sequence[str] = (usulan.SEMUA,)) -> Pelengkap:
    """The latest numbers of one register, or of all; ``syarat`` as in ``usulan.nomor_terakhir``."""

    def sumber(ctx: typer.Context, belum: str) -> list[Usul]:
        awalan = belum.upper()
        dicari = [satu for satu in (LIMA if register is None else [register]) if satu.kode.startswith(awalan[:3])]
        if register is None and "/" in awalan:
            dicari = [TINDAK_LANJUT]
        if not dicari:
            return []
        sesi, banyak = _sesi(ctx), BANYAK_NOMOR // len(dicari)
        alamat = sesi.letak_buku(str("" if sesi.opsi_buku else _konfig_mentah(sesi).get("buku", "")))
        return [
            Usul(*usul) for satu in dicari for usul in usulan.nomor_terakhir(alamat, satu, awalan, banyak, syarat)
        ]

    return pelengkap(sumber)


@pelengkap
def jabatan(ctx: typer.Context, _belum: str) -> list[Usul]:
    """The positions, the office's own included, and all of them."""
    folder = _sesi(ctx).letak_konfig.parent / "jabatan"
    return [*map(Usul, sorted(berkas_jabatan(folder))), Usul(SEMUA_JABATAN, "semua jabatan")]


@pelengkap
def periode(ctx: typer.Context, _belum: str) -> list[Usul]:
    """The words, the last twelve months and their quarters, the latest first."""
    # The computer's own day will do: a zone apart, the lists differ by a month once a month for some hours.
    hari_ini = _sesi(ctx).opsi_hari_ini or jam().astimezone().date()
    indeks = [hari_ini.year * 12 + hari_ini.month - 1 - mundur for mundur in range(12)]
    bulan = [(f"{n // 12}-{n % 12 + 1:02d}", periode_bulan(n // 12, n % 12 + 1, 1)) for n in indeks]
    kuartal = [n for n in indeks if n % 3 == 0]
    triwulan = [(f"{n // 12}-T{n % 12 // 3 + 1}", periode_bulan(n // 12, n % 12 + 1, 3)) for n in kuartal]
    return [*map(Usul, KATA_PERIODE), *(Usul(nilai, satu.label) for nilai, satu in (*bulan, *triwulan))]


# The configuration's keys that are always there; izin and pejabat have keys of the office's own.
KUNCI_TETAP = (
    *(
        "kecamatan",
        "kabupaten",
        "tempat",
        "kontak",
        "zona",
        "petugas",
        "buku",
        "templat",
        "kertas",
        "kop.baris",
        "kop.gambar",
        "tunggu",
        "hari_kerja",
        "bobot_skm",
    ),
    "batas.informasi",
    *(f"batas.pengaduan.{satu.value}" for satu in Klasifikasi),
    *(f"retensi.{satu}" for satu in ("pengaduan", "informasi", "rekomendasi")),
)


@pelengkap
def kunci_konfig(ctx: typer.Context, _belum: str) -> list[Usul]:
    """Those, and what officials and kinds of permit the office has."""
    folder = _sesi(ctx).letak_konfig.parent / "jabatan"
    tanda = [_baca(berkas).get("tanda_tangan", {}) for berkas in berkas_jabatan(folder).values()]
    penanda = dict.fromkeys(satu[letak]["pejabat"] for satu in tanda for letak in satu)
    pejabat = [f"pejabat.{nama}.{isi}" for nama in penanda for isi in ("nama", "nip")]
    return [Usul(satu) for satu in (*KUNCI_TETAP, *pejabat, *(f"izin.{nama}" for nama in _izin(ctx)))]


def _usul_bidang(ctx: typer.Context, satu: Bidang) -> list[Usul]:
    if satu is REKOMENDASI["jenis"]:
        izin = _izin(ctx).items()
        return [Usul(nama, "hari yang sama" if hari == 0 else f"{hari} hari kerja") for nama, hari in izin]
    if satu is SURVEI["layanan"]:
        return [Usul(nama) for nama in _tabel(ctx, "layanan")]
    if satu.jenis is Jenis.TANGGAL:
        return [Usul(kata) for kata in KATA_TANGGAL]
    return [Usul(kata) for kata in satu.kata]


def _izin(ctx: typer.Context) -> dict[str, Any]:
    return _tabel(ctx, "izin") or dict(IZIN_BAWAAN)


def _tabel(ctx: typer.Context, nama: str) -> dict[str, Any]:
    """A table of the configuration; empty where it is none."""
    isi = _konfig_mentah(_sesi(ctx)).get(nama)
    return isi if isinstance(isi, dict) else {}


def _register_tersebut(ctx: typer.Context) -> Register | None:
    """The register that the line names already, by its name or by a number of it."""
    nomor_entri = ctx.params.get("nomor")
    register: Register | None = nomor_entri.register if nomor_entri else ctx.params.get("register")
    return register


def _sesi(ctx: typer.Context) -> Sesi:
    """The surroundings that the root options of the unfinished line describe."""
    isi = ctx.find_root().params
    return Sesi(isi.get("buku"), isi.get("konfig"), isi.get("petugas"), isi.get("hari_ini"))


def _konfig_mentah(sesi: Sesi) -> dict[str, Any]:
    """The configuration unchecked; nothing where there is none or it cannot be read."""
    with suppress(Galat, OSError, ValueError):
        return _baca(sesi.berkas_konfig)
    return {}


def _baca(berkas: Path) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(berkas.read_bytes().decode("utf-8-sig"))


# Stands alone where the shell is to complete a file name.
BERKAS = ":berkas"
CANGKANG = ("bash", "zsh", "fish", "powershell")


def skrip(cangkang: str) -> str:
    """The script that lets a shell complete this program."""
    return (Path(__file__).parent / "skrip" / f"ikikec.{cangkang}").read_text(encoding="utf-8")


def jawab(akar: Any, cangkang: str, kata: Sequence[str], belum: str) -> Iterator[str]:
    """What a shell's script asks for: one suggestion a line.

    ``kata``: the words before the unfinished one, which is ``belum``.
    """
    if cangkang == "bash":
        kata, belum = _kata_bash(kata, belum)
    tulis = _BENTUK[cangkang]
    for satu in typer_dalam.lengkapi(akar, kata, belum):
        yield BERKAS if satu.type == "file" else tulis(str(satu.value), satu.help or "")


def _kata_bash(kata: Sequence[str], belum: str) -> tuple[list[str], str]:
    """Bash hands words over as typed, quotes included, and ``--kanal=ta`` in three."""
    tanpa_kutip = ["".join(split_arg_string(satu)) for satu in (*kata, belum)]
    *utuh, akhir = ("" if satu == "=" else satu for satu in tanpa_kutip)
    return [satu for satu, asal in zip(utuh, kata, strict=True) if asal != "="], akhir


def _bash(nilai: str, _bantuan: str) -> str:
    return shlex.quote(nilai)


def _zsh(nilai: str, bantuan: str) -> str:
    nilai = nilai.replace("\\", "\\\\").replace(":", "\\:")
    return f"{nilai}:{bersih(bantuan)}" if bantuan else nilai


def _bertab(nilai: str, bantuan: str) -> str:
    return f"{nilai}\t{bersih(bantuan)}" if bantuan else nilai


_BENTUK: dict[str, Callable[[str, str], str]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _bertab,
    "powershell": _bertab,
}

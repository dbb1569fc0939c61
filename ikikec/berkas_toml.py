"""Reading a TOML file into a checked value, with every wrong key named in Indonesian.

Serves the configuration and the positions alike.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import dropwhile, takewhile
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from ikikec.bahasa import deret, terdekat
from ikikec.galat import AturanDilanggar, Pelanggaran, SalahPakai, sebab


class Bagian(BaseModel):
    """Base of everything read from TOML: frozen, unknown keys refused, texts trimmed."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    @field_validator("*", mode="before")
    @classmethod
    def _tanpa_kendali(cls, nilai: Any) -> Any:
        """Control characters would reach the terminal and the sheets."""
        for teks in nilai if isinstance(nilai, list) else [nilai]:
            if isinstance(teks, str) and not all(huruf.isprintable() or huruf in "\n\t" for huruf in teks):
                raise ValueError("memuat huruf kendali; ketik ulang teksnya")
        return nilai


def salah_satu(sebutan: str, dikenal: Collection[str]) -> Callable[[object], str]:
    """What refuses a word that is none of ``dikenal`` and names the nearest."""

    def periksa(nama: object) -> str:
        if not isinstance(nama, str):
            raise ValueError(_PESAN["string_type"])  # noqa: TRY004 -- pydantic's way
        if nama not in dikenal:
            raise ValueError(
                f"{sebutan} {nama!r} tidak dikenal; pilihannya {deret(dikenal)}{terdekat(nama, dikenal)}"
            )
        return nama

    return periksa


M = TypeVar("M", bound=Bagian)

# Far more than an office's configuration, position, map or list of offices needs.
TERBESAR = 128 << 10
# A key of many parts: tomllib takes minutes for thousands of them, and whoever walks down there ends in recursion.
_KUNCI_DALAM = re.compile(r"""(?<![\w-])(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){20}""")


def baca_toml(berkas: Path) -> dict[str, Any]:
    """The content of a TOML file; raises SalahPakai where it cannot be read, AturanDilanggar where it is no TOML."""
    import tomllib

    try:
        with berkas.open("rb") as aliran:
            isi = aliran.read(TERBESAR + 1)
        if len(isi) > TERBESAR:
            raise AturanDilanggar(f"berkas {berkas} terlalu besar; paling besar {TERBESAR // 1024} KiB")
        # The line end lets tomllib name the line of a fault at the end, too.
        teks = isi.decode("utf-8-sig") + "\n"
        if _KUNCI_DALAM.search(teks):
            raise _bukan_toml(berkas, "")
        return tomllib.loads(teks)
    except OSError as galat:
        raise SalahPakai(f"berkas {berkas} tidak dapat dibaca: {sebab(galat)}") from None
    except UnicodeDecodeError:
        raise AturanDilanggar(f"berkas {berkas} bukan teks UTF-8") from None
    except tomllib.TOMLDecodeError as galat:
        raise _bukan_toml(berkas, str(galat)) from None
    except (ValueError, RecursionError):
        # An integer of thousands of digits, lists within lists a thousand deep.
        raise _bukan_toml(berkas, "") from None


_TEMPAT = re.compile(r"\(at line (\d+), column (\d+)\)$")
_SINTAKS = {
    "Cannot": "kunci atau tabel ini sudah ada di atasnya",
    "Expected '=' after": "sesudah nama kunci harus ada =",
    "Expected newline": "ada yang berlebih sesudah nilainya",
    "Expected ']'": "tabel atau daftar belum ditutup dengan ]",
    "Unclosed": "daftar belum ditutup",
    "Invalid hex": "tanda \\ di dalam teks ditulis dua kali",
    "Unescaped": "tanda \\ di dalam teks ditulis dua kali",
    "Unterminated": "teks belum ditutup tanda kutip",
    "Illegal character": "teks belum ditutup tanda kutip, atau memuat huruf kendali",
    "Invalid value": "nilainya tidak dapat dibaca; teks ditulis di antara tanda kutip",
}


def _bukan_toml(berkas: Path, pesan: str) -> AturanDilanggar:
    """What ``tomllib`` says in English, with the place it names."""
    letak = _TEMPAT.search(pesan)
    tempat = f"baris {letak[1]}, huruf {letak[2]}" if letak else "akhir berkas" if pesan else "isi"
    arti = next((kita for awal, kita in _SINTAKS.items() if pesan.startswith(awal)), "tidak dapat dibaca")
    return AturanDilanggar(
        f"isi {berkas} tidak dapat dipakai:",
        (Pelanggaran(tempat, f"bukan TOML yang benar; {arti}"),),
        'Betulkan dengan penyunting teks; setiap baris berbentuk: kunci = "nilai".',
    )


def susun(model: type[M], isi: Mapping[str, Any], berkas: Path, dikenal: Any = None) -> M:
    """Check what a TOML file holds; raises AturanDilanggar naming every wrong key of ``berkas``.

    ``dikenal`` is what the model looks its names up in.
    """
    hasil = coba_susun(model, isi, dikenal)
    if not isinstance(hasil, tuple):
        return hasil
    raise tak_terpakai(berkas, hasil)


def coba_susun(model: type[M], isi: Any, dikenal: Any = None) -> M | tuple[Pelanggaran, ...]:
    """What a TOML table holds, checked, or everything that is wrong with it by its key."""
    try:
        return model.model_validate(isi, context=dikenal)
    except ValidationError as galat:
        return tuple(_jelaskan(model, satu) for satu in galat.errors())


def tak_terpakai(berkas: Path, pelanggaran: Iterable[Pelanggaran]) -> AturanDilanggar:
    """The error that names all that is wrong in a file."""
    return AturanDilanggar(f"isi {berkas} tidak dapat dipakai:", tuple(pelanggaran))


_JUDUL = re.compile(r"\s*\[[^\[{]*\]\s*(?:#.*)?$")


def baris_kunci(berkas: Path, tabel: str, kunci: str) -> int:
    """The line on which a key of ``[tabel]`` stands, counted from 1: of the table's heading where it is not found.

    ``kunci`` may go on with the place in a list (``syarat.1.bidang``). 0 where the heading is not found either, as
    where it is written in some other way.
    """
    baris = berkas.read_text("utf-8-sig", errors="replace").splitlines()
    judul = re.compile(rf"""\s*\[\s*["']?{re.escape(tabel)}["']?\s*\]""")
    awal = next((nomor for nomor, satu in enumerate(baris, 1) if judul.match(satu)), 0)
    if not awal:
        return 0
    isi = takewhile(lambda satu: not _JUDUL.match(satu[1]), enumerate(baris[awal:], awal + 1))
    nama, _titik, sisa = kunci.partition(".")
    tempat = dropwhile(lambda satu: not re.match(rf"\s*{re.escape(nama)}\s*=", satu[1]), isi)
    letak = next(tempat, (awal, ""))[0]
    urut = sisa.partition(".")[0]
    butir = [nomor for nomor, satu in tempat if satu.lstrip().startswith("{")] if urut.isdigit() else []
    return butir[int(urut)] if urut.isdigit() and int(urut) < len(butir) else letak


TAK_DIKENAL = "kunci ini tidak dikenal"
_PESAN = {
    "missing": "wajib diisi",
    "string_type": "harus teks di antara tanda kutip",
    "int_type": "harus bilangan bulat",
    "bool_type": "harus true (ya) atau false (tidak)",
    "int_from_float": "harus bilangan bulat",
    "int_parsing": "harus bilangan bulat",
    "greater_than_equal": "paling kecil {ge}",
    "less_than_equal": "paling besar {le}",
    "dict_type": "harus berupa tabel [ … ]",
    "model_type": "harus berupa tabel [ … ]",
    "tuple_type": "harus berupa daftar di antara [ dan ]",
    "too_short": "tidak boleh kosong",
    "too_long": "paling banyak {max_length} butir",
    "string_too_short": "tidak boleh kosong",
    "string_too_long": "paling banyak {max_length} huruf",
    "string_pattern_mismatch": "bentuknya tidak sesuai",
}


def _jelaskan(model: type[BaseModel], galat: Any) -> Pelanggaran:
    letak = galat["loc"]
    if letak and letak[-1] == "[key]":
        return Pelanggaran(".".join(map(str, letak[:-2])), "nama kunci di dalamnya tidak boleh kosong")
    kunci = ".".join(str(bagian) for bagian in letak)
    if galat["type"] == "extra_forbidden":
        return Pelanggaran(kunci, f"{TAK_DIKENAL}{terdekat(str(letak[-1]), _dikenal(model, letak[:-1]))}")
    if galat["type"] == "value_error":
        return Pelanggaran(kunci, str(galat["ctx"]["error"]))
    pola = _PESAN.get(galat["type"], "nilainya tidak dapat dipakai")
    return Pelanggaran(kunci, pola.format(**galat.get("ctx", {})))


def _dikenal(model: type[BaseModel], letak: Sequence[str | int]) -> list[str]:
    """The keys that may stand at ``letak`` of the file."""
    tempat = _model_di(jenis_kunci(model, [satu for satu in letak if isinstance(satu, str)])) or model
    return [bidang.alias or nama for nama, bidang in tempat.model_fields.items()]


def jenis_kunci(model: type[BaseModel], kunci: Sequence[str]) -> Any:
    """The type that a model declares for a key, found by walking down to it; None where it knows no such key."""
    jenis: Any = model
    for bagian in kunci:
        if get_origin(jenis) is dict:
            jenis = get_args(jenis)[1]
        else:
            bidang = _model_di(jenis).model_fields.items() if _model_di(jenis) else ()
            jenis = next((satu.annotation for nama, satu in bidang if bagian in (nama, satu.alias)), None)
    return jenis


def _model_di(anotasi: Any) -> Any:
    return next((jenis for jenis in jenis_dalam(anotasi) if issubclass(jenis, BaseModel)), None)


def jenis_dalam(anotasi: Any) -> list[type]:
    """The plain types that an annotation is made of."""
    if isinstance(anotasi, type) and not getattr(anotasi, "__args__", ()):
        return [anotasi]
    return [jenis for bagian in getattr(anotasi, "__args__", ()) for jenis in jenis_dalam(bagian)]

"""What an office's own template may do: read our values' data, and nothing that takes memory or time without end.

A template is text from outside. Jinja's sandbox alone would let it call what our values offer, pydantic's
``parse_raw`` with its pickles among it; so of our own values only data can be read, and of foreign ones nothing. It
would also let one format with a width of a thousand million, or repeat within repeats for a day.
"""

import ctypes
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import wraps
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.filters import do_format
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel

from ikikec.bahasa import terdekat

# Where the types come from whose methods are harmless, apart from what Jinja itself forbids.
_POLOS = ("builtins", "datetime", "decimal", "jinja2", "markupsafe")
# The largest width, count or exponent that a template may ask for.
TERBESAR = 10_000

_SARINGAN_LEBAR = ("batch", "center", "indent", "slice", "wordwrap")
_LEBAR = re.compile(r"[1-9]\d{4,}|%[^a-zA-Z%]*\*|\{[^{}]*:[^{}]*\{")
_BILANGAN = (int, float, Decimal)


class TerlaluLama(Exception):
    """A template did not come to its end in time."""


@contextmanager
def batas_waktu(detik: int) -> Iterator[None]:
    """Raise TerlaluLama in the block after so many seconds, between two of its steps; 0 is no limit.

    Another thread does so: Windows has no alarms, and elsewhere they are for the main thread alone.
    """
    if not detik:
        yield
        return
    sasaran, titip = ctypes.c_ulong(threading.get_ident()), ctypes.pythonapi.PyThreadState_SetAsyncExc
    jam = threading.Timer(detik, titip, (sasaran, ctypes.py_object(TerlaluLama)))
    jam.daemon = True
    jam.start()
    try:
        yield
    finally:
        jam.cancel()
        jam.join()
        # One that was left just as the block ended is taken back.
        titip(sasaran, None)


def _tolak_besar(nilai: Iterable[Any]) -> None:
    """Raise SecurityError for a number that would make a text without end."""
    if any(isinstance(satu, int) and abs(satu) > TERBESAR for satu in nilai):
        raise SecurityError("too large")


def _tolak_lebar(teks: Any) -> None:
    """Raise SecurityError for a format with a width of many figures, or with one that it takes from a value."""
    if isinstance(teks, str) and _LEBAR.search(teks):
        raise SecurityError("too wide")


def _berlebar(saringan: Callable[..., Any]) -> Callable[..., Any]:
    """A filter whose whole numbers are widths and counts."""

    @wraps(saringan)
    def jaga(*args: Any, **isi: Any) -> Any:
        _tolak_besar((*args[1:], *isi.values()))
        return saringan(*args, **isi)

    return jaga


def _format(nilai: Any, *args: Any, **isi: Any) -> Any:
    _tolak_lebar(nilai)
    return do_format(nilai, *args, **isi)


class TakDikenal(jinja2.StrictUndefined):
    """A name that is not there, which says so in Indonesian and names the nearest one."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        pada = dikenal(self._undefined_obj)
        return f"nama {self._undefined_name!r} tidak dikenal{terdekat(str(self._undefined_name), pada)}"


def dikenal(nilai: Any) -> list[str]:
    """The names that can be read of one of our own values, in the order of its fields, properties last."""
    jenis = type(nilai)
    sifat = [nama for nama in dir(jenis) if not nama.startswith("_") and isinstance(getattr(jenis, nama), property)]
    if is_dataclass(nilai):
        return [*(bidang.name for bidang in fields(nilai) if bidang.metadata.get("templat", True)), *sifat]
    return [*jenis.model_fields] if isinstance(nilai, BaseModel) else []


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox that lets nothing be changed or grow beyond use, our own values readable but not callable."""

    intercepted_binops = frozenset(("%", "*", "**"))

    def __init__(self, *args: Any, **isi: Any) -> None:
        super().__init__(*args, **isi)
        self.filters |= {nama: _berlebar(self.filters[nama]) for nama in _SARINGAN_LEBAR} | {"format": _format}

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """An operator whose result may be far larger than what it is made of."""
        if operator == "%":
            _tolak_lebar(left)
        elif operator == "**" or not (isinstance(left, _BILANGAN) and isinstance(right, _BILANGAN)):
            _tolak_besar((left, right))
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """``str.format`` with bounded widths; None for anything else."""
        fungsi = super().wrap_str_format(value)
        if fungsi is not None:
            _tolak_lebar(value.__self__)
        return fungsi

    def call(self, context: Context, obj: Any, /, *args: Any, **isi: Any) -> Any:
        """Call what a template may call; a text's own functions take bounded widths alone."""
        if isinstance(getattr(obj, "__self__", None), str):
            _tolak_besar((*args, *isi.values()))
        return super().call(context, obj, *args, **isi)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read ``attr`` of ``obj``."""
        asal = type(obj).__module__.partition(".")[0]
        if asal == "ikikec":
            return attr in dikenal(obj) and not callable(value)
        return asal in _POLOS and super().is_safe_attribute(obj, attr, value)

    def unsafe_undefined(self, obj: Any, attribute: str) -> TakDikenal:
        """What stands for a name that may not be read; using it is an error."""
        return TakDikenal(f"nama {attribute!r} tidak boleh dipakai di templat", obj, attribute)

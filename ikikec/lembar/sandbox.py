"""What a template may do: read the values it is given and nothing else.

An office's template is text from outside. Jinja's sandbox alone would let it call what our values offer, pydantic's
``parse_raw`` with its pickles among it; so of our own values only data can be read, and of foreign ones nothing.
"""

from dataclasses import fields, is_dataclass
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel

from ikikec.bahasa import terdekat

# Where the types come from whose methods are harmless, apart from what Jinja itself forbids.
_POLOS = ("builtins", "datetime", "decimal", "jinja2", "markupsafe")


class TakDikenal(StrictUndefined):
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
        return [*(bidang.name for bidang in fields(nilai)), *sifat]
    return [*jenis.model_fields] if isinstance(nilai, BaseModel) else []


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox that lets nothing be changed, with our own values readable but not callable."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read ``attr`` of ``obj``."""
        asal = type(obj).__module__.partition(".")[0]
        if asal == "ikikec":
            return attr in dikenal(obj) and not callable(value)
        return asal in _POLOS and super().is_safe_attribute(obj, attr, value)

    def unsafe_undefined(self, obj: Any, attribute: str) -> TakDikenal:
        """What stands for a name that may not be read; using it is an error."""
        return TakDikenal(f"nama {attribute!r} tidak boleh dipakai di templat", obj, attribute)

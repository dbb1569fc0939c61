"""How a typed value is read: by our own parsers alone.

Typer checks values with pydantic, whose import costs a usage error or a press of Tab 60 ms.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from typer import BadParameter
from typer._click.core import Context
from typer._coercion import RuntimeParam

from ikikec.galat import NilaiSalah


def pembaca(baca: Callable[[str], Any]) -> Callable[[str], Any]:
    """``baca`` for Typer: a value it refuses becomes a usage error of the option it stands behind."""

    def parse(teks: str) -> Any:
        try:
            return baca(teks)
        except NilaiSalah as galat:
            raise BadParameter(galat.pesan) from None

    return parse


@dataclass(frozen=True)
class _Ringan(RuntimeParam):
    """A value read by the option's own parser; a text or a switch without one stays as it is."""

    def _coerce_value(self, value: Any, param: Any, ctx: Context) -> Any:
        baca = self.parameter_info.parser
        if baca is None:
            return value
        return [baca(satu) for satu in value] if isinstance(value, list | tuple) else baca(value)


def ringankan(params: Iterable[Any]) -> None:
    """Have every option and argument that has a parser, or is a text or a switch, read without pydantic."""
    for param in params:
        bentuk = param.type_descriptor
        if bentuk.parameter_info.parser or bentuk.annotation in (str, bool):
            param._runtime_param = _Ringan(bentuk.parameter_info, bentuk.annotation)

"""What Typer's usage errors mean, in Indonesian. Loaded when there is one."""

import re

from typer import BadParameter
from typer._click.core import Context
from typer._click.exceptions import BadOptionUsage, MissingParameter, NoSuchOption, UsageError

_BERLEBIH = re.compile(r"Got unexpected extra argument\(s\) \((.*)\)", re.DOTALL)


def arti(galat: UsageError) -> str:
    """What a usage error means to whoever typed the line."""
    if isinstance(galat, MissingParameter):
        return f"{_sebut(galat)} wajib diisi"
    if isinstance(galat, BadParameter):
        return f"{_sebut(galat)}: {galat.message}" if galat.param or galat.param_hint else galat.message
    if isinstance(galat, NoSuchOption):
        if galat.ctx and galat.option_name in _opsi_akar(galat.ctx):
            return f"opsi {galat.option_name} ditulis sebelum perintahnya: ikikec {galat.option_name} …"
        mirip = f"; maksudnya {galat.possibilities[0]}?" if galat.possibilities else ""
        return f"opsi {galat.option_name} tidak dikenal{mirip}"
    if isinstance(galat, BadOptionUsage):
        saklar = "does not take a value" in galat.message
        return f"opsi {galat.option_name} {'tidak memakai nilai' if saklar else 'memerlukan nilai'}"
    if galat.message == "Missing command.":
        return "perintah belum ditulis"
    berlebih = _BERLEBIH.fullmatch(galat.message)
    return f"argumen berlebih: {berlebih[1]}" if berlebih else galat.message


def _opsi_akar(ctx: Context) -> set[str]:
    """The options that stand before a command."""
    return {opsi for param in ctx.find_root().command.params for opsi in param.opts}


def _sebut(galat: BadParameter) -> str:
    if galat.param is None:
        return str(galat.param_hint)
    if galat.param.param_type_name == "argument":
        return f"argumen {galat.param.metavar or galat.param.name}"
    return f"opsi {galat.param.opts[0]}"

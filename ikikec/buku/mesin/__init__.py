"""The engines a ledger can live on: all that differs between SQLite and PostgreSQL stands here and nowhere else."""

from typing import TYPE_CHECKING

from ikikec.buku.mesin.alamat import Alamat

if TYPE_CHECKING:
    from ikikec.buku.mesin.dasar import Mesin


def mesin_di(alamat: Alamat, tunggu: int) -> "Mesin":
    """The ledger at ``alamat``; ``tunggu`` is how many seconds a lock is waited for."""
    if isinstance(alamat, str):
        from ikikec.buku.mesin.postgres import MesinPostgres

        return MesinPostgres(alamat, tunggu)
    from ikikec.buku.mesin.sqlite import MesinSqlite

    return MesinSqlite(alamat, tunggu)

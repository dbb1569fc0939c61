"""Which engine an address means, and which dialect a connection speaks."""

from functools import cache

import sqlalchemy as sa

from ikikec.buku.mesin.alamat import Alamat
from ikikec.buku.mesin.dasar import Dialek, Mesin


def mesin_di(alamat: Alamat, tunggu: int) -> Mesin:
    """The ledger at ``alamat``; ``tunggu`` is how many seconds a lock is waited for."""
    if isinstance(alamat, str):
        from ikikec.buku.mesin.postgres import MesinPostgres

        return MesinPostgres(alamat, tunggu)
    from ikikec.buku.mesin.sqlite import MesinSqlite

    return MesinSqlite(alamat, tunggu)


def dialek(koneksi: sa.Connection) -> Dialek:
    """How the database behind ``koneksi`` is spoken to."""
    return _dialek(koneksi.dialect.name)


@cache
def _dialek(nama: str) -> Dialek:
    if nama == "postgresql":
        from ikikec.buku.mesin.dialek_postgres import DialekPostgres

        return DialekPostgres()
    from ikikec.buku.mesin.dialek_sqlite import DialekSqlite

    return DialekSqlite()

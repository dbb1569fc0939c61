"""A real PostgreSQL server for the tests: a cluster of its own in a passing folder, on loopback, gone afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

SETELAN = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    # The server itself is killed in tests, the machine is not.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    # Else a killed server leaves a piece of memory behind.
    "dynamic_shared_memory_type": "mmap",
}


def letak_program() -> Path | None:
    """The newest server's programs on this machine, None where there is none."""
    semua = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda satu: int(satu.parts[-3]))
    if semua:
        return semua[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


class Peladen:
    """One cluster in ``folder``; ``tahan`` keeps what is committed even when the server is killed."""

    def __init__(self, folder: Path | None = None, *, tahan: bool = False) -> None:
        # pytest's own folders are closed to the user a server runs as.
        self.folder = folder = folder or Path(tempfile.mkdtemp(prefix="ikikec-pg-")) / "klaster"
        folder.parent.chmod(0o711)
        self.porta = _porta_bebas()
        folder.mkdir(parents=True)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        self._jalankan(
            "initdb", "-D", str(self._data), "-U", "ikikec", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"
        )
        # One role has to say its password.
        aturan = self._data / "pg_hba.conf"
        aturan.write_text(f"host all bersandi 127.0.0.1/32 scram-sha-256\n{aturan.read_text()}")
        setelan = {**SETELAN, "port": str(self.porta), "unix_socket_directories": str(folder)}
        if tahan:
            setelan |= dict.fromkeys(("fsync", "full_page_writes", "synchronous_commit"), "on")
        isi = "".join(f"{nama} = '{nilai}'\n" for nama, nilai in setelan.items())
        (self._data / "postgresql.auto.conf").write_text(isi)
        self.mulai()

    @classmethod
    def di(cls, folder: Path) -> "Peladen":
        """The cluster that another process made in ``folder``."""
        satu = cls.__new__(cls)
        satu.folder = folder
        return satu

    def siaga(self, folder: Path) -> "Peladen":
        """A streaming standby in ``folder``, synchronous: this one acknowledges what both have on their disks."""
        satu = Peladen.di(folder)
        satu.porta = _porta_bebas()
        folder.mkdir(parents=True)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        alamat = f"host=127.0.0.1 port={self.porta} user=ikikec application_name=siaga"
        satu._jalankan("pg_basebackup", "-D", str(satu._data), "-R", "-X", "stream", "-c", "fast", "-d", alamat)
        with (satu._data / "postgresql.auto.conf").open("a") as setelan:
            setelan.write(f"port = '{satu.porta}'\nunix_socket_directories = '{folder}'\n")
        satu.mulai()
        with (self._data / "postgresql.auto.conf").open("a") as setelan:
            setelan.write("synchronous_standby_names = 'siaga'\n")
        self._jalankan("pg_ctl", "-D", str(self._data), "reload")
        return satu

    def naikkan(self) -> None:
        """Make a standby the server that is written to."""
        self._jalankan("pg_ctl", "-D", str(self._data), "-w", "promote")

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def url(self, basis: str) -> str:
        """The address of a database."""
        return f"postgresql://ikikec@127.0.0.1:{self.porta}/{basis}"

    def mulai(self) -> None:
        """Start, or start again after a stop."""
        self._jalankan("pg_ctl", "-D", str(self._data), "-w", "-l", str(self.folder / "log"), "start")

    def henti(self, cara: str = "fast") -> None:
        """Stop; ``immediate`` is as if the server had crashed."""
        self._jalankan("pg_ctl", "-D", str(self._data), "-w", "-m", cara, "stop")

    def buang(self) -> None:
        """Stop for good and leave nothing."""
        if (self._data / "postmaster.pid").exists():
            self.henti("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _jalankan(self, nama: str, *args: str) -> None:
        program = letak_program()
        assert program is not None
        # A server refuses to run as root.
        sebagai: Sequence[str] = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
        subprocess.run(
            [*sebagai, str(program / nama), *args], check=True, stdout=subprocess.DEVNULL, cwd=self.folder, timeout=60
        )


def _porta_bebas() -> int:
    with socket.socket() as colokan:
        colokan.bind(("127.0.0.1", 0))
        porta: int = colokan.getsockname()[1]
        return porta

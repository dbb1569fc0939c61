"""Which ledger is meant: what looks like an address is never taken for a file, and no password is ever shown."""

import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ikikec.buku.mesin.alamat import baca_alamat, sebut_alamat
from ikikec.galat import SalahPakai
from tests.conftest import Kantor

SANDI = "s3kret"

BUKAN = [
    f"postgresql+psycopg2://u:{SANDI}@h/db",
    f"mysql://u:{SANDI}@h/db",
    f"postgresq://u:{SANDI}@h/db",
    f"  mysql://u:{SANDI}@h/db",
    f"postgresql:/u:{SANDI}@h/db",
    f"postgresql:u:{SANDI}@h/db",
    f"postgres:{SANDI}",
    f"postgresql://u:{SANDI}",
    f"postgresql://u:{SANDI}/db",
    f"postgresql://u:a/{SANDI}@h/db",
    f"postgresql://u:a#{SANDI}@h/db",
    f"postgresql://u:a?{SANDI}@h/db",
    f"postgresql://u:12/{SANDI}@h/db",
    f"host=h password={SANDI} dbname=x",
    f"password = {SANDI}",
    f"service=kantor password={SANDI}",
    f"u:{SANDI}@h/db",
    f"sqlite://{SANDI}/x.db",
    f"sqlite:x{SANDI}.db",
    f"sqlite:///x.db?key={SANDI}",
    f"https://u:{SANDI}@h/buku.db",
    f"file:///home/{SANDI}.db",
]


@pytest.mark.parametrize("alamat", BUKAN)
@pytest.mark.parametrize("cara", ["opsi", "lingkungan", "konfigurasi", "tetapkan", "pindahkan", "rekap", "daftar"])
def test_what_looks_like_an_address_and_is_none_is_refused(kantor: Kantor, alamat: str, cara: str) -> None:
    konfig, daftar = kantor.folder / "ikikec.toml", kantor.folder / "kantor.toml"
    konfig.write_text(f'buku = "{alamat}"\n' if cara == "konfigurasi" else "")
    daftar.write_text(f'[[kantor]]\nnama = "A"\nbuku = "{alamat}"\n')
    sebelum = sorted(kantor.folder.rglob("*"))
    del kantor.env["IKIKEC_BUKU"]
    args, env = {
        "opsi": (["--buku", alamat, "catat", "survei", "--kepuasan", "4"], {}),
        "lingkungan": (["catat", "survei", "--kepuasan", "4"], {"IKIKEC_BUKU": alamat}),
        "konfigurasi": (["--konfig", str(konfig), "catat", "survei", "--kepuasan", "4"], {}),
        "tetapkan": (["--konfig", str(konfig), "atur", "tetapkan", "buku", alamat], {}),
        "pindahkan": (["pindahkan", str(kantor.buku), alamat, "--ya"], {}),
        "rekap": (["rekap", "--buku", alamat], {}),
        "daftar": (["rekap", "--daftar", str(daftar)], {}),
    }[cara]
    jawab = kantor(*args, kode=2, **env)
    assert SANDI not in jawab.galat + jawab.keluar
    assert "alamat buku" in jawab.galat
    assert "postgresql://peran@peladen/basis-data" in " ".join(jawab.galat.split())
    assert sorted(kantor.folder.rglob("*")) == sebelum
    assert not (Path.cwd() / "mysql:").exists()


@pytest.mark.parametrize(
    "teks",
    [
        "buku.db", "C:/data/buku.db", "C:\\data\\buku.db", "//peladen/bagi/buku.db", "\\\\peladen\\bagi\\buku.db",
        "/srv/a=b/buku.db", "folder@rumah/buku.db", "./host=x.db", "a b/buku 2026: salinan.db", "catatan:1.db",
    ],
)  # fmt: skip
def test_an_ordinary_path_is_a_path(teks: str) -> None:
    assert baca_alamat(teks) == Path(teks)


@pytest.mark.parametrize(
    ("teks", "alamat"),
    [
        ("postgres://h/x", "postgresql://h/x"),
        (" POSTGRES://h/x ", "postgresql://h/x"),
        ("postgresql://h1:5432,h2/x?target_session_attrs=any", "postgresql://h1:5432,h2/x?target_session_attrs=any"),
        ("postgresql://u@[::1]:5432/x", "postgresql://u@[::1]:5432/x"),
        ("postgresql:///x?host=/run/postgresql", "postgresql:///x?host=/run/postgresql"),
        ("sqlite:///x.db", Path("x.db")),
        ("sqlite:////srv/x%20y.db", Path("/srv/x y.db")),
    ],
)
def test_what_is_accepted(teks: str, alamat: object) -> None:
    assert baca_alamat(teks) == alamat


@pytest.mark.parametrize(
    "alamat",
    [
        f"postgresql://u:{SANDI}@h/x",
        f"postgresql://u:a%40{SANDI}@h/x",
        f"postgresql://u:{SANDI}:b@h/x",
        f"postgresql://h/x?password={SANDI}",
        f"postgresql://h/x?a=1&pass%77ord={SANDI}&b=2",
        f"postgresql://h/x?PassWord={SANDI}",
        f"postgresql://h/x?sslpassword={SANDI}",
    ],
)
def test_no_password_is_shown(kantor: Kantor, alamat: str) -> None:
    tampak = sebut_alamat(baca_alamat(alamat))
    assert SANDI not in tampak
    assert "…" in tampak
    tertutup = f"{alamat}{'&' if '?' in alamat else '?'}hostaddr=127.0.0.1&port=1"
    # libpq knows its names only as they are written.
    kode = 2 if "77ord" in alamat or "PassWord" in alamat else 6
    for jawab in (
        kantor("--buku", tertutup, "info", kode=kode),
        kantor("--buku", tertutup, "catat", "survei", "--kepuasan", "4", kode=kode),
        kantor.proses("--buku", tertutup, "meja", kode=kode, masukan="info\n"),
    ):
        assert SANDI not in jawab.galat + jawab.keluar
    assert SANDI not in " ".join(str(satu) for satu in kantor.folder.rglob("*"))


def test_a_stored_password_is_not_printed_and_advised_against(kantor: Kantor) -> None:
    konfig = ("--konfig", str(kantor.folder / "ikikec.toml"))
    jawab = kantor(*konfig, "atur", "tetapkan", "buku", f"postgresql://u:{SANDI}@h/db")
    assert "postgresql://u:…@h/db" in jawab.keluar
    assert ".pgpass" in jawab.galat
    assert SANDI not in jawab.keluar + jawab.galat
    del kantor.env["IKIKEC_BUKU"]
    assert SANDI not in kantor(*konfig, "atur", "lihat").keluar
    assert ".pgpass" not in kantor(*konfig, "atur", "tetapkan", "buku", "postgresql://u@h/db").galat


@pytest.fixture
def palsu() -> Iterator[Callable[[Callable[[socket.socket], None]], int]]:
    """Starts servers that answer one connection after the other with the given act; tells the port."""
    colokan: list[socket.socket] = []

    def mulai(jawab: Callable[[socket.socket], None]) -> int:
        satu = socket.create_server(("127.0.0.1", 0))
        colokan.append(satu)

        def layani() -> None:
            while True:
                try:
                    tamu, _ = satu.accept()
                except OSError:
                    return
                with tamu:
                    try:
                        jawab(tamu)
                    except OSError:
                        continue

        threading.Thread(target=layani, daemon=True).start()
        porta: int = satu.getsockname()[1]
        return porta

    yield mulai
    for satu in colokan:
        satu.close()


def sebab(kantor: Kantor, alamat: str) -> str:
    return " ".join(kantor("--buku", alamat, "catat", "survei", "--kepuasan", "4", kode=6).galat.split())


def test_an_unknown_name_and_a_closed_port_are_told_apart(kantor: Kantor) -> None:
    assert "nama peladen" in sebab(kantor, "postgresql://u@tiada.invalid/x")
    assert "tidak ada PostgreSQL yang menjawab" in sebab(kantor, "postgresql://u@127.0.0.1:1/x")


def test_a_server_that_never_answers(kantor: Kantor) -> None:
    with socket.create_server(("127.0.0.1", 0)) as diam:
        porta = diam.getsockname()[1]
        assert "tidak menjawab pada waktunya" in sebab(
            kantor, f"postgresql://u@127.0.0.1:{porta}/x?connect_timeout=2"
        )


def test_role_password_and_database_are_told_apart(kantor: Kantor, peladen: str) -> None:
    tanpa_peran = peladen.partition("@")[2]
    assert "peran atau sandinya salah" in sebab(kantor, f"postgresql://bersandi:{SANDI}@{tanpa_peran}postgres")
    assert "sandinya belum ada" in sebab(kantor, f"postgresql://bersandi@{tanpa_peran}postgres")
    assert "tidak dikenal peladen" in sebab(kantor, f"postgresql://entah@{tanpa_peran}postgres")
    assert "createdb" in sebab(kantor, f"{peladen}entah")


def test_no_tls_and_a_certificate_nobody_trusts_are_told_apart(
    kantor: Kantor, peladen: str, palsu: Callable[[Callable[[socket.socket], None]], int]
) -> None:
    assert "tidak menawarkan TLS" in sebab(kantor, f"{peladen}postgres?sslmode=require")
    kunci, sertifikat = kantor.folder / "kunci.pem", kantor.folder / "sertifikat.pem"
    for nama in (sertifikat, kantor.folder / "lain.pem"):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "30000",
             "-keyout", str(kunci if nama == sertifikat else kantor.folder / "lain.key"), "-out", str(nama)],
            check=True, capture_output=True,
        )  # fmt: skip
    konteks = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    konteks.load_cert_chain(sertifikat, kunci)

    def jawab(tamu: socket.socket) -> None:
        tamu.recv(8)
        tamu.sendall(b"S")
        with konteks.wrap_socket(tamu, server_side=True):
            pass

    alamat = f"postgresql://u@127.0.0.1:{palsu(jawab)}/x?connect_timeout=5&sslmode=verify-full"
    for akar in ("lain.pem", "tiada.pem"):
        assert "sertifikat peladen" in sebab(kantor, f"{alamat}&sslrootcert={kantor.folder}/{akar}")


def test_a_refused_address_says_how_it_is_written() -> None:
    with pytest.raises(SalahPakai) as galat:
        baca_alamat("postgresql://u:a/b@h/x")
    assert "%2F" in galat.value.saran

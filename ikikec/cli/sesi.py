"""What the root options and the surroundings say: which ledger, configuration, clerk and day. Read when first asked.

The only module that reads the clock, the environment's folders and the login name, and hands them down as values.
"""

import os
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ikikec.bahasa import deret
from ikikec.buku.bidang import Bidang, Jenis
from ikikec.buku.mesin.alamat import Alamat, alamat_di, baca_alamat
from ikikec.buku.register import REKOMENDASI, Register
from ikikec.cli.aliran import ada_pengetik, beri_tahu
from ikikec.cli.penjaga import Asal, Penjaga
from ikikec.galat import EntriTidakAda, NilaiSalah, SalahPakai
from ikikec.tanggal import saat_setempat

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from ikikec.buku.baca import Bacaan
    from ikikec.buku.buku import Buku
    from ikikec.buku.mesin.dasar import Mesin
    from ikikec.buku.nomor import Nomor, NomorPendek
    from ikikec.kinerja.jabatan import Jabatan
    from ikikec.kinerja.ukuran import DaftarUkuran
    from ikikec.konfigurasi import Konfigurasi


@dataclass(frozen=True)
class Sesi:
    """One run of the program; each part is worked out once, when a command first needs it.

    ``asal``: the ledger of the desk it runs at; None where there is none, or no desk.
    """

    opsi_buku: str | None = None
    opsi_konfig: str | None = None
    opsi_petugas: str | None = None
    opsi_hari_ini: date | None = None
    hening: bool = False
    boleh_migrasi: bool = False
    asal: Asal | None = None

    @cached_property
    def letak_konfig(self) -> Path:
        """Where the configuration file is, or would be."""
        if self.opsi_konfig:
            return jalur(self.opsi_konfig)
        import platformdirs

        return platformdirs.user_config_path("ikikec", appauthor=False) / "ikikec.toml"

    @cached_property
    def berkas_konfig(self) -> Path:
        """The configuration file, which need not exist where nobody named it."""
        if self.opsi_konfig and not os.path.isfile(self.letak_konfig):
            raise SalahPakai(f"berkas konfigurasi {self.letak_konfig} tidak ada")
        return self.letak_konfig

    @cached_property
    def konfig(self) -> "Konfigurasi":
        """The office's configuration, or its defaults."""
        from ikikec.konfigurasi import Konfigurasi, muat

        # A folder that may not even be entered is as good as none.
        return muat(self.berkas_konfig) if os.path.isfile(self.berkas_konfig) else Konfigurasi()

    @cached_property
    def alamat_buku(self) -> Alamat:
        """Where the ledger of this run is."""
        return self.letak_buku("" if self.opsi_buku else self.konfig.buku)

    @cached_property
    def mesin(self) -> "Mesin":
        """The ledger of this run."""
        from ikikec.buku.mesin import mesin_di

        return mesin_di(self.alamat_buku, self.konfig.tunggu)

    @cached_property
    def penjaga(self) -> Penjaga:
        """Who looks after the ledger of this run before it is opened."""
        disebut, folder = bool(self.opsi_buku), self.letak_konfig.parent
        return Penjaga(lambda: self.mesin, self.alamat_buku, disebut, folder, self.bertanya, self.asal)

    def letak_buku(self, dari_konfig: str) -> Alamat:
        """The ledger: option or IKIKEC_BUKU, then what the configuration says, then the user's data folder."""
        if self.opsi_buku:
            return baca_alamat(self.opsi_buku)
        if dari_konfig:
            return alamat_di(self.berkas_konfig.parent, dari_konfig)
        import platformdirs

        return platformdirs.user_data_path("ikikec", appauthor=False) / "buku.db"

    @cached_property
    def dibaca(self) -> dict[Path, str]:
        """What any command may read, and so the output of none may replace, each with what it is."""
        semua = {
            self.alamat_buku: "buku ini sendiri",
            self.letak_konfig: "konfigurasi yang dipakai",
            self._templat_kantor: "templat kantor",
            self.gambar_kop: "gambar kop",
        }
        return {letak: apa for letak, apa in semua.items() if isinstance(letak, Path)}

    @property
    def _templat_kantor(self) -> Path | None:
        return self.berkas_konfig.parent / jalur(self.konfig.templat) if self.konfig.templat else None

    @property
    def gambar_kop(self) -> Path | None:
        """The file of the letterhead's emblem, which need not be there; None where the office has none."""
        return self.letak_gambar(self.konfig.kop.gambar)

    def letak_gambar(self, dari_konfig: str) -> Path | None:
        """The file that the configuration names as that emblem."""
        return self.berkas_konfig.parent / jalur(dari_konfig) if dari_konfig else None

    def templat(self, opsi: str | None) -> Path | None:
        """The office's own folder of templates: option, then the configuration; None where there is none."""
        folder = jalur(opsi) if opsi else self._templat_kantor
        if folder is None:
            return None
        if not os.path.isdir(folder):
            raise SalahPakai(
                f"folder templat {folder} tidak ada", f"Buat dengan: ikikec laporan --contoh-templat {folder}"
            )
        return folder

    @cached_property
    def hari_ini(self) -> date:
        """Today in the office's zone, unless the command line sets it."""
        return self.opsi_hari_ini or jam().astimezone(self.konfig.waktu_setempat).date()

    @cached_property
    def petugas(self) -> str:
        """The clerk: option or IKIKEC_PETUGAS, then the configuration, then the login name."""
        nama = (self.opsi_petugas or "").strip() or self.konfig.petugas or _nama_masuk()
        if not nama.isprintable():
            raise NilaiSalah("nama petugas memuat huruf yang rusak; tulis ulang dengan --petugas")
        return nama

    @cached_property
    def jabatan(self) -> "dict[str, Jabatan]":
        """Every position by slug, the office's own included."""
        from ikikec.kinerja.jabatan import muat_jabatan

        return muat_jabatan(self.konfig, self.berkas_konfig.parent / "jabatan", self.ukuran)

    @cached_property
    def ukuran(self) -> "DaftarUkuran":
        """Every measure by name, the office's own included."""
        from ikikec.kinerja.ukuran import muat_ukuran

        return muat_ukuran(self.konfig, self.berkas_konfig.parent)

    def bidang(self, register: Register, nama: str) -> Bidang:
        """A field as this office has it: a permit's kind has a list that is known only once the program runs."""
        bidang = register[nama]
        if bidang is REKOMENDASI["jenis"]:
            return replace(bidang, jenis=Jenis.PILIHAN, kata=tuple(self.konfig.izin))
        return bidang

    def buku(self) -> "Buku":
        """The ledger for writing; nobody at a terminal means a schema is upgraded only where it was said."""
        from ikikec.buku.buku import Buku

        boleh_migrasi, penjaga = self.boleh_migrasi or self.bertanya, self.penjaga
        penjaga.jaga_tulis()
        return Buku(self.mesin, self.konfig, self.petugas, self.hari_ini, jam, boleh_migrasi, penjaga.buku_baru)

    def bacaan(self) -> "AbstractContextManager[Bacaan]":
        """The ledger for reading, all from one moment."""
        from ikikec.buku.baca import buka_bacaan

        self.penjaga.jaga_baca()
        return buka_bacaan(self.mesin)

    def hari_kerja_ke(self, bacaan: "Bacaan", hari: int) -> date:
        """The ``hari``-th working day after today, today itself for 0."""
        if hari == 0:
            return self.hari_ini
        return bacaan.dengan_kalender(self.konfig, lambda kalender: kalender.jatuh_tempo(self.hari_ini, hari))

    def jatuh_tempo(self, mulai: date, hari: int) -> date:
        """The ``hari``-th working day after ``mulai``, by the ledger's calendar, or without one the official."""
        from ikikec.buku import libur

        if self.mesin.versi() is not None:
            with self.bacaan() as bacaan:
                return bacaan.dengan_kalender(self.konfig, lambda kalender: kalender.jatuh_tempo(mulai, hari))
        indeks = self.konfig.indeks_hari_kerja
        return libur.lengkapi_tahun(lambda tahun: libur.kalender(None, indeks, tahun).jatuh_tempo(mulai, hari))

    def nomor(self, nomor: "Nomor | NomorPendek") -> "Nomor":
        """The whole number of a short one; raises EntriTidakAda, or SalahPakai where it could mean several."""
        from ikikec.buku.nomor import Nomor

        if isinstance(nomor, Nomor):
            return nomor
        with self.bacaan() as bacaan:
            cocok = bacaan.cari_nomor(nomor, self.hari_ini.year)
            sebab = "" if cocok else bacaan.sebab_celah(nomor.di_tahun(self.hari_ini.year))
        if not cocok:
            raise EntriTidakAda(f"tidak ada {nomor.register.sebutan} bernomor {nomor} di tahun mana pun", sebab)
        if len(cocok) > 1:
            pilihan = deret(map(str, cocok))
            raise SalahPakai(f"{nomor} kurang jelas: ada {pilihan}", "Tulis nomor lengkap dengan tahunnya.")
        return cocok[0]

    def saat(self, waktu: str) -> str:
        """A moment of the journal (ISO, UTC) in the office's zone: ``22 November 2026 14.05``."""
        return saat_setempat(waktu, self.konfig.waktu_setempat)

    def hari(self, waktu: str) -> date:
        """The day of a moment of the journal (ISO, UTC) in the office's zone."""
        return datetime.fromisoformat(waktu).astimezone(self.konfig.waktu_setempat).date()

    def kabar(self, teks: str) -> None:
        """Say something beside the result, on stderr; nothing where the clerk wants quiet."""
        if not self.hening:
            beri_tahu(teks)

    @property
    def bertanya(self) -> bool:
        """Whether somebody sits at the terminal who can be asked."""
        return ada_pengetik()


def jalur(teks: str) -> Path:
    """A path as the user writes it; ``~`` of an unknown user stays as it is."""
    return Path(os.path.expanduser(teks))


def jam() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def _nama_masuk() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "tidak diketahui"

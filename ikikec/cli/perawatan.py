"""The care of the ledger: what it holds, whether it is whole, verified copies, one put back, and a move."""

import os
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from ikikec import __version__
from ikikec.bahasa import angka
from ikikec.buku.mesin.alamat import baca_alamat
from ikikec.buku.nomor import URUT_TERBESAR, Nomor, baca_nomor, rentang_nomor
from ikikec.buku.register import INFORMASI, PENGADUAN, REKOMENDASI
from ikikec.cli.aliran import beri_tahu, sebagian, sebut_pekerjaan, sebut_tahap
from ikikec.cli.keluaran import cetak_json, pasangan
from ikikec.cli.lupa import masih_memuat
from ikikec.cli.opsi import ALASAN, TeksAtauJson, Ya, argumen, opsi, opsi_bilangan, saklar
from ikikec.cli.penjaga import peringatkan_terbuka
from ikikec.cli.sesi import Sesi, jalur, jam
from ikikec.cli.tanya import pastikan
from ikikec.galat import NilaiSalah, SalahPakai, TemuanPeriksa

if TYPE_CHECKING:
    from ikikec.buku.cadangan import HasilPulih, Pemulihan, Penggantian
    from ikikec.buku.halaman import Ujung
    from ikikec.buku.keutuhan import HasilPeriksa
    from ikikec.buku.mesin.dasar import Mesin
    from ikikec.buku.mesin.sqlite import MesinSqlite


def info(sesi: Sesi, keluaran: TeksAtauJson = None) -> None:
    """Tell about the ledger."""
    from ikikec.buku.mesin.lingkungan import sekitar
    from ikikec.buku.skema import VERSI
    from ikikec.lembar.pdf import sebut_pembuat

    with sesi.bacaan() as bacaan:
        entri, sidik = bacaan.ujung()
        jumlah, pindah = bacaan.jumlah(), bacaan.tanda_pindah()
    alamat, pembuat = sesi.alamat_buku, sebut_pembuat()
    peringatan = sekitar(alamat) if isinstance(alamat, Path) else []
    konfig = str(sesi.berkas_konfig) if os.path.isfile(sesi.berkas_konfig) else None
    if keluaran == "json":
        buku = {"berkas": sesi.mesin.sebutan, "skema": VERSI, "entri": entri, "sidik": sidik}
        cetak_json(
            {
                "program": __version__,
                "buku": {**buku, "dipindahkan": None if pindah is None else asdict(pindah)},
                "register": jumlah,
                "konfigurasi": konfig,
                "pdf": pembuat or None,
                "peringatan": peringatan,
            }
        )
        return
    pasangan(
        [
            ("buku", sesi.mesin.sebutan),
            *([("dipindahkan ke", pindah.kabar(sesi.konfig.waktu_setempat))] if pindah else []),
            ("skema", VERSI),
            ("program", f"ikikec {__version__}"),
            ("konfigurasi", konfig or f"bawaan (tidak ada {sesi.berkas_konfig})"),
            ("petugas", sesi.petugas),
            ("pdf", pembuat or "tidak dapat dibuat di komputer ini"),
            *((slug, f"{angka(banyak)} entri") for slug, banyak in jumlah.items()),
            ("jurnal", f"{angka(entri)} baris"),
            ("sidik", sidik),
            *(("peringatan", satu) for satu in peringatan),
        ]
    )


SEKITAR = "sekitar"
_SIDIK = re.compile(r"[0-9a-f]{8,64}", re.ASCII)


def _baca_sidik(teks: str) -> str:
    bersih = teks.strip().lower()
    if not _SIDIK.fullmatch(bersih):
        raise NilaiSalah("sidik ditulis 8 sampai 64 angka heksadesimal (0-9, a-f), seperti di kaki lembar")
    return bersih


_OPSI_SIDIK = opsi("--sidik", "HEX", "Cari sidik dari lembar yang dicetak.", baca=_baca_sidik)


def periksa(
    sesi: Sesi,
    sidik: Annotated[str | None, _OPSI_SIDIK] = None,
    jelaskan: Annotated[bool, saklar("--jelaskan", "Jelaskan setiap pemeriksaan.")] = False,
    keluaran: TeksAtauJson = None,
) -> None:
    """Check the ledger."""
    sesi.penjaga.jaga_baca()
    if sidik is not None:
        _cari_sidik(sesi, sidik, keluaran)
        return
    hasil = [*periksa_buku(sesi, sesi.mesin), _sekitar(sesi)]
    if keluaran == "json":
        cetak_json([_json(satu) for satu in hasil])
    else:
        _cetak(hasil, jelaskan=jelaskan)
    tolak_temuan(hasil)


def periksa_buku(sesi: Sesi, mesin: "Mesin") -> "list[HasilPeriksa]":
    """Every check of ledger and figures on one ledger."""
    from ikikec.buku.keutuhan import PEMERIKSAAN, buka_periksa, jalankan
    from ikikec.kinerja.periksa_kantor import bulan_tertutup

    with (
        buka_periksa(mesin) as bacaan,
        sebut_pekerjaan(f"memeriksa {mesin.sebutan}", sesi.hening) as kabar,
    ):
        return jalankan(bacaan, (*PEMERIKSAAN, bulan_tertutup(sesi.ukuran, sesi.konfig)), sesi.hari_ini, kabar)


def _sekitar(sesi: Sesi) -> "HasilPeriksa":
    """What around the ledger's file endangers it: nothing is wrong with the ledger yet, so these are notes."""
    from ikikec.buku.keutuhan import HasilPeriksa, Pemeriksaan, Temuan
    from ikikec.buku.mesin.lingkungan import sekitar

    alamat = sesi.alamat_buku
    pesan = sekitar(alamat) if isinstance(alamat, Path) else []
    arti = "Hanya komputer ini dan pemiliknya yang memegang berkas buku."
    pemeriksaan = Pemeriksaan(SEKITAR, arti, "Ikuti sarannya, satu per satu.", lambda _bacaan, _hari: ())
    return HasilPeriksa(pemeriksaan, tuple(Temuan("buku", satu, catatan=True) for satu in pesan))


def tolak_temuan(hasil: "list[HasilPeriksa]") -> None:
    """Raise TemuanPeriksa where a check found a fault."""
    kena = [satu for satu in hasil if not satu.bersih]
    if kena:
        banyak = sum(1 for satu in kena for temuan in satu.temuan if not temuan.catatan)
        saran = dict.fromkeys(satu.pemeriksaan.saran for satu in kena)
        raise TemuanPeriksa(f"{angka(banyak)} temuan di buku", " ".join(saran))


def _json(hasil: "HasilPeriksa") -> dict[str, Any]:
    return {
        "pemeriksaan": hasil.pemeriksaan.nama,
        "arti": hasil.pemeriksaan.arti,
        "saran": hasil.pemeriksaan.saran,
        "bersih": hasil.bersih,
        "temuan": [
            {"tempat": satu.tempat, "pesan": satu.pesan, "jenis": "catatan" if satu.catatan else "galat"}
            for satu in hasil.temuan
        ],
    }


def _cetak(hasil: "list[HasilPeriksa]", *, jelaskan: bool) -> None:
    """Faults and what is around the ledger always; explanations where asked for, other notes also at a terminal."""
    for satu in hasil:
        if jelaskan:
            print(f"{satu.pemeriksaan.nama}: {satu.pemeriksaan.arti} {'Baik.' if satu.bersih else 'ADA TEMUAN.'}")
        for temuan in satu.temuan:
            if temuan.catatan and not (jelaskan or satu.pemeriksaan.nama == SEKITAR or sys.stdout.isatty()):
                continue
            kata = "catatan" if temuan.catatan else "temuan"
            print(f"{kata} ({satu.pemeriksaan.nama}) {temuan.tempat}: {temuan.pesan}")
        if jelaskan and not satu.bersih:
            print(f"  {satu.pemeriksaan.saran}")


def _cari_sidik(sesi: Sesi, sidik: str, keluaran: str | None) -> None:
    from ikikec.buku.keutuhan import baris_putus, buka_periksa

    with buka_periksa(sesi.mesin) as bacaan:
        baris = bacaan.baris_bersidik(sidik)
        putus = None if baris is None else baris_putus(bacaan)
        terakhir, _ = bacaan.ujung()
    if baris is None:
        raise TemuanPeriksa(
            f"sidik {sidik} tidak ada di buku {sesi.mesin.sebutan}",
            "Lembar itu dari buku lain, atau baris jurnal sesudahnya hilang atau diubah. Bandingkan dengan cadangan.",
        )
    if putus is not None:
        raise TemuanPeriksa(
            f"sidik itu baris jurnal {baris.seq}, tetapi rantainya putus di baris {putus[0]}: {putus[1]}",
            "Jalankan ikikec periksa untuk semua temuan.",
        )
    if keluaran == "json":
        isi = {"seq": baris.seq, "waktu": baris.waktu, "nomor": baris.nomor, "aksi": baris.aksi, "terakhir": terakhir}
        cetak_json(isi)
        return
    print(
        f"Sidik itu baris jurnal {angka(baris.seq)} dari {angka(terakhir)}: {baris.nomor} {baris.aksi}, "
        f"{sesi.saat(baris.waktu)}. Buku masih menyambung dari sana."
    )


SEBUTAN = "cadangan"
# The registers whose citizens are given a receipt with the number.
BERTANDA_TERIMA = (PENGADUAN, INFORMASI, REKOMENDASI)


_TUJUAN = opsi("-o --tujuan", "BERKAS|FOLDER", "Berkas atau folder tujuan.")
_SIMPAN = opsi_bilangan("--simpan", "Sisakan N cadangan terbaru buku ini di folder itu.", 1)


def cadangkan(
    sesi: Sesi,
    tujuan: Annotated[str | None, _TUJUAN] = None,
    simpan: Annotated[int | None, _SIMPAN] = None,
) -> None:
    """Make a verified copy."""
    from ikikec.buku import cadangan

    sesi.penjaga.jaga_baca()
    mesin = _mesin_berkas(sesi)
    berkas, bertanggal = _tujuan(sesi, mesin.berkas, tujuan)
    if simpan is not None and not bertanggal:
        raise SalahPakai("opsi --simpan hanya untuk folder cadangan", "Beri -o sebuah folder, atau tanpa -o.")
    berkas = cadangan.cadangkan(mesin, berkas, partial(_verifikasi, sesi), bertanggal=bertanggal)
    for asing, sebab in cadangan.sisakan(mesin, berkas, SEBUTAN, simpan) if simpan is not None else ():
        sesi.kabar(f"dibiarkan: {asing} ({sebab})")
    print(berkas)
    for lama in masih_memuat(sesi):
        sesi.kabar(f"Cadangan dari sebelum ada yang dilupakan, jadi masih memuatnya: {lama}")


def _tujuan(sesi: Sesi, buku: Path, tujuan: str | None) -> tuple[Path, bool]:
    """The file to write, and whether it is one of a folder's dated copies."""
    from ikikec.buku.cadangan import nama_bertanggal

    if tujuan == "-":
        raise SalahPakai("cadangan tidak dapat ditulis ke keluaran baku", "Beri -o sebuah berkas atau folder.")
    letak = buku.parent / "cadangan" if tujuan is None else jalur(tujuan)
    if tujuan is not None and not (os.path.isdir(letak) or tujuan.endswith(("/", os.sep))):
        return letak, False
    return letak / nama_bertanggal(buku, SEBUTAN, jam().astimezone(sesi.konfig.waktu_setempat)), True


def _verifikasi(sesi: Sesi, salinan: Path) -> None:
    from ikikec.buku.mesin import mesin_di

    tolak_temuan(periksa_buku(sesi, mesin_di(salinan, sesi.konfig.tunggu)))


def _mesin_berkas(sesi: Sesi) -> "MesinSqlite":
    """This run's ledger where it is a file; raises SalahPakai for one on a server, which is copied by other means."""
    from ikikec.buku.mesin.sqlite import MesinSqlite

    if not isinstance(sesi.mesin, MesinSqlite):
        raise SalahPakai(
            f"{sesi.mesin.sebutan} ada di peladen; cadangannya dibuat di sana dengan pg_dump",
            "Caranya ada di docs/banyak-meja.md; salinan sebagai berkas: ikikec pindahkan.",
        )
    return sesi.mesin


def _baca_terakhir(teks: str) -> Nomor:
    nomor = baca_nomor(teks)
    if max(nomor.urut, nomor.langkah) > URUT_TERBESAR:
        raise NilaiSalah(f"nomor {nomor} terlalu besar")
    return nomor


_LANJUT = opsi(
    "--lanjut-sesudah",
    "NOMOR",
    "Nomor terakhir yang pernah diberikan, bila buku yang diganti tidak terbaca; boleh berulang.",
    baca=_baca_terakhir,
)


def pulihkan(
    sesi: Sesi,
    sumber: Annotated[str, argumen("BERKAS", "Cadangan yang dipakai lagi.")],
    lanjut_sesudah: Annotated[list[Nomor] | None, _LANJUT] = None,
    kantor_lain: Annotated[
        bool, saklar("--dari-kantor-lain", "Cadangan itu boleh dari buku lain, bukan dari buku ini.")
    ] = False,
    ya: Ya = False,
) -> None:
    """Put a copy back."""
    from ikikec.buku.cadangan import Pemulihan, nama_bertanggal
    from ikikec.buku.penomoran import kunci_nomor
    from ikikec.buku.skema import berskema_lama

    mesin, berkas = _mesin_berkas(sesi), jalur(sumber)
    if not os.path.isfile(berkas):
        raise SalahPakai(f"berkas {berkas} tidak ada")
    asal, saat = replace(mesin, berkas=berkas), jam()
    lanjut: dict[str, int] = {}
    for kunci, urut in map(kunci_nomor, lanjut_sesudah or ()):
        lanjut[kunci] = max(urut, lanjut.get(kunci, 0))
    pemulihan = Pemulihan(asal, mesin, sesi.petugas, saat, lanjut, kantor_lain)
    rencana = pemulihan.rencana()
    # One of an older schema is checked once its copy is brought to today's, before anything is replaced.
    if not berskema_lama(asal):
        _verifikasi(sesi, berkas)
    beri_tahu(*_rincian(sesi, pemulihan, rencana))
    pastikan("Pulihkan?", ya=ya)
    nama = nama_bertanggal(mesin.berkas, "diganti", saat.astimezone(sesi.konfig.waktu_setempat))
    hasil = pemulihan.pulihkan(mesin.berkas.resolve().with_name(nama), partial(_verifikasi, sesi))
    _jawab(mesin.berkas, berkas, hasil)
    peringatkan_terbuka(mesin.berkas)


def _rincian(sesi: Sesi, pemulihan: "Pemulihan", rencana: "Penggantian") -> Iterable[str]:
    """What the clerk should know before the ledger is replaced."""
    if pemulihan.buku.berkas.exists():
        kini = f" ({_akhir(sesi, rencana.sekarang)})" if rencana.sekarang else ""
        yield f"Buku yang dipakai sekarang: {pemulihan.buku.berkas}{kini}"
    yield f"Akan diganti dengan: {pemulihan.asal.berkas} ({_akhir(sesi, rencana.cadangan)})"
    if rencana.kendala:
        yield f"Buku sekarang tidak terbaca: {rencana.kendala}. Entri mana yang keluar tidak diketahui."
        yield "Nomor terakhir yang pernah diberikan, bila ada di tanda terima: --lanjut-sesudah NOMOR."
        return
    if not (rencana.entri_keluar or rencana.ubahan_keluar):
        yield "Tidak ada entri yang keluar dari buku."
        return
    yield f"Keluar dari buku: {_sebut_nomor('entri', rencana.entri_keluar)}"
    bernomor = [satu for satu in rencana.entri_keluar if baca_nomor(satu).register in BERTANDA_TERIMA]
    if bernomor:
        yield f"Mungkin tertulis di tanda terima warga: {_sebut_nomor('entri', bernomor)}"
    if rencana.ubahan_keluar:
        yield f"Kembali ke keadaan sebelumnya: {_sebut_nomor('entri', rencana.ubahan_keluar)}"
    if rencana.entri_keluar:
        yield "Nomor-nomor itu tidak akan diberikan lagi; catat lagi entrinya dari buku yang diganti."


def _akhir(sesi: Sesi, akhir: "Ujung") -> str:
    """``480 baris jurnal, terakhir 22 November 2026 14.05, 3 hari yang lalu``."""
    if not akhir.seq:
        return "jurnalnya kosong"
    hari = (sesi.hari_ini - sesi.hari(akhir.waktu)).days
    umur = {0: ", hari ini", 1: ", kemarin"}.get(hari, f", {angka(hari)} hari yang lalu" if hari > 0 else "")
    return f"{angka(akhir.seq)} baris jurnal, terakhir {sesi.saat(akhir.waktu)}{umur}"


def _sebut_nomor(apa: str, nomor: Sequence[str]) -> str:
    rentang = rentang_nomor(nomor)
    return f"{angka(len(nomor))} {apa}: {', '.join(sebagian(rentang, str, 'rentang')) or '–'}"


def _jawab(buku: Path, asal: Path, hasil: "HasilPulih") -> None:
    if hasil.kurang:
        beri_tahu(
            f"Peringatan: nomor terakhir tidak diketahui untuk {', '.join(hasil.kurang)}, karena buku yang diganti"
            " tidak terbaca; nomor yang pernah diberikan dapat terulang. Nomor yang tertulis di tanda terima atau"
            " lembar diberitahukan dengan memulihkan sekali lagi memakai --lanjut-sesudah."
        )
    print(
        f"{buku} dipulihkan dari {asal}"
        + (f"; buku yang diganti disimpan di {hasil.disimpan}" if hasil.disimpan else "")
    )


_ALAMAT = "BERKAS|postgresql://…"


def pindahkan(
    sesi: Sesi,
    asal: Annotated[str, argumen("ASAL", f"Buku yang dipindahkan: {_ALAMAT}")],
    tujuan: Annotated[str | None, argumen("TUJUAN", f"Tempat barunya, masih kosong: {_ALAMAT}")] = None,
    batal: Annotated[
        bool, saklar("--batal", "Batalkan tanda pindah ASAL, yang bukunya tidak ada di tempat barunya.")
    ] = False,
    alasan: Annotated[str | None, ALASAN] = None,
    ya: Ya = False,
) -> None:
    """Move a ledger, or take the mark of a move back."""
    if batal != (alasan is not None):
        raise SalahPakai("--batal dan --alasan dipakai bersama")
    if batal == (tujuan is not None):
        raise SalahPakai("TUJUAN tidak dipakai bersama --batal" if batal else "TUJUAN belum disebut")
    if tujuan is None:
        _batalkan_pindah(sesi, asal, alasan or "", ya=ya)
    else:
        _pindahkan(sesi, asal, tujuan, ya=ya)


def _batalkan_pindah(sesi: Sesi, asal: str, alasan: str, *, ya: bool) -> None:
    from ikikec.buku.pindah import Pembatalan

    buku, zona = _mesin(sesi, asal), sesi.konfig.waktu_setempat
    pembatalan = Pembatalan(buku, lambda letak: _mesin(sesi, letak), sesi.petugas, alasan, jam, zona)
    tanda, kendala = pembatalan.rencana()
    beri_tahu(f"Buku: {buku.sebutan}\nBertanda pindah ke: {tanda.kabar(zona)}")
    beri_tahu(
        f"Peringatan: tempat itu tidak dapat dilihat: {kendala}. Bila bukunya ada di sana, nomor yang sama akan"
        " diberikan di dua buku."
        if kendala
        else "Bukunya tidak ada di sana."
    )
    pastikan("Batalkan tanda pindahnya?", ya=ya)
    pembatalan.batalkan()
    print(f"tanda pindah dibatalkan; {buku.sebutan} dapat ditulis lagi")


def _pindahkan(sesi: Sesi, asal: str, tujuan: str, *, ya: bool) -> None:
    from ikikec.buku.pindah import Pemindahan

    dari, ke = _mesin(sesi, asal), _mesin(sesi, tujuan)
    pemindahan = Pemindahan(dari, ke, sesi.petugas, jam, sesi.konfig.waktu_setempat)
    rencana = pemindahan.rencana()
    if not ya:
        apa = "Isinya sudah ada di sana; tinggal tanda pindahnya." if rencana.tinggal_tanda else "Semuanya disalin."
        beri_tahu(f"Buku: {dari.sebutan} ({angka(rencana.baris)} baris jurnal)\nKe: {ke.sebutan}")
        beri_tahu(f"{apa} Sesudah itu buku asal hanya dapat dibaca.")
    pastikan("Pindahkan?", ya=ya)
    with sebut_tahap(sesi.hening) as kabar:
        hasil = pemindahan.pindahkan(kabar)
    for satu in (asal, tujuan):
        letak = baca_alamat(satu)
        if isinstance(letak, Path):
            peringatkan_terbuka(letak)
    kata = "sudah ada di tujuan dan sama; buku asal kini bertanda pindah" if hasil.tinggal_tanda else "dipindahkan"
    print(f"{angka(hasil.entri)} entri, {angka(hasil.baris)} baris jurnal {kata}: {dari.sebutan} → {ke.sebutan}")
    print(f'Mulai sekarang: IKIKEC_BUKU={ke.sebutan}, atau buku = "{ke.sebutan}" di ikikec.toml.')


def _mesin(sesi: Sesi, teks: str) -> "Mesin":
    """The ledger at an address; a file by its whole path, since the mark is read from anywhere."""
    from ikikec.buku.mesin import mesin_di

    letak = baca_alamat(teks)
    return mesin_di(letak.absolute() if isinstance(letak, Path) else letak, sesi.konfig.tunggu)

"""One entry as a card: its fields, how it stands against its deadline, follow-ups and history."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from ikikec.bahasa import bersih
from ikikec.buku.baca import Riwayat
from ikikec.buku.batas import JatuhTempo
from ikikec.buku.bidang import Nilai
from ikikec.buku.register import PENGADUAN, TINDAK_LANJUT, Register
from ikikec.lembar.tabel import pasangan
from ikikec.tanggal import hari_tanggal, tanggal_panjang


@dataclass(frozen=True, slots=True)
class Kartu:
    """All that is known of one entry."""

    register: Register
    isi: Mapping[str, Nilai]
    lanjut: Sequence[Mapping[str, Nilai]]
    riwayat: Sequence[Riwayat]
    tempo: JatuhTempo | None


def kartu_json(kartu: Kartu) -> dict[str, Any]:
    """The card as JSON has it: the entry's fields, and beside them its deadline, follow-ups and history."""
    isi: dict[str, Any] = kartu.register.json(kartu.isi)
    if kartu.register is PENGADUAN:
        isi["tindak_lanjut"] = [TINDAK_LANJUT.json(satu) for satu in kartu.lanjut]
    isi["tenggat"] = _tempo_json(kartu.tempo) if kartu.tempo else None
    isi["riwayat"] = [asdict(satu) for satu in kartu.riwayat]
    return isi


def _tempo_json(tempo: JatuhTempo) -> dict[str, Any]:
    return {
        "mulai": tempo.mulai,
        "batas": tempo.batas,
        "selesai": tempo.selesai,
        "sisa_hari_kerja": tempo.sisa,
        "libur": [{"tanggal": hari, "nama": nama} for hari, nama in tempo.libur.items()],
        "akhir_pekan": tempo.akhir_pekan,
    }


def susun_kartu(kartu: Kartu, saat: Callable[[str], str]) -> Group:
    """The card as something a rich console prints; ``saat`` shows a journal moment in the office's zone."""
    tertulis = kartu.register.tulis(kartu.isi)
    bagian: list[RenderableType] = [pasangan((nama.replace("_", " "), nilai) for nama, nilai in tertulis.items())]
    if kartu.tempo:
        bagian += [Text("\nBatas waktu", style="bold"), *(Text(f"  {baris}") for baris in tenggat_teks(kartu.tempo))]
    if kartu.lanjut:
        bagian.append(Text("\nTindak lanjut", style="bold"))
        bagian.append(pasangan((str(satu["nomor"]), _tindakan(satu)) for satu in kartu.lanjut))
    bagian.append(Text("\nRiwayat", style="bold"))
    bagian.append(pasangan(pasang for satu in kartu.riwayat for pasang in _acara(satu, saat)))
    return Group(*bagian)


def tenggat_teks(tempo: JatuhTempo) -> list[str]:
    """The deadline in sentences: until when, how it stands, and which free days it skipped."""
    baris = [f"{hari_tanggal(tempo.batas)}: {_keadaan(tempo)}"]
    lewat = [f"{tanggal_panjang(hari)} ({bersih(nama)})" for hari, nama in tempo.libur.items()]
    if tempo.akhir_pekan:
        lewat.append(f"{tempo.akhir_pekan} hari di luar hari kerja")
    if lewat:
        baris.append(f"dihitung sejak {tanggal_panjang(tempo.mulai)}, dilewati: {'; '.join(lewat)}")
    return baris


def _keadaan(tempo: JatuhTempo) -> str:
    if tempo.selesai is not None:
        lambat = f"terlambat {-tempo.sisa} hari kerja" if tempo.sisa < 0 else "tepat waktu"
        if tempo.selesai > tempo.batas and tempo.sisa == 0:
            lambat = "terlambat, pada hari bukan hari kerja"
        return f"selesai {tanggal_panjang(tempo.selesai)}, {lambat}"
    if tempo.sisa < 0:
        return f"terlambat {-tempo.sisa} hari kerja"
    return f"sisa {tempo.sisa} hari kerja" if tempo.sisa else "hari terakhir"


def _tindakan(satu: Mapping[str, Nilai]) -> str:
    tertulis = TINDAK_LANJUT.tulis(satu)
    batal = " (dibatalkan)" if satu["batal"] else ""
    return f"{tertulis['tanggal']}  {tertulis['status']}: {tertulis['tindakan']}{batal}"


def _acara(satu: Riwayat, saat: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """What was done and by whom; below it why, and old and new of every field that changed."""
    yield saat(satu.waktu), f"{satu.nomor}  {satu.aksi} oleh {satu.petugas}"
    if satu.alasan:
        yield "", f"  alasan: {satu.alasan}"
    for nama, (lama, baru) in satu.perubahan.items():
        yield "", f"  {nama.replace('_', ' ')}: {_isi(lama)} → {_isi(baru)}"


def _isi(nilai: Any) -> str:
    if isinstance(nilai, bool):
        return "ya" if nilai else "tidak"
    return "(kosong)" if nilai is None else str(nilai)

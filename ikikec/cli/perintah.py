"""Every command of the program: its name, the module that holds it, and what help says of it in one line.

The order is that of help. ``tests/test_susunan.py`` holds each line against the command itself.
"""

from typing import NamedTuple


class Perkenalan(NamedTuple):
    """What is known of a command before it is loaded; ``ringkas`` is the beginning of its help, cut where it is long.

    ``utuh``: shown whole however long. ``tersembunyi``: help and completion keep silent about it.
    """

    modul: str
    ringkas: str
    utuh: bool = False
    tersembunyi: bool = False


PERINTAH = {
    "catat": Perkenalan(
        "catat", "Catat satu entri baru: pengaduan, informasi, rekomendasi, surat-kabar, atau survei."
    ),
    "tindaklanjuti": Perkenalan("langkah", "Catat tindak lanjut satu pengaduan."),
    "selesaikan": Perkenalan("langkah", "Selesaikan satu layanan informasi."),
    "lengkapi": Perkenalan("langkah", "Berkas permohonan izin sudah lengkap; batas waktunya mulai berjalan."),
    "terbitkan": Perkenalan("langkah", "Terbitkan satu rekomendasi izin."),
    "tolak": Perkenalan("langkah", "Tolak satu permohonan izin."),
    "manfaatkan": Perkenalan("langkah", "Catat eksemplar surat kabar atau majalah yang dimanfaatkan."),
    "koreksi": Perkenalan("koreksi", "Koreksi satu entri atau tindak lanjut."),
    "batalkan": Perkenalan(
        "koreksi", "Batalkan satu entri atau tindak lanjut; nomornya tetap terpakai dan tidak dihitung lagi."
    ),
    "lihat": Perkenalan(
        "lihat", "Tampilkan satu entri dengan batas waktu dan riwayatnya; sebagai html atau md: tanda terima warga."
    ),
    "daftar": Perkenalan(
        "daftar", "Tampilkan daftar entri satu register: semuanya, menurut periode, atau yang disaring."
    ),
    "ekspor": Perkenalan(
        "ekspor",
        "Tulis register ke berkas untuk program lain: semua register beserta tindak lanjut, atau yang disebut.",
    ),
    "ringkasan": Perkenalan(
        "ringkasan",
        "Tampilkan meja hari ini: yang terlambat, yang segera jatuh tempo, dan angka bulan ini sampai hari ini.",
    ),
    "cari": Perkenalan("cari", "Cari teks di semua isian semua register, huruf besar dan kecil sama saja."),
    "impor": Perkenalan(
        "impor", "Masukkan isi berkas CSV atau XLSX ke satu register: semuanya, atau tidak sama sekali."
    ),
    "laporan": Perkenalan("laporan", "Susun lembar Indikator Kinerja Individu satu jabatan, atau semua."),
    "report": Perkenalan(
        "laporan", "Susun lembar Indikator Kinerja Individu satu jabatan, atau semua.", tersembunyi=True
    ),
    "rekap": Perkenalan("rekap", "Rekap indikator beberapa kantor: angka setiap kantor dan jumlahnya."),
    "skm": Perkenalan("skm", "Hitung Indeks Kepuasan Masyarakat (PermenPAN-RB 14/2017) dari jawaban survei."),
    "meja": Perkenalan(
        "meja", "Buka meja kerja: perintah yang sama tanpa kata ikikec, terus terbuka sepanjang hari."
    ),
    "tutup": Perkenalan(
        "tutup", "Tutup bulan yang sudah lewat: tanggal di dalamnya tidak dapat ditulis atau diubah lagi."
    ),
    "buka": Perkenalan("tutup", "Buka lagi bulan yang sudah ditutup."),
    "periksa": Perkenalan("periksa", "Periksa keutuhan buku."),
    "cadangkan": Perkenalan(
        "cadangan", "Buat salinan buku yang diperiksa dan bernama tanggal, di folder cadangan di sisi buku."
    ),
    "pulihkan": Perkenalan("cadangan", "Pakai lagi satu cadangan sebagai buku."),
    "pindahkan": Perkenalan("pindahkan", "Pindahkan buku seutuhnya ke tempat lain."),
    "jabatan": Perkenalan("jabatan", "Tampilkan jabatan yang punya lembar kinerja, dengan indikatornya."),
    "info": Perkenalan("info", "Tampilkan letak buku, versinya, dan jumlah entrinya."),
    "pelengkapan": Perkenalan(
        "pelengkapan",
        "Cetak skrip yang membuat tombol Tab melengkapi perintah di bash, zsh, fish, atau powershell.",
        utuh=True,
    ),
    "libur": Perkenalan("libur", "Hari libur setahun: lihat, tambah, hapus, atau muat."),
    "target": Perkenalan("target", "Target indikator: tetapkan, lihat, atau hapus."),
    "atur": Perkenalan("atur", "Atur konfigurasi kantor."),
}

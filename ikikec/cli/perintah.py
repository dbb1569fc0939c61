"""Every command of the program, in the order of help: where it is, what it does, an example, its heading.

A name of two words is a command of a group. Nothing of this stands anywhere else.
"""

from functools import partial

from ikikec.cli.typer_dalam import Perkenalan

_hari, _lembar, _lintas, _buku, _kantor = (
    partial(Perkenalan, bagian=bagian) for bagian in ("Sehari-hari", "Lembar", "Masuk dan keluar", "Buku", "Kantor")
)
_catat = partial(
    Perkenalan,
    "catat:perintah_catat()",
    lanjut="Di terminal, tanpa isian apa pun, semua isian ditanyakan; selain itu hanya yang wajib dan belum ditulis.",
)
_LAPORAN = _lembar(
    "laporan:laporan",
    "Susun lembar Indikator Kinerja Individu (IKI) satu jabatan.",
    "ikikec laporan --jabatan kasi-pip\n"
    "ikikec laporan --jabatan semua --periode tw3 --bandingkan --tren -o tw3.html\n"
    "ikikec laporan --jabatan semua --periode oktober -o oktober.xlsx --rinci\n"
    "ikikec laporan --jabatan pengolah-pip --periode 2026 -O json --rinci\n"
    "ikikec laporan --contoh-templat templat-kantor",
    harian=True,
)

PERINTAH: dict[str, Perkenalan] = {
    "catat": _hari(
        "",
        "Catat satu entri baru.",
        'ikikec catat pengaduan --pelapor "Siti" --uraian "Lampu jalan padam"',
        "Registernya: pengaduan, informasi, rekomendasi, surat-kabar, atau survei.",
        harian=True,
    ),
    "catat pengaduan": _catat(
        "Catat pengaduan baru.",
        'ikikec catat pengaduan --pelapor "Siti" --uraian "Lampu jalan padam"\n'
        'ikikec catat pengaduan --anonim --kanal kotak-saran --uraian "Pungutan liar"',
    ),
    "catat informasi": _catat(
        "Catat layanan informasi baru.",
        'ikikec catat informasi --pemohon "Budi" --topik "Syarat KTP"',
    ),
    "catat rekomendasi": _catat(
        "Catat rekomendasi izin baru.",
        'ikikec catat rekomendasi --pemohon "Wati" --jenis usaha-mikro\n'
        'ikikec catat rekomendasi --pemohon "Wati" --jenis bangunan --belum-lengkap',
    ),
    "catat surat-kabar": _catat(
        "Catat surat kabar/majalah baru.",
        'ikikec catat surat-kabar --media "Luwuk Post" --eksemplar 3',
    ),
    "catat survei": _catat(
        "Catat jawaban survei baru.",
        "ikikec catat survei --kepuasan 4\n"
        "ikikec catat survei --persyaratan 4 --prosedur 3 --waktu 4 --jenis-kelamin P",
    ),
    "tindaklanjuti": _hari(
        "catat:tindaklanjuti",
        "Catat tindak lanjut satu pengaduan.",
        'ikikec tindaklanjuti PGD-2026-0001 --tindakan "Ditinjau" --status selesai',
        harian=True,
    ),
    "selesaikan": _hari(
        "catat:perintah_langkah()",
        "Selesaikan satu layanan informasi.",
        "ikikec selesaikan INF-2026-0001 --hasil terlaksana",
        harian=True,
    ),
    "lengkapi": _hari(
        "catat:perintah_langkah()",
        "Berkas permohonan izin lengkap; batas waktunya mulai.",
        "ikikec lengkapi RIZ-2026-0001 --tanggal 2026-11-20",
    ),
    "terbitkan": _hari(
        "catat:perintah_langkah()",
        "Terbitkan satu rekomendasi izin.",
        "ikikec terbitkan RIZ-2026-0001 --nomor-surat 503/12/KBS",
        harian=True,
    ),
    "tolak": _hari(
        "catat:perintah_langkah()",
        "Tolak satu permohonan izin.",
        'ikikec tolak RIZ-2026-0002 --alasan "Lahan sengketa"',
    ),
    "manfaatkan": _hari(
        "catat:perintah_langkah()",
        "Catat eksemplar surat kabar atau majalah yang dimanfaatkan.",
        "ikikec manfaatkan KRN-2026-0001 --dimanfaatkan 2",
    ),
    "koreksi": _hari(
        "catat:koreksi",
        "Koreksi satu entri atau tindak lanjut.",
        'ikikec koreksi PGD-2026-0001 --alasan "salah ketik" --lokasi "Pasar Sinorang"\n'
        'ikikec koreksi SKM-2026-0001 --alasan "keliru" --kepuasan 3 --saran "" --ya',
        "Keadaan lama tetap ada di riwayat; isian kosong mengosongkan.",
    ),
    "batalkan": _hari(
        "catat:batalkan",
        "Batalkan satu entri atau tindak lanjut.",
        'ikikec batalkan INF-2026-0001 --alasan "tercatat dua kali"',
        "Nomornya tetap terpakai, dan entri itu tidak dihitung lagi.",
    ),
    "lupakan": _hari(
        "lupa:lupakan",
        "Lupakan warga di satu entri; nomor dan angkanya tetap.",
        'ikikec lupakan PGD-2026-0001 --alasan "diminta warga"\n'
        'ikikec lupakan PGD-2026-0001 --semua --tindak-lanjut --alasan "diminta"\n'
        "ikikec lupakan --sebelum 2021-01-01 --register informasi",
        "Nama, kontak, dan alamat hilang dari semua riwayat entri itu (UU 27/2022), dan rantai jurnalnya tetap utuh.",
    ),
    "lihat": _hari(
        "lihat:lihat",
        "Tampilkan satu entri dengan batas waktu dan riwayatnya.",
        "ikikec lihat PGD-2026-0001\nikikec lihat RIZ-2026-0001 -O json\n"
        "ikikec lihat PGD-2026-0001 -o tanda-terima.html\nikikec lihat PGD-2026-0001 -o riwayat.xlsx",
        "Sebagai html atau md: tanda terima warga, selalu di kertas A5. Sebagai xlsx: seluruh riwayatnya.",
        harian=True,
    ),
    "daftar": _hari(
        "lihat:daftar",
        "Tampilkan daftar entri satu register.",
        "ikikec daftar pengaduan --terlambat\n"
        "ikikec daftar rekomendasi --belum-selesai --urut batas --maks 10\n"
        "ikikec daftar survei --periode 2026-T3 -O csv\n"
        "ikikec daftar survei --periode 2026-T3 --untuk-excel -o survei.csv\n"
        "ikikec daftar informasi --periode 2026-10 -o register.html",
        "Semuanya, menurut periode, atau yang disaring. Untuk Excel dan LibreOffice: -o register.xlsx.",
        harian=True,
    ),
    "cari": _hari(
        "lihat:cari",
        "Cari teks di semua isian semua register.",
        'ikikec cari "lampu jalan"\nikikec cari Warga -O json\nikikec cari Warga -o warga.xlsx',
        "Huruf besar dan kecil sama saja.",
    ),
    "ringkasan": _hari(
        "lihat:ringkasan",
        "Tampilkan meja hari ini: yang terlambat dan segera tiba.",
        "ikikec ringkasan\nikikec ringkasan -O json\nikikec ringkasan -o meja.xlsx",
        "Juga angka bulan ini sampai hari ini.",
    ),
    "meja": _hari(
        "meja:meja",
        "Buka meja kerja: perintah yang sama tanpa kata ikikec.",
        "ikikec meja\nikikec meja --lanjut",
        "Meja terus terbuka sepanjang hari."
        " Dari pipa, perintah dibaca baris demi baris dan berhenti pada galat pertama.",
        harian=True,
    ),
    "laporan": _LAPORAN,
    "report": _LAPORAN._replace(tersembunyi=True),
    "rekap": _lembar(
        "laporan:rekap",
        "Rekap indikator beberapa kantor dan jumlahnya.",
        "ikikec rekap --buku batui.db --buku toili.db\n"
        "ikikec rekap --daftar kantor.toml --periode tw3 --lewati-galat -o rekap.html",
    ),
    "skm": _lembar(
        "laporan:skm",
        "Hitung Indeks Kepuasan Masyarakat dari jawaban survei.",
        "ikikec skm\n"
        "ikikec skm --periode 2026-S1 --bandingkan --populasi 1200 -o skm.html\n"
        "ikikec skm --periode 2026-T3 -O json",
        "Caranya menurut PermenPAN-RB 14/2017.",
        harian=True,
    ),
    "target": _lembar(
        "",
        "Target indikator: tetapkan, lihat, atau hapus.",
        "ikikec target tetapkan kasi-pip 2.1 120 --periode 2026\nikikec target daftar --periode 2026-10",
    ),
    "target tetapkan": Perkenalan(
        "ketetapan:tetapkan_target",
        "Tetapkan atau ganti target satu indikator.",
        "ikikec target tetapkan kasi-pip 2.1 120 --periode 2026\n"
        "ikikec target tetapkan kasi-pip 1 85,5 --periode 2026-T3",
        "Target setahun berlaku juga bagi bulan dan triwulan di dalamnya:"
        " jumlah menurut banyaknya bulan, persentase tetap. Target bulanan tidak dijumlahkan menjadi target setahun."
        " Bulan yang sudah ditutup tidak dapat diberi target lagi.",
    ),
    "target hapus": Perkenalan(
        "ketetapan:hapus_target",
        "Hapus target satu indikator; riwayatnya tetap di jurnal.",
        'ikikec target hapus kasi-pip 2.1 --periode 2026 --alasan "rencana diubah"',
    ),
    "target daftar": Perkenalan(
        "ketetapan:daftar_target",
        "Tampilkan target yang berlaku.",
        "ikikec target daftar\nikikec target daftar --jabatan kasi-pip --periode 2026-T3",
    ),
    "rtl": _lembar(
        "",
        "Rencana tindak lanjut survei: tetapkan, selesaikan, lihat.",
        'ikikec rtl daftar --periode 2026\nikikec rtl selesai RTL-2026-1 --keterangan "Loket kedua dibuka"',
    ),
    "rtl tetapkan": Perkenalan(
        "ketetapan:tetapkan_rtl",
        "Tetapkan satu rencana tindak lanjut, atau koreksi dengan --nomor.",
        "ikikec rtl tetapkan --nomor RTL-2026-1 --tenggat 2027-06-30 --alasan ditunda",
        "Yang baru memerlukan --unsur, --rencana, --penanggung-jawab, dan --tenggat."
        " Rencana satu periode dapat dibuat dan diubah selama belum semua bulannya ditutup; pelaksanaannya tetap"
        " dapat dicatat sesudah itu.",
    ),
    "rtl selesai": Perkenalan(
        "ketetapan:selesai_rtl",
        "Catat bahwa satu rencana sudah dilaksanakan.",
        'ikikec rtl selesai RTL-2026-1 --keterangan "Loket dibuka" --bukti "SK 12"',
    ),
    "rtl daftar": Perkenalan(
        "ketetapan:daftar_rtl",
        "Tampilkan rencana tindak lanjut yang berlaku.",
        "ikikec rtl daftar\nikikec rtl daftar --periode 2026 -O json",
    ),
    "rtl hapus": Perkenalan(
        "ketetapan:hapus_rtl",
        "Hapus satu rencana; riwayatnya tetap di jurnal.",
        'ikikec rtl hapus RTL-2026-1 --alasan "digabung dengan RTL-2026-2"',
    ),
    "jabatan": _lembar(
        "atur:jabatan",
        "Tampilkan jabatan yang punya lembar, dengan indikatornya.",
        "ikikec jabatan",
    ),
    "ukuran": _lembar(
        "atur:ukuran",
        "Tampilkan ukuran yang mengisi indikator, dan aturannya.",
        "ikikec ukuran\nikikec ukuran -O json\nikikec ukuran periksa ukuran.toml",
        "Kantor menambah ukurannya sendiri di ukuran.toml di sisi konfigurasi; lihat docs/ukuran.md.",
    ),
    "ukuran periksa": Perkenalan(
        "atur:periksa_ukuran",
        "Periksa satu berkas definisi ukuran.",
        "ikikec ukuran periksa ukuran.toml",
        "Setiap kesalahan disebut dengan baris, kunci, dan kata terdekat; kode keluar 3 bila ada.",
    ),
    "impor": _lintas(
        "masuk_keluar:impor",
        "Masukkan isi berkas CSV atau XLSX ke satu register.",
        "ikikec impor survei survei-oktober.csv --uji\nikikec impor survei survei-oktober.csv\n"
        "ikikec impor survei jawaban-formulir.csv --peta peta.toml --lewati-duplikat",
        "Semuanya, atau tidak sama sekali. Baris judul kolom dicari sendiri; judulnya nama isian atau sebutan yang"
        " lazim, dan pertanyaan formulir SKM dikenali."
        " Tanggal ditulis lengkap (2026-10-05, 5/10/2026, 5 Oktober 2026).",
        harian=True,
    ),
    "ekspor": _lintas(
        "masuk_keluar:ekspor",
        "Tulis register ke berkas untuk program lain.",
        "ikikec ekspor -o ekspor-2026/\n"
        "ikikec ekspor --periode 2026 -o buku-2026.xlsx\n"
        "ikikec ekspor survei --periode 2026-T3 -O csv\n"
        "ikikec ekspor pengaduan tindak-lanjut --samarkan -O jsonl",
        "Semua register beserta tindak lanjut, atau yang disebut. Entri batal ikut, dengan tandanya."
        " CSV-nya untuk program; untuk dibuka di Excel dan LibreOffice pakai xlsx.",
        harian=True,
    ),
    "periksa": _buku(
        "perawatan:periksa",
        "Periksa keutuhan buku.",
        "ikikec periksa\nikikec periksa --jelaskan\nikikec periksa --sidik 3f794014bd97764202b7579cea84ba80",
        "Diam bila baik; kode keluar 8 bila ada temuan.",
        harian=True,
    ),
    "cadangkan": _buku(
        "perawatan:cadangkan",
        "Buat salinan buku yang diperiksa dan bernama tanggal.",
        "ikikec cadangkan\nikikec cadangkan -o . --simpan 30",
        "Letaknya di folder cadangan di sisi buku.",
        harian=True,
    ),
    "pulihkan": _buku(
        "perawatan:pulihkan",
        "Pakai lagi satu cadangan sebagai buku.",
        "ikikec pulihkan buku-cadangan-2026-11-22T140500.db\n"
        "ikikec pulihkan cadangan.db --lanjut-sesudah PGD-2026-0120",
        "Buku yang diganti tetap disimpan di sisinya, dan nomor yang pernah diberikannya tidak diberikan lagi.",
    ),
    "pindahkan": _buku(
        "perawatan:pindahkan",
        "Pindahkan buku seutuhnya ke tempat lain.",
        "ikikec pindahkan buku.db postgresql://petugas@peladen/kecamatan\n"
        'ikikec pindahkan buku.db --batal --alasan "peladennya tidak jadi dipakai"',
        "Buku asal sesudahnya hanya dapat dibaca.",
    ),
    "tutup": _buku(
        "ketetapan:tutup",
        "Tutup bulan yang sudah lewat.",
        "ikikec tutup bulan-lalu\nikikec tutup 2026-T3",
        "Tanggal di dalamnya tidak dapat ditulis atau diubah lagi.",
    ),
    "buka": _buku(
        "ketetapan:buka",
        "Buka lagi bulan yang sudah ditutup.",
        'ikikec buka 2026-09 --alasan "laporan desa menyusul"',
    ),
    "info": _buku(
        "perawatan:info",
        "Tampilkan letak buku, versinya, dan jumlah entrinya.",
        "ikikec info",
    ),
    "atur": _kantor(
        "atur:atur",
        "Atur konfigurasi kantor.",
        'ikikec atur tetapkan kecamatan "Batui Selatan"\nikikec atur lihat\nikikec atur periksa',
        "Di terminal, tanpa perintah di belakangnya, isinya ditanyakan satu per satu.",
        harian=True,
    ),
    "atur tetapkan": Perkenalan(
        "atur:tetapkan",
        "Tetapkan satu kunci konfigurasi.",
        'ikikec atur tetapkan kecamatan "Batui Selatan"\n'
        "ikikec atur tetapkan pejabat.camat.nip 197001011995031001\n"
        "ikikec atur tetapkan batas.pengaduan.aspirasi tanpa\n"
        "ikikec atur tetapkan izin.usaha-mikro 2\n"
        "ikikec atur tetapkan hari_kerja senin,selasa,rabu,kamis,jumat,sabtu",
        "Nilai kosong atau - menghapusnya, sehingga bawaannya berlaku lagi.",
    ),
    "atur lihat": Perkenalan(
        "atur:lihat",
        "Tampilkan setiap nilai yang berlaku dan asalnya.",
        "ikikec atur lihat\nikikec atur lihat -O json",
        "Asalnya: opsi, lingkungan, berkas, atau bawaan.",
    ),
    "atur periksa": Perkenalan(
        "atur:periksa",
        "Periksa konfigurasi, jabatan, NIP, dan letak buku.",
        "ikikec atur periksa",
        "Kode keluar 3 bila ada yang harus diperbaiki.",
    ),
    "libur": _kantor(
        "",
        "Hari libur setahun: lihat, tambah, hapus, muat.",
        "ikikec libur daftar 2026\nikikec libur tambah 2026-12-04 --nama Pilkada",
    ),
    "libur daftar": Perkenalan(
        "ketetapan:daftar_libur",
        "Tampilkan hari libur setahun. [bawaan: tahun ini]",
        "ikikec libur daftar\nikikec libur daftar 2027",
    ),
    "libur tambah": Perkenalan(
        "ketetapan:tambah_libur",
        "Tambahkan hari libur kantor atau yang baru ditetapkan.",
        "ikikec libur tambah 2026-12-04 --nama Pilkada",
    ),
    "libur hapus": Perkenalan(
        "ketetapan:hapus_libur",
        "Jadikan satu hari libur hari kerja lagi.",
        'ikikec libur hapus 2026-12-24 --alasan "cuti bersama dicabut"',
    ),
    "libur muat": Perkenalan(
        "ketetapan:muat_libur",
        "Muat libur nasional dan cuti bersama, atau perubahannya.",
        "ikikec libur muat 2027",
        """Hari libur setahun dibekukan saat pertama kali diperlukan. Bila sesudah itu ketetapannya berubah
(cuti bersama, hari raya yang tadinya perkiraan) dan ikikec sudah diperbarui, perintah ini menunjukkan
bedanya dan bertanya. Hari dari kantor sendiri tetap, begitu pula batas waktu yang sudah tertulis.""",
    ),
    "libur hitung-ulang": Perkenalan(
        "ketetapan:hitung_ulang",
        "Hitung ulang batas entri yang belum selesai.",
        "ikikec libur hitung-ulang",
        "Sesudah hari libur berubah; yang sudah selesai tetap dengan batasnya. Setiap perubahan tercatat.",
    ),
    "pelengkapan": _kantor(
        "atur:pelengkapan",
        "Cetak skrip yang membuat tombol Tab melengkapi perintah.",
        "ikikec pelengkapan bash",
        """Untuk bash, zsh, fish, atau powershell: tombol Tab lalu melengkapi perintah, opsi, kata pilihan,
periode, jabatan, dan nomor entri. Tidak ada yang dipasang sendiri; simpan skripnya di:

\b
bash        ~/.local/share/bash-completion/completions/ikikec
            (tanpa paket bash-completion: tambahkan isinya ke ~/.bashrc)
zsh         ~/.zfunc/_ikikec, dan di ~/.zshrc:
            fpath+=~/.zfunc; autoload -Uz compinit; compinit
fish        ~/.config/fish/completions/ikikec.fish
powershell  di berkas $PROFILE, baris:
            ikikec pelengkapan powershell | Out-String | Invoke-Expression

Misalnya: ikikec pelengkapan fish > ~/.config/fish/completions/ikikec.fish; lalu buka terminal baru.""",
    ),
}

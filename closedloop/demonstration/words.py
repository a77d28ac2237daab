"""What people wrote: notes, problems, reasons. In Indonesian, as they would be in the records."""

from random import Random

from assessments.models import Criterion

RETURNED = "Foto dua butir belum memperlihatkan keadaan sekarang. Lengkapi, lalu ajukan lagi."
REMARKS = {
    "R2.1": "Foto diambil dari pintu; label rak tidak terbaca.",
    "R3.1": "Lantai di foto tidak sesuai dengan nilai 3.",
}
REPLY = "Dicek lagi di tempat: sudah sesuai, foto baru menyusul pada kunjungan berikutnya."

NOTES = {
    0: ("Belum ada sama sekali.", "Baru direncanakan bulan depan."),
    1: ("Baru di satu mesin.", "Ada, tetapi tidak dipakai operator."),
    2: ("Standar ada, belum dijalankan di giliran malam.", "Papan terpasang, isinya belum mutakhir."),
    3: ("Sesuai standar, satu label terlepas.", "Berjalan baik, catatan bulan lalu kosong satu minggu."),
    4: ("Contoh baik untuk IKM lain.", "Konsisten sejak kunjungan sebelumnya."),
}

PROBLEMS = {
    "KS3": "Penutup transmisi mesin pres nomor 2 dilepas dan belum dipasang kembali.",
    "KS4": "Tombol henti darurat mesin bubut tidak berfungsi.",
    "KS5": "Operator gerinda bekerja tanpa kacamata pelindung.",
    "KS6": "Panel listrik terbuka dan kabel terkelupas di dekat bak pendingin.",
    "KS7": "APAR kedaluwarsa sejak tahun lalu dan terhalang tumpukan bahan.",
    "KS8": "Jalur evakuasi tertutup palet barang jadi.",
    "KS9": "Tabung gas tidak diikat dan disimpan dekat tempat las.",
    "KH6": "Delapan pekerja harian belum terdaftar BPJS Ketenagakerjaan.",
    "KA5": "Belum ada saluran pengaduan bagi pekerja.",
    "KL1": "Persetujuan lingkungan belum diperbarui setelah lini pelapisan ditambah.",
    "KL2": "Oli bekas dan lumpur pelapisan disimpan di drum terbuka tanpa label.",
}

CURES = {
    "KS3": "Penutup transmisi dipasang kembali dan dikunci dengan baut khusus.",
    "KS4": "Sakelar henti darurat diganti dan diuji tiap awal giliran.",
    "KS5": "Kacamata dibagikan per orang; pengawas memeriksa tiap pagi.",
    "KS6": "Panel ditutup, kabel diganti, dan jalur bak pendingin dipindah.",
    "KS7": "Tiga APAR baru dipasang, lantai di depannya ditandai bebas hambatan.",
    "KS8": "Palet dipindah ke gudang; jalur dicat dan diperiksa tiap hari.",
    "KH6": "Semua pekerja harian sudah didaftarkan; bukti iuran terlampir.",
    "KL2": "Drum tertutup dan berlabel ditempatkan di TPS; pengangkut berizin sudah dihubungi.",
}
CURE = "Sudah diperbaiki dan diperiksa bersama operator."

# found on ordinary visits: problem, root cause, what was done
WEAKNESSES = (
    ("Kartu stok tidak sama dengan fisik pada 3 barang acak.", "Pengambilan malam tidak dicatat.",
     "Kartu stok dipindah ke rak dan diisi saat barang diambil."),
    ("Barang NG bercampur dengan barang dalam proses.", "Kotak merah belum ada di mesin 3 dan 4.",
     "Kotak merah dipasang di semua mesin dengan label."),
    ("Jangka sorong melewati tanggal kalibrasi.", "Tidak ada daftar alat ukur.",
     "Daftar alat ukur dibuat; tiga alat dikalibrasi."),
    ("Instruksi kerja di lini masih revisi lama.", "Revisi gambar tidak diserahkan ke produksi.",
     "Gambar lama ditarik, penerima menandatangani revisi baru."),
    ("Laporan kas bulan lalu belum ditutup.", "Nota pembelian dikumpulkan tiap tiga bulan.",
     "Nota dicatat tiap Jumat; kas ditutup tanggal 5."),
    ("Ceceran oli di sekitar mesin hidrolik.", "Sil silinder bocor.",
     "Sil diganti dan penampung dipasang."),
    ("Jadwal piket 5R tidak diparaf dua minggu.", "Kepala produksi cuti dan tidak ada pengganti.",
     "Wakil ditunjuk; papan piket diperiksa pemilik tiap Senin."),
    ("Keterlambatan kirim tidak diberitahukan kepada pembeli.", "Tidak ada papan pencapaian harian.",
     "Papan rencana dan pencapaian harian dipasang di lini."),
)  # fmt: skip

ADVICE = {
    "low": "Mulai dari kebersihan area dan buku kas harian. Kunjungan berikutnya memeriksa label merah dan APAR.",
    "middle": "Pertahankan 5R. Perbaiki rencana kendali part utama dan tutup temuan K3L sebelum sidang kelas.",
    "high": "Siap diajukan ke sidang kelas. Jaga ketepatan kirim dan lanjutkan tema gugus kendali mutu.",
}


def recommendation(dice: Random, overall: int) -> str:
    """Return what the assessor recommends."""
    start = dice.choice(
        ("Pemilik terbuka terhadap saran.", "Perubahan terlihat di lini.", "Tim produksi antusias.")
    )
    return f"{start} {ADVICE['high' if overall >= 70 else 'middle' if overall >= 52 else 'low']}"


def problem(criterion: Criterion, dice: Random) -> str:
    return PROBLEMS.get(criterion.code, f"{criterion.text}: belum terpenuhi di sebagian besar tempat.")


def caption(value: int) -> str:
    return "Contoh baik" if value == 4 else "Keadaan saat kunjungan"

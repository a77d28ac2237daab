"""Who applied themselves to the round to come, and how far each got."""

from dataclasses import dataclass

from participants.models import Application

Status = Application.Status


@dataclass(frozen=True)
class Applicant:
    """`sent` is days ago; `scores` are those of the mentor and of the assessor, one digit per criterion."""

    sent: int
    name: str
    legal_form: str
    nib: str | None
    regency: str
    products: str
    workers: int
    sales: int | None  # million Rupiah
    owner: str
    phone: str
    motivation: str
    scores: tuple[str, ...] = ()
    fate: str = ""
    reason: str = ""
    note: str = ""
    known_as: str = ""  # the IKM on the register that the applicant is


APPLICANTS = (
    Applicant(
        12, "Gading Pegas Mandiri", "cv", "9911002233501", "33.28", "Pegas kopling, pegas rem", 14, 2_100,
        "Suharti Ningrum", "+6281200003001",
        "Pegas kami sering dikembalikan karena kekerasan tidak sama. Kami ingin belajar memeriksa sebelum kirim.",
        ("43334", "21202"),
    ),
    Applicant(
        11, "Warung Las Pak Giman", "ud", None, "33.10", "Pagar, kanopi", 3, 240, "Sugiman", "+6281200003002",
        "Ingin bantuan mesin las.", ("11100", "01111"), Status.REJECTED,
        "Produk Anda belum berupa komponen kendaraan. Silakan mendaftar lagi setelah mencoba membuat komponen.",
    ),
    Applicant(
        6, "Samudra Baling Teknik", "pt", "9911002233503", "73.71", "Baling-baling, poros kapal", 22, 4_600,
        "Andi Rahmatia", "+6281200003003",
        "Pesanan kapal patroli meminta sertifikat mutu. Kami sudah mulai mencatat ukuran tiap baling-baling.",
        ("", "44434"),
    ),
    Applicant(
        2, "Lestari Karet Jaya", "cv", "9911002233504", "35.15", "Karet dudukan mesin, selang", 9, None,
        "Yohana Prasetyaningtyas", "+6281200003004",
        "Kami memasok bengkel dan ingin tahu syarat menjadi pemasok pabrik.",
    ),
    Applicant(
        14, "Bahari Propeler Nusa", "cv", None, "64.72", "Propeler perahu, bos kemudi", 11, 1_900,
        "Syahrul Mahakama", "+6281200003005",
        "Kami keluar dari Angkatan 5 karena jarak; kelas daring angkatan ini dapat kami ikuti penuh.",
        ("34343", "33443"), Status.ACCEPTED,
        note="Kedua penilai sepakat; alasan keluar yang dulu sudah tidak ada.", known_as="Bahari Propeler Nusa",
    ),
    Applicant(
        13, "Cahaya Soket Elektrik", "ud", "9911002233506", "32.16", "Soket lampu, kabel bodi", 7, 780,
        "Mardiyah Kusumastuti", "+6281200003006",
        "Kami merakit soket untuk bengkel dan ingin membuatnya menurut gambar pabrik.",
        ("32323", "23232"), Status.WAITING,
        "Nilai Anda cukup, tetapi tempat kami dahulukan untuk pembuat komponen kendaraan listrik.",
        "Menunggu jawaban dua calon lain sebelum tempatnya diberikan.",
    ),
    Applicant(
        10, "Jaladara Cetakan Karet", "cv", "9911002233507", "35.78", "Karet pintu", 12, 1_500,
        "Benyamin Sahetapi", "+6281200003007", "Ingin menambah pembeli.", fate=Status.WITHDRAWN,
    ),
)  # fmt: skip

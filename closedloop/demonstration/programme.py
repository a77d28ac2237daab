"""The plan of the two rounds' training: what was taught when, where and by whom."""

from dataclasses import dataclass

from trainings.models import TrainingSession

Kind = TrainingSession.Kind


@dataclass(frozen=True)
class Meeting:
    """One session; `day` is days ago, `regency` gives the place's zone, `trainer` is a key of the people."""

    cohort: str
    module: str
    day: int
    title: str
    hours: int
    place: str
    regency: str
    trainer: str
    clock: str = "09.00"
    kind: str = Kind.CLASS
    cancelled: int | None = None  # days ago, with the reason below
    reason: str = ""
    is_draft: bool = False


SLAWI = ("Balai Pelatihan Industri Logam", "33.28")
KLATEN = ("Aula Sentra Cor Ceper", "33.10")
BEKASI = ("Ruang Pelatihan LPB Barat", "32.16")
ONLINE = ("Kelas daring dari Studio Balai Diklat", "73.71")

PREVIOUS = tuple(
    Meeting("angkatan-4", module, day, title, hours, *place, trainer, kind=kind)
    for module, day, title, hours, place, trainer, kind in (
        ("BM", 650, "Visi, komitmen, dan disiplin", 8, SLAWI, "mentor2", Kind.CLASS),
        ("BM", 643, "PDCA dan kerja tim", 8, SLAWI, "mentor2", Kind.CLASS),
        ("5R", 629, "Dasar 5R dan label merah", 8, KLATEN, "mentor2", Kind.CLASS),
        ("5R", 622, "Tata letak dan kontrol visual", 8, KLATEN, "mentor2", Kind.CLASS),
        ("5R", 601, "Kunjungan 5R ke sentra cor", 3, KLATEN, "mentor2", Kind.VISIT),
        ("K3L", 594, "Bahaya di bengkel dan APD", 8, BEKASI, "mentor3", Kind.CLASS),
        ("K3L", 587, "Tanggap darurat dan limbah B3", 8, BEKASI, "mentor3", Kind.CLASS),
        ("TEK", 566, "Gambar kerja dan alat ukur", 8, BEKASI, "mentor4", Kind.CLASS),
        ("TEK", 559, "Rencana kendali dan barang NG", 8, BEKASI, "mentor4", Kind.CLASS),
        ("TEK", 545, "Kapasitas dan waktu siklus", 8, SLAWI, "mentor4", Kind.CLASS),
        ("TEK", 538, "Perawatan mesin dan dies", 8, SLAWI, "mentor4", Kind.CLASS),
        ("PSR", 510, "Penawaran, RFQ, dan kontrak", 12, SLAWI, "mentor", Kind.CLASS),
        ("KEU", 489, "Harga pokok dan buku kas", 8, KLATEN, "mentor2", Kind.CLASS),
        ("KEU", 482, "Laporan keuangan dan arus kas", 8, KLATEN, "mentor2", Kind.CLASS),
    )
)

PRESENT = (
    Meeting("angkatan-5", "BM", 294, "Visi, komitmen, dan disiplin", 8, *SLAWI, "mentor"),
    Meeting("angkatan-5", "BM", 287, "PDCA dan kerja tim", 8, *SLAWI, "mentor"),
    Meeting(
        "angkatan-5", "BM", 273, "Susulan mentalitas dasar", 8, *SLAWI, "mentor2", kind=Kind.MAKE_UP,
    ),
    Meeting("angkatan-5", "5R", 266, "Dasar 5R dan label merah", 8, *KLATEN, "mentor2"),
    Meeting("angkatan-5", "5R", 259, "Tata letak dan kontrol visual", 8, *KLATEN, "mentor2"),
    Meeting(
        "angkatan-5", "5R", 238, "Kunjungan 5R ke CV Sekawan Baut Teknik", 3, "CV Sekawan Baut Teknik", "33.28",
        "mentor", kind=Kind.VISIT,
    ),
    Meeting("angkatan-5", "K3L", 231, "Bahaya di bengkel dan APD", 8, *BEKASI, "mentor3"),
    Meeting("angkatan-5", "K3L", 224, "Tanggap darurat dan limbah B3", 8, *BEKASI, "mentor3"),
    Meeting(
        "angkatan-5", "K3L", 217, "Simulasi pemadaman dengan APAR", 4, *BEKASI, "mentor3", cancelled=218,
        reason="Lapangan simulasi dipakai dinas pemadam; materi masuk ke kunjungan berikutnya.",
    ),
    Meeting("angkatan-5", "TEK", 203, "Gambar kerja dan alat ukur", 8, *BEKASI, "mentor4"),
    Meeting(
        "angkatan-5", "5R", 196, "Kunjungan 5R ke UD Wadas Tempa Baja", 3, "UD Wadas Tempa Baja", "33.10",
        "mentor2", kind=Kind.VISIT,
    ),
    Meeting("angkatan-5", "TEK", 189, "Rencana kendali dan barang NG", 8, *BEKASI, "mentor4"),
    Meeting("angkatan-5", "TEK", 175, "Kapasitas dan waktu siklus", 8, *SLAWI, "mentor4"),
    Meeting("angkatan-5", "TEK", 161, "Perawatan mesin dan dies", 8, *SLAWI, "mentor4"),
    Meeting(
        "angkatan-5", "5R", 150, "Kunjungan 5R ke PT Satria Injeksi Plastindo", 3, "PT Satria Injeksi Plastindo",
        "36.03", "mentor4", kind=Kind.VISIT,
    ),
    Meeting("angkatan-5", "PSR", 133, "Penawaran, RFQ, dan kontrak", 6, *SLAWI, "mentor"),
    Meeting("angkatan-5", "PSR", 126, "Kepuasan pelanggan", 6, *ONLINE, "mentor3", "13.00", kind=Kind.ONLINE),
    Meeting("angkatan-5", "KEU", 105, "Harga pokok dan buku kas", 8, *KLATEN, "mentor2"),
    Meeting("angkatan-5", "KEU", 98, "Laporan keuangan dan arus kas", 8, *KLATEN, "mentor2"),
    # still to come
    Meeting("angkatan-5", "TEK", -6, "Gugus kendali mutu di lini", 4, *SLAWI, "mentor", "13.00"),
    Meeting(
        "angkatan-5", "KEU", -9, "Susulan laporan keuangan", 8, *KLATEN, "mentor2", kind=Kind.MAKE_UP,
    ),
    Meeting(
        "angkatan-5", "5R", -13, "Susulan 5R untuk IKM Maluku", 3, "UD Baileo Teknik Logam", "81.71", "mentor3",
        kind=Kind.MAKE_UP,
    ),
    Meeting(
        "angkatan-5", "PSR", -16, "Temu bisnis daring dengan pembeli", 2, *ONLINE, "mentor3", "10.00",
        kind=Kind.ONLINE,
    ),
    Meeting(
        "angkatan-5", "K3L", -20, "Simulasi tanggap darurat", 2, *BEKASI, "mentor3", cancelled=3,
        reason="Digabung dengan simulasi tahunan pemadam kebakaran bulan depan.",
    ),
    Meeting("angkatan-5", "KEU", -34, "Rencana anggaran tahun depan", 2, *SLAWI, "mentor", is_draft=True),
)  # fmt: skip

# marks after a module are written down so many days after its last meeting
TEST_DAYS = {
    "angkatan-4": {"BM": 641, "5R": 599, "K3L": 585, "TEK": 536, "PSR": 508, "KEU": 480},
    "angkatan-5": {"BM": 285, "5R": 194, "K3L": 222, "TEK": 159, "PSR": 124, "KEU": 96},
}

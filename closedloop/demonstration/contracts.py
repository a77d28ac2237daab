"""The plan of the agreements: who promised what to whom, and how it went."""

from dataclasses import dataclass

from partnerships.models import Agreement

Kind, Status = Agreement.Kind, Agreement.Status

ARUNIKA, WIRAPRES, DIRGASENA = "PT Arunika Otoparts Nusa", "PT Wirapres Komponen", "PT Dirgasena Komponen"
KALINGGA, BENTALA, TARUNIKA = (
    "PT Kalingga Rangka Industri",
    "PT Bentala Motor Nusantara",
    "PT Tarunika Roda Indonesia",
)
PRABASWARA, MAHESA = "PT Prabaswara Rem Utama", "PT Mahesa Suspensi Abadi"
LEMBAYUNG, CANDRAWILA = "PT Lembayung Plastik Otomotif", "PT Candrawila Elektrik"
GIRIWANA, SADEWA = "PT Giriwana Mesin Industri", "PT Sadewa Filter Teknik"


@dataclass(frozen=True)
class Part:
    """One line: a part, its price and monthly volume, and how its deliveries go.

    `due` is the age in days (negative: to come) of a due day; the others lie 30 days apart. `manner` is a key
    of supply.MANNERS. Nothing is ordered that is due after `until` days ago; `since` begins an order without agreement.
    """

    enterprise: str
    buyer: str
    name: str
    price: int
    volume: int
    manner: str = "good"
    due: int = 5
    since: int = 0
    until: int = -90
    number: str = ""
    sample: int | None = None  # days ago when the buyer approved it
    override: str = ""


@dataclass(frozen=True)
class Contract:
    """One agreement; days are days ago, negative ones are to come."""

    key: str
    title: str
    parts: tuple[Part, ...]
    drafted: int
    starts: int
    ends: int
    signed: int | None = None
    kind: str = Kind.MOU
    fate: str = Status.ACTIVE
    fate_day: int = 0
    reason: str = ""
    max_ppm: int | None = 1000
    min_on_time: str | None = "0.9"
    payment_days: int | None = 30
    witnesses: tuple[str, ...] = ("kadin",)
    place: str = "Jakarta"
    reviews: tuple[int, ...] = ()


def p(enterprise: str, buyer: str, name: str, price: int, volume: int, manner: str, **more) -> Part:
    return Part(enterprise, buyer, name, price, volume, manner, **more)


OLD_CUSTOMER = "Pelanggan lama sebelum program; pembeli meminta pasokan tidak terputus."

CONTRACTS = (
    Contract("sekawan", "Pengadaan baut dan mur rangka", (
        p("Sekawan Baut Teknik", ARUNIKA, "Baut flens M8", 1_850, 60_000, "exemplary", due=12, sample=340),
        p("Sekawan Baut Teknik", ARUNIKA, "Baut tapak M6", 960, 40_000, "exemplary", due=6, sample=340),
        p("Sekawan Baut Teknik", DIRGASENA, "Mur rangka M10", 2_400, 30_000, "exemplary", due=20, sample=338),
    ), 462, 445, -250, 450, kind=Kind.CONTRACT, max_ppm=500, min_on_time="0.95", reviews=(330, 240, 150, 58)),
    Contract("mekar", "Pengadaan poros roda", (
        p("Mekar Bubut Presisi", WIRAPRES, "Poros roda depan", 38_500, 3_000, "good", due=9, sample=331),
    ), 458, 442, -200, 446, kind=Kind.CONTRACT, reviews=(200, 90)),
    Contract("bayu", "Pengadaan pegas standar samping", (
        p("Bayu Pegas Sentosa", KALINGGA, "Pegas standar samping", 6_200, 20_000, "slipping", due=6, sample=329),
    ), 455, 440, -210, 444, kind=Kind.CONTRACT, reviews=(190, 36)),
    Contract("satria", "Pengadaan rumah lampu belakang", (
        p("Satria Injeksi Plastindo", LEMBAYUNG, "Rumah lampu belakang", 14_500, 9_000, "good", due=15, sample=333),
    ), 452, 440, -20, 443, kind=Kind.CONTRACT, reviews=(160,)),
    Contract("wadas", "Pengadaan engkol tempa", (
        p("Wadas Tempa Baja", GIRIWANA, "Engkol starter tempa", 21_000, 4_000, "rejects", due=11, sample=327),
    ), 450, 439, -240, 442, max_ppm=800, reviews=(140, 44)),
    Contract("cempaka", "Pengadaan kabel bodi", (
        p("Cempaka Kabel Bodi", CANDRAWILA, "Kabel bodi depan", 46_000, 2_500, "good", due=8, sample=322, until=66),
    ), 448, 438, -190, 441, fate=Status.SUSPENDED, fate_day=60,
        reason="Pembeli mengganti rancangan kabel bodi; menunggu gambar baru disetujui."),
    Contract("lodaya", "Pembuatan dies progresif dan jig", (
        p("Lodaya Dies Teknik", WIRAPRES, "Dies progresif", 92_000_000, 2, "lumpy", due=10, sample=300),
        p("Lodaya Dies Teknik", WIRAPRES, "Jig las rangka", 14_500_000, 5, "lumpy", due=18, sample=300),
    ), 445, 430, -150, 436, kind=Kind.UMBRELLA, max_ppm=None, min_on_time=None, reviews=(100,)),
    Contract("arum", "Pesanan percobaan rumah kopling", (
        p("Arum Cor Logam", MAHESA, "Rumah kopling", 27_500, 2_200, "good", due=13, until=135),
    ), 512, 500, 130, 505, fate=Status.COMPLETED, fate_day=126),
    Contract("pelita", "Pengadaan jok motor", (
        p("Pelita Jok Motor", BENTALA, "Jok motor bebek", 61_000, 1_400, "weak", due=16, until=100),
    ), 470, 460, 95, 464, fate=Status.EXPIRED, fate_day=92),
    Contract("lintang-1", "Pengadaan kampas rem tromol", (
        p("Lintang Kampas", PRABASWARA, "Kampas rem tromol", 8_900, 9_000, "good", due=7, until=88),
    ), 470, 455, 85, 460, fate=Status.EXTENDED, fate_day=86),
    Contract("lintang-2", "Pengadaan kampas rem tromol, perpanjangan", (
        p("Lintang Kampas", PRABASWARA, "Kampas rem tromol", 9_150, 10_000, "good", due=7, override=OLD_CUSTOMER),
    ), 88, 84, -280, 86, kind=Kind.CONTRACT),
    Contract("rengganis", "Pelapisan krom knalpot", (
        p("Rengganis Krom", TARUNIKA, "Krom knalpot", 18_000, 3_200, "weak", due=14, until=206),
    ), 440, 425, -30, 430, fate=Status.TERMINATED, fate_day=200,
        reason="Limbah pelapisan tidak ditangani sesuai izin; pembeli menghentikan pesanan."),
    Contract("padma", "Pengadaan plat penahan panas", (
        p("Padma Plat Bodi", BENTALA, "Plat penahan panas", 11_200, 5_000, "late", due=4),
    ), 330, 320, -60, 324, reviews=(120,)),
    Contract("dewandaru", "Pengadaan karet peredam mesin", (
        p("Dewandaru Karet Teknik", KALINGGA, "Karet peredam mesin", 5_600, 12_000, "good", due=12),
    ), 325, 318, -110, 321),
    Contract("pandan", "Kerja sama gasket blok silinder", (
        p("Pandan Gasket Prima", MAHESA, "Gasket blok silinder", 9_800, 6_000, "never"),
    ), 90, 75, -290, 80),
    # the fifth round
    Contract("nira", "Kemitraan pemasok komponen plat dan spion", (
        p("Nira Stamping Utama", ARUNIKA, "Bracket tangki kiri", 12_400, 8_000, "steady", due=-2, number="BTK-2201",
          sample=95),
        p("Nira Stamping Utama", ARUNIKA, "Klem kabel", 1_380, 20_000, "steady", due=9, number="KLK-77"),
        p("Nira Stamping Utama", WIRAPRES, "Plat dudukan aki", 8_750, 6_000, "overdue", due=4, number="PDA-118"),
        p("Rukun Spion Teknik", BENTALA, "Tangkai spion kiri", 15_300, 4_000, "late", due=10, number="TSK-09"),
        p("Rukun Spion Teknik", ARUNIKA, "Kaca spion", 7_900, 4_000, "good", due=13, number="KSP-31"),
    ), 172, 150, -215, 158, place="Slawi", witnesses=("kadin", "ministry"), max_ppm=800, reviews=(75, 17)),
    Contract("galuh", "Pengadaan karet peredam kejut", (
        p("Galuh Tekno Karet", MAHESA, "Karet peredam kejut", 6_300, 14_000, "exemplary", due=11, sample=88),
    ), 178, 160, -205, 165, max_ppm=500, min_on_time="0.95", reviews=(47,)),
    Contract("gemilang", "Pesanan percobaan baut L", (
        p("Gemilang Baut", DIRGASENA, "Baut L M6", 1_120, 70_000, "fair", due=15, sample=60),
    ), 145, 130, -235, 136),
    Contract("kencana", "Pengadaan klip dan dasbor panel", (
        p("Kencana Plastik Otomotif", LEMBAYUNG, "Dasbor panel", 52_000, 1_800, "good", due=9, sample=50),
    ), 122, 110, -255, 116),
    Contract("sentra", "Pengadaan busing swing arm", (
        p("Sentra Busing", TARUNIKA, "Busing swing arm", 4_900, 11_000, "never"),
    ), 14, -10, -375, 6, fate=Status.SIGNED),
    Contract("tunas", "Pengadaan handel rem", (
        p("Tunas Handel Rem", PRABASWARA, "Handel rem kiri", 17_000, 5_000, "never"),
    ), 11, -20, -385, fate=Status.IN_REVIEW, fate_day=9),
    Contract("jayantara", "Pengadaan tutup blok mesin", (
        p("Jayantara Cor Aluminium", GIRIWANA, "Tutup blok mesin", 94_000, 900, "never"),
    ), 4, -30, -395, fate=Status.DRAFT),
)  # fmt: skip

# orders without an agreement: only trial pieces
LOOSE = (
    Part("Sagara Filter", SADEWA, "Filter udara", 13_900, 600, "weak", due=14, since=104),
    Part("Baileo Teknik Logam", GIRIWANA, "Baling-baling kapal kecil", 410_000, 20, "fair", due=21, since=52),
)

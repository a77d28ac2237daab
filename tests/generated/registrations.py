"""Rows of a registration sheet as offices send them: any number, always the same, all importable."""

import csv
import random
from datetime import datetime, timedelta
from pathlib import Path

from closedloop import regions

HEADERS = [
    "Timestamp",
    "Nama Usaha",
    "Bentuk Usaha",
    "Nama Pemilik",
    "No. HP/WA",
    "Email",
    "NIB",
    "NPWP",
    "KBLI",
    "Tahun Berdiri",
    "Alamat",
    "Kab/Kota",
    "Provinsi",
    "Kode Pos",
    "Karyawan L",
    "Karyawan P",
    "Modal Usaha (di luar tanah & bangunan)",
    "Omzet 2025",
    "Produk Utama",
    "Proses",
    "Sertifikat",
    "Setuju data diproses (Ya/Tidak)",
]
FIRST = ["Sinar", "Karya", "Tri", "Cakra", "Graha", "Wira", "Mitra", "Bintang", "Sumber", "Mulya"]
SECOND = [
    "Logam",
    "Presisi",
    "Casting",
    "Stamping",
    "Plastik",
    "Teknik",
    "Metalindo",
    "Mandiri",
    "Abadi",
    "Jaya",
]
OWNERS = [
    "Slamet",
    "Dewi Anggraini",
    "Teguh W",
    "Siti Rahma",
    "Bambang Hartono",
    "Yusuf",
    "Rina",
    "Agus Salim",
]
PRODUCTS = ["Baut dan mur M6-M10", "Tutup tangki", "Bushing karet, grommet", "Dies dan jig", "Housing lampu"]
PROCESSES = ["Stamping", "Pemesinan", "Bubut/CNC", "Pengecoran", "Injeksi plastik", "Kompresi karet"]
KBLI = ["22199", "25920", "25952", "25999", "29300"]
FORMS = ["PT", "CV", "UD", "PT Perorangan", "Koperasi"]


def places(name: str) -> list[dict[str, str]]:
    with (Path(regions.__file__).parent / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PROVINCES = {row["code"]: row["name"] for row in places("provinces.csv")}
REGENCIES = [(row["name"], PROVINCES[row["code"][:2]]) for row in places("regencies.csv")]


def npwp15(number: int) -> str:
    """A number of a business that passes the check, another for each number below 10⁸."""
    digits = f"{number:08d}"
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(digits)]
    check = -sum(value - 9 if value > 9 else value for value in doubled) % 10
    return f"{digits}{check}{number % 900:03d}000"


def dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def good_row(number: int, dice: random.Random) -> list[object]:
    """The cells of one enterprise, in the many spellings that are right; `number` makes it unlike the others."""
    name, form = f"{dice.choice(FIRST)} {dice.choice(SECOND)} {number}", dice.choice(FORMS)
    regency, province = dice.choice(REGENCIES)
    npwp, phone = npwp15(10_000_000 + number), 81_200_000_000 + number * 7
    capital, sales = dice.randrange(50, 4_000), dice.randrange(100, 30_000)
    return [
        datetime(2026, 1, 1) + timedelta(minutes=number),
        dice.choice([name, f"{form}. {name}", name.upper()]),
        form,
        dice.choice(OWNERS),
        dice.choice([f"0{phone}", f"62{phone}", f"+62 {phone}", phone]),
        f"ikm{number}@contoh.id",
        str(1_000_000_000_000 + number * 13),
        dice.choice(
            [npwp, f"0{npwp}", f"{npwp[:2]}.{npwp[2:5]}.{npwp[5:8]}.{npwp[8]}-{npwp[9:12]}.{npwp[12:]}"]
        ),
        dice.choice(KBLI),
        dice.randrange(1980, 2026),
        f"Jl. Industri No. {dice.randrange(1, 300)} RT {dice.randrange(1, 20):03d}",
        regency,
        province,
        dice.randrange(10_000, 90_000),
        dice.randrange(0, 60),
        dice.randrange(0, 30),
        dice.choice([f"{capital} juta", f"Rp {dotted(capital)}.000.000,-", capital * 1_000_000]),
        dice.choice([f"{sales} juta", f"Rp {dotted(sales)}.000.000,-", sales * 1_000_000]),
        dice.choice(PRODUCTS),
        dice.choice(PROCESSES),
        dice.choice(["-", None, "ISO 9001:2015"]),
        "Ya",
    ]


def good_rows(count: int, *, first: int = 1) -> list[list[object]]:
    dice = random.Random(first)
    return [good_row(number, dice) for number in range(first, first + count)]

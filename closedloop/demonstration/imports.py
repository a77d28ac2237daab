"""Workbooks of the registration form: one put away, one saved, one still waiting for somebody."""

from datetime import timedelta

from closedloop.core.sheets import workbook_bytes
from closedloop.demonstration.enterprises import ROADS, email_of, identity_numbers, phone_of
from closedloop.demonstration.show import WIB, Show, Story
from closedloop.demonstration.tables import MILLION, EnterpriseRow, enterprises
from closedloop.regions.models import Regency
from participants.actions import discard_import, preview_import, save_import
from participants.models import Cohort, Enrolment, Enterprise, LegalForm, Process

HEADERS = (
    "Timestamp", "Nama Usaha", "Bentuk Usaha", "Nama Pemilik", "No. HP/WA", "Email", "NIB", "NPWP", "KBLI",
    "Tahun Berdiri", "Alamat", "Kab/Kota", "Provinsi", "Kode Pos", "Karyawan L", "Karyawan P",
    "Modal Usaha (di luar tanah & bangunan)", "Omzet {year}", "Produk Utama", "Proses", "Sertifikat",
    "Setuju data diproses (Ya/Tidak)",
)  # fmt: skip

# who asks to come next: not yet in the register, and not all of it can be read
CANDIDATES = (
    ("CV Tirtamaya Selang Teknik", "CV", "Ningsih Wulanjari", "081200002001", "9911002233441", "Kab. Tegal",
     "Jawa Tengah", 14, 3, "1,4 miliar", "2,6 miliar", "Selang rem", "Kompresi karet", "Ya"),
    ("UD Kresna Pelek", "UD", "Bagus Priyambada", "081200002002", "9911002233442", "Kab. Sidoarjo",
     "Jawa Timur", 9, 1, "650 juta", "1,9 miliar", "Pelek jari-jari", "Pemesinan", "Ya"),
    ("CV Nira Stamping Utama", "CV", "Laksmi Adinegara", "081200002003", "{nira}", "Kab. Tegal",
     "Jawa Tengah", 30, 6, "2,3 miliar", "6,9 miliar", "Bracket tangki", "Stamping", "Ya"),
    ("CV Rukun Spion Tehnik", "CV", "Fatimah Nurjanat", "081200002004", "9911002233444", "Kab. Tegal",
     "Jawa Tengah", 14, 16, "1,25 miliar", "3,8 miliar", "Spion", "Injeksi plastik", "Ya"),
    ("UD Wanatirta Tempa", "UD", "Paijo", "0812000", "12345", "Kab. Purbalingga",
     "Jawa Tengah", 6, 0, "300 juta", "900 juta", "Kapak, engkol", "Penempaan", "Ya"),
    ("PT Ombak Teknik Sulawesi", "PT", "Hasanuddin Makkarennu", "081200002006", "9911002233446",
     "Kota Makassar", "Sulawesi Selatan", 18, 2, "2,1 miliar", "4,4 miliar", "Baling-baling", "Pengecoran", "Ya"),
    ("UD Sinar Rantai", "UD", "Marsudi", "081200002007", "9911002233447", "Kab. Klaten",
     "Jawa Tengah", 7, 2, "480 juta", "1,3 miliar", "Rantai", "Stamping", "Tidak"),
)  # fmt: skip


def workbook(rows: list[list], *, year: int) -> bytes:
    """Return a workbook as the registration form exports it."""
    headers = [header.format(year=year) for header in HEADERS]
    return workbook_bytes("Form Responses 1", ["PENDAFTARAN IKM CLOSED LOOP"], [headers, *rows])


def registration(show: Show, row: EnterpriseRow, number: int) -> list:
    """Return the line that the IKM filled in."""
    dice = show.random("enterprise", row.name)
    numbers = identity_numbers(row, dice)
    regency = Regency.objects.select_related("province").get(code=row.regency)
    moment = show.at(331, "08.00").astimezone(WIB) + timedelta(hours=5 * number)
    names = dict(Process.objects.values_list("code", "name"))
    return [
        moment.replace(tzinfo=None), f"{LegalForm(row.form).label.split('/')[0]} {row.name}",
        LegalForm(row.form).label.split("/")[0], row.owner, f"0{phone_of(row)[3:]}", email_of(row),
        numbers["nib"], numbers["npwp"], row.kbli, row.founded, f"{dice.choice(ROADS)} No. {dice.randrange(3, 180)}",
        regency.name, regency.province.name, "", row.men, row.women, (row.capital or 0) * MILLION,
        (row.sales or 0) * MILLION, ", ".join(row.products), names[row.processes[0]], "-", "Ya",
    ]  # fmt: skip


def registrations_of_the_fifth(show: Show) -> Story:
    """The office uploads an old sheet by mistake, puts it away, and saves the right one."""
    imported = [row for row in enterprises() if row.is_imported]
    yield show.at(329, "16.10")
    cast, cohort = show.cast, show.cast.cohorts["angkatan-5"]
    lines = [registration(show, row, number) for number, row in enumerate(imported)]
    year = show.day(329).year - 1
    old = preview_import(
        workbook(lines[:3], year=year), cohort, by=cast.staff, file_name="pendaftaran-lama.xlsx"
    )
    yield show.at(329, "16.14")
    discard_import(old, by=cast.staff)
    yield show.at(325, "09.20")
    twice, broken = list(lines[1]), list(lines[2])
    broken[1], broken[6], broken[7] = "UD Sumber Arang", "77", ""
    batch = preview_import(
        workbook([*lines, twice, broken], year=year),
        cohort,
        by=cast.staff,
        file_name="pendaftaran-angkatan-5.xlsx",
    )
    yield show.at(325, "09.41")
    save_import(batch, by=cast.staff)
    for row in imported:
        enterprise = Enterprise.objects.get(name=row.name)
        cast.enterprises[row.name] = enterprise
        cast.enrolments[row.name] = Enrolment.objects.get(enterprise=enterprise, cohort=cohort)


def registrations_of_the_sixth(show: Show) -> Story:
    """A sheet for the round to come was checked the other day; nobody has saved it yet."""
    yield show.at(2, "15.35")
    nira = show.cast.enterprises["Nira Stamping Utama"]
    lines = []
    for number, (name, form, owner, phone, nib, regency, province, men, women, capital, sales, product, process,
                 consent) in enumerate(CANDIDATES):  # fmt: skip
        moment = show.at(9, "10.00").astimezone(WIB).replace(tzinfo=None) + timedelta(hours=7 * number)
        lines.append([
            moment, name, form, owner, phone, "", nib.format(nira=nira.nib), "", "30912", 2014, "Jl. Pahlawan No. 7",
            regency, province, "", men, women, capital, sales, product, process, "-", consent,
        ])  # fmt: skip
    preview_import(
        workbook(lines, year=show.today.year - 1),
        Cohort.objects.get(code="angkatan-6"),
        by=show.cast.staff,
        file_name="pendaftaran-angkatan-6.xlsx",
    )

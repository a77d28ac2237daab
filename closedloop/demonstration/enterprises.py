"""IKM come into the register: those the office wrote down itself, and those of the registration workbook."""

from datetime import date, timedelta
from random import Random

from closedloop.demonstration.people import open_account
from closedloop.demonstration.show import Show, Story
from closedloop.demonstration.tables import MILLION, EnterpriseRow, enterprises
from closedloop.regions.models import Regency
from participants.actions import (
    add_document,
    add_person,
    give_consent,
    invite_person,
    record_annual_figure,
    record_identity_view,
    register_enterprise,
    update_enterprise,
    update_person,
    withdraw_consent,
)
from participants.models import Consent, Enterprise, Person

OWNER_LOGIN = "Nira Stamping Utama"
# never opened what was sent to them, or were never invited
INVITED_ONLY = ("Losari Karoseri Timur", "Sumber Ring")
WITHOUT_ACCOUNT = (
    "Baileo Teknik Logam",
    "Anggrek Bubut Mandiri",
    "Tirta Las Rangka",
    "Sagara Filter",
    "Gumilang Kabel Gas",
    "Seruni Jok Kulit",
    "Tanimbar Suku Cadang",
    "Lumbung Gear Mandiri",
)
# papers that run out: (IKM, kind) → days ago (negative: to come)
EXPIRES = {
    ("Mekar Bubut Presisi", "environment"): 12,
    ("Jayantara Cor Aluminium", "bpjs"): 20,
    ("Wadas Tempa Baja", "bpjs"): -24,
    ("Kencana Plastik Otomotif", "environment"): -6,
}
ISSUERS = {
    "deed": "Kementerian Hukum",
    "environment": "Dinas Lingkungan Hidup",
    "bpjs": "BPJS Ketenagakerjaan",
    "siinas": "Kementerian Perindustrian",
    "integrity": "Kadin Indonesia",
    "iso9001": "Lembaga Sertifikasi Mutu Nusantara",
}
ROADS = (
    "Jl. Industri Kecil",
    "Jl. Raya Dampyak",
    "Jl. Cendana",
    "Jl. Sentra Logam",
    "Jl. Pahlawan",
    "Jl. Merpati",
)
MEN = (
    "Suharto Jati",
    "Rahmat Sulaiman",
    "Eko Priyana",
    "Dani Saputra Wirya",
    "Cahyo Nugraha",
    "Iwan Setiaji",
)
WOMEN = (
    "Siti Marfuah",
    "Yulia Paramita",
    "Retno Asriningsih",
    "Ani Rahmadewi",
    "Nur Laelasari",
    "Ika Wahyuningsih",
)


def first_day(row: EnterpriseRow) -> int:
    """Return how many days ago the IKM came into the register."""
    index = [one for one in enterprises() if one.cohort == row.cohort].index(row)
    if row.is_imported:
        return 325
    return {"4": 690 - index, "5": 338 - index}[row.cohort] if row.name not in LATE else LATE[row.name]


# came when the round was already under way
LATE = {
    "Purnama Las Presisi": 34,
    "Lumbung Gear Mandiri": 21,
    "Seruni Jok Kulit": 12,
    "Tanimbar Suku Cadang": 5,
}


def identity_numbers(row: EnterpriseRow, dice: Random) -> dict[str, str | None]:
    """Return an invented NIB and an NPWP whose check digit is right."""
    nib = f"99{dice.randrange(10**11):011d}"
    body = f"{dice.randrange(10**8):08d}"
    npwp = f"0{body}{luhn_digit(body)}{dice.randrange(100, 999)}000"
    return {
        "nib": nib if "nib" in row.papers else None,
        "npwp": npwp if "npwp" in row.papers else None,
    }


def luhn_digit(body: str) -> int:
    total = 0
    for position, digit in enumerate(reversed(body)):
        value = int(digit) * (1 if position % 2 else 2)
        total += value - 9 if value > 9 else value
    return -total % 10


def phone_of(row: EnterpriseRow) -> str:
    """Return a number in a range that nobody was given."""
    return f"+62812000{1000 + enterprises().index(row):05d}"


def email_of(row: EnterpriseRow) -> str:
    return "pemilik@contoh.id" if row.name == OWNER_LOGIN else f"{row.slug}@contoh.id"


def registered_by_hand(show: Show, row: EnterpriseRow) -> Story:
    """The office writes down an IKM that asked to take part."""
    yield show.at(first_day(row), "10.00")
    dice = show.random("enterprise", row.name)
    day = show.day(first_day(row))
    show.cast.enterprises[row.name] = register_enterprise(
        by=show.cast.staff,
        name=row.name,
        legal_form=row.form,
        regency=Regency.objects.get(code=row.regency),
        founded_year=row.founded,
        employees_male=row.men,
        employees_female=row.women,
        capital=row.capital and row.capital * MILLION,
        address=f"{dice.choice(ROADS)} No. {dice.randrange(3, 180)}" if row.founded else "",
        kbli=row.kbli,
        products=row.products,
        processes=[show.cast.processes[code] for code in row.processes],
        person={
            "full_name": row.owner,
            "position": Person.Position.OWNER,
            "phone": phone_of(row),
            "email": email_of(row),
        },
        annual_figure={
            "year": day.year - 1,
            "annual_sales": row.sales * MILLION,
            "employee_count": workers(row),
        }
        if row.sales
        else None,
        consent={"channel": "Formulir pendaftaran", "purpose": Consent.Purpose.TRAINING}
        if row.founded
        else None,
        **identity_numbers(row, dice),
    )


def workers(row: EnterpriseRow) -> int | None:
    return None if row.men is None or row.women is None else row.men + row.women


def life_of(show: Show, row: EnterpriseRow) -> Story:
    """What happens to the record of an IKM after it is registered: people, papers, accounts, figures."""
    begin = first_day(row)
    yield show.at(begin, "15.00")
    enterprise, staff = show.cast.enterprises[row.name], show.cast.staff
    dice = show.random("life", row.name)
    if row.name == "Tanimbar Suku Cadang":
        return
    if row.name not in WITHOUT_ACCOUNT:
        user, _token = invite_person(enterprise.people.get(is_primary=True), by=staff)
        show.cast.users[row.name] = user
        if row.name not in INVITED_ONLY:
            yield show.at(begin - 1, "19.10")
            open_account(user)
    yield show.at(begin - 3, "11.00")
    add_helpers(enterprise, dice, by=staff)
    add_papers(show, enterprise, row)
    give_consent(enterprise, by=staff, purpose=Consent.Purpose.SHARING, channel="Formulir pendaftaran")
    if dice.random() < 0.5:
        give_consent(enterprise, by=staff, purpose=Consent.Purpose.PUBLICITY, channel="Formulir pendaftaran")
    yield from later_news(show, row, enterprise)


def add_helpers(enterprise: Enterprise, dice: Random, *, by) -> None:
    """Add one or two people beside the owner; the small ones have none."""
    if (enterprise.employee_count or 0) < 9:
        return
    add_person(
        enterprise, by=by, full_name=dice.choice(MEN), position=Person.Position.PRODUCTION, is_primary=False
    )
    if (enterprise.employee_count or 0) > 20:
        position = dice.choice([Person.Position.QUALITY, Person.Position.FINANCE])
        add_person(enterprise, by=by, full_name=dice.choice(WOMEN), position=position, is_primary=False)


def add_papers(show: Show, enterprise: Enterprise, row: EnterpriseRow) -> None:
    dice = show.random("papers", row.name)
    for kind in row.papers:
        if kind == "npwp":  # its number on the record is enough
            continue
        issued = show.today - timedelta(days=dice.randrange(750, 1500))
        expires = issued + timedelta(days=365 * 5) if kind in ("environment", "iso9001") else None
        if (row.name, kind) in EXPIRES:
            expires = show.today - timedelta(days=EXPIRES[row.name, kind])
        add_document(
            enterprise,
            by=show.cast.staff,
            kind=kind,
            number=enterprise.nib
            if kind == "nib"
            else f"{dice.randrange(100, 999)}/{kind.upper()}/{issued.year}",
            issuer=ISSUERS.get(kind, "OSS"),
            issued_on=issued,
            expires_on=expires,
        )


def later_news(show: Show, row: EnterpriseRow, enterprise: Enterprise) -> Story:
    """The figures of the next years, and a few changes that make the record's history."""
    dice = show.random("news", row.name)
    for year in (show.today.year - 1, show.today.year):
        moment = show.at((show.today - date(year, 3, 12)).days, "13.20")
        if (
            not row.sales
            or first_day(row) < (show.today - date(year, 3, 12)).days
            or row.name == "Sagara Filter"
        ):
            continue
        yield moment
        growth = {"4": 118, "5": 107}[row.cohort] + dice.randrange(-9, 14)
        before = enterprise.annual_figures.exclude(annual_sales=None).first()
        record_annual_figure(
            enterprise,
            by=show.cast.staff,
            year=year - 1,
            annual_sales=int(before.annual_sales) * growth // 100 // MILLION * MILLION,
            employee_count=(workers(row) or 8) + dice.randrange(-1, 4),
        )
    yield show.at(46, "14.00")
    if row.name == OWNER_LOGIN:
        record_identity_view(enterprise, by=show.cast.staff)
        update_enterprise(
            Enterprise.objects.get(pk=enterprise.pk),
            by=show.cast.staff,
            website="https://nirastamping.contoh.id",
            employees_male=30,
        )
    if row.name == "Karya Plat":
        consent = Consent.objects.filter(enterprise=enterprise, purpose=Consent.Purpose.SHARING).first()
        withdraw_consent(consent, by=show.cast.staff)
    if row.name == "Banyu Radiator Jaya":
        helper = enterprise.people.exclude(is_primary=True).first()
        update_person(helper, by=show.cast.staff, is_active=False)

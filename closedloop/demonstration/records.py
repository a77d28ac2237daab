"""What IKM tell of themselves: their figures, machines, pictures, and a consent to WhatsApp."""

from decimal import Decimal
from random import Random

from closedloop.demonstration.enterprises import INVITED_ONLY, OWNER_LOGIN, WITHOUT_ACCOUNT, first_day
from closedloop.demonstration.pictures import picture
from closedloop.demonstration.show import Show, Story
from closedloop.demonstration.tables import MILLION, EnterpriseRow
from participants.actions import (
    Answer,
    add_item,
    add_photo,
    give_consent,
    record_answers,
    update_capability,
)
from participants.models import Consent, Enterprise, Machine, Material, MeasuringTool
from participants.told import Question, questions_for

# by process: kind of machine, capacity, its unit
MACHINES = {
    "stamping": (("Mesin press mekanik", 110, "ton"), ("Mesin press hidrolik", 63, "ton")),
    "machining": (("Mesin frais", 1200, "mm"), ("Mesin CNC milling", 800, "mm")),
    "turning": (("Mesin bubut CNC", 300, "mm"), ("Mesin bubut", 500, "mm")),
    "casting": (("Dapur induksi", 500, "kg"), ("Mesin die casting", 250, "ton")),
    "welding": (("Mesin las MIG", 350, "ampere"), ("Robot las", 6, "kg")),
}
OTHERWISE = (("Mesin injeksi", 120, "ton"), ("Kompresor", 15, "bar"))
MATERIALS = (
    ("Plat baja", "SPCC 1,2 mm"),
    ("Baja poros", "S45C"),
    ("Aluminium", "ADC12"),
    ("Karet", "NBR 70"),
)
TOOLS = (("Jangka sorong", "0.020"), ("Mikrometer", "0.001"), ("Height gauge", "0.010"))
PICTURED = (OWNER_LOGIN, "Mekar Bubut Presisi", "Wadas Tempa Baja")
PICTURES = (("machine", "Mesin di lini dua"), ("shelf", "Rak barang jadi"), ("tools", "Papan alat kerja"))
# what the owner who signs in still has to fill in
LEFT_OPEN = ("financing", "new_investment")
SHY_OF = 0.14


def told_by_ikm(show: Show, row: EnterpriseRow) -> Story:
    """Soon after it came, an IKM tells its figures and what it can make; this quarter it tells again."""
    yield show.at(first_day(row) - 4, "19.30")
    enterprise = show.cast.enterprises[row.name]
    has_account = row.name not in (*WITHOUT_ACCOUNT, *INVITED_ONLY)
    by = show.cast.users[row.name] if has_account and row.name in show.cast.users else show.cast.staff
    dice = show.random("told", row.name)
    if not row.sales:
        return
    tell(show, enterprise, row, dice, by=by)
    describe(enterprise, row, dice, by=by)
    if row.name in PICTURED:
        for number, (subject, caption) in enumerate(PICTURES):
            add_photo(enterprise, picture(subject, number), by=by, subject="workshop", caption=caption)
    if has_account and dice.random() < 0.7:
        give_consent(enterprise, by=by, purpose=Consent.Purpose.WHATSAPP, channel="Portal")
    yield show.at(9, "19.40")
    tell(show, enterprise, row, dice, by=by, growth=Decimal("1.15"))


def tell(
    show: Show, enterprise: Enterprise, row: EnterpriseRow, dice: Random, *, by, growth: Decimal = Decimal(1)
) -> None:
    """Answer whatever is asked that day; one in seven answers is that nobody knows."""
    answers = []
    for question in questions_for(enterprise):
        if not question.is_due or (row.name == OWNER_LOGIN and question.code in LEFT_OPEN):
            continue
        unknown = dice.random() < SHY_OF and question.code not in ("annual_sales", "workers")
        answers.append(answer_to(question, row, dice, growth, unknown))
    channel = "owner" if by != show.cast.staff else "on_behalf"
    record_answers(enterprise, answers, by=by, channel=channel)


def answer_to(question: Question, row: EnterpriseRow, dice: Random, growth: Decimal, unknown: bool) -> Answer:
    """Return an invented answer of the right order of size."""
    people, sales = (row.men or 6) + (row.women or 2), row.sales or 900
    better = growth > 1
    values = {
        "annual_sales": sales * MILLION * growth // MILLION * MILLION,
        "workers": people + (2 if better else 0),
        "workers_female": row.women or 2,
        "capacity": (people * 400 * growth) // 100 * 100,
        "utilisation": min(92, 48 + dice.randrange(20) + (9 if better else 0)),
        "reject_rate": Decimal(dice.randrange(18, 62)) / 10 - (Decimal("1.2") if better else 0),
        "on_time": min(98, 71 + dice.randrange(15) + (8 if better else 0)),
        "customers": 1 + dice.randrange(4) + (1 if better else 0),
        "new_investment": dice.randrange(20, 400) * MILLION,
        "financing": dice.randrange(0, 600) * MILLION,
    }
    value = Decimal(values[question.code])
    common = {"indicator": question.line.indicator, "period": question.period}
    if unknown:
        return Answer(**common, is_unknown=True)
    if question.takes_range and question.line.indicator.unit == "percent" and dice.random() < 0.3:
        return Answer(**common, low=max(value - 2, Decimal(0)), high=value + 2)
    return Answer(**common, value=value, unit="pcs" if question.line.indicator.unit == "own" else "")


def describe(enterprise: Enterprise, row: EnterpriseRow, dice: Random, *, by) -> None:
    """Write down machines, a material, measuring tools and shifts."""
    code = next(iter(row.processes), "")
    for kind, capacity, unit in MACHINES.get(code, OTHERWISE):
        add_item(
            Machine,
            enterprise,
            by=by,
            kind=kind,
            count=1 + dice.randrange(5),
            year=2001 + dice.randrange(20),
            capacity=Decimal(capacity),
            capacity_unit=unit,
        )
    material, grade = dice.choice(MATERIALS)
    add_item(Material, enterprise, by=by, name=material, grade=grade)
    for name, accuracy in TOOLS[: 1 + dice.randrange(3)]:
        add_item(
            MeasuringTool,
            enterprise,
            by=by,
            name=name,
            accuracy_mm=Decimal(accuracy),
            count=1 + dice.randrange(4),
        )
    update_capability(
        enterprise,
        by=by,
        tolerance_mm=Decimal(dice.choice(("0.020", "0.050", "0.100"))),
        shift_count=1 + dice.randrange(3),
        hours_per_shift=8,
        days_per_week=6,
    )

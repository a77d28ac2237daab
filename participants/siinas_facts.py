"""What the portal knows of an enterprise for SIINas, each with where it comes from and until when."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from closedloop.audit.models import Event
from closedloop.core.formats import date_medium
from closedloop.core.sheets import workbook_bytes
from participants.models import Enterprise, Indicator, IndicatorAnswer
from participants.siinas import RULE, Fact, Line, lines
from participants.size import Size, legal_sizes

CAPACITY, UTILISATION = "capacity", "utilisation"
DATA, FIGURES, SKILLS = _("Data usaha"), _("Angka usaha"), _("Kemampuan")


def siinas_lines(enterprise: Enterprise) -> list[Line]:
    """Return the lines of the enterprise's sheet, in the order for its size of industry."""
    known = {
        "investment": investment(enterprise),
        "capacity": answered(enterprise, CAPACITY, _("Paling banyak sebulan")),
        "production": production(enterprise),
        "production_and_sales": [*production(enterprise), *sales(enterprise)],
        "materials": [
            Fact(_("Nama bahan"), str(one), "", SKILLS, day_of(one.created_at))
            for one in enterprise.materials.all()
        ],
        "workers": workers(enterprise),
        "machines": machines(enterprise),
    }
    return lines(known, is_medium=is_medium(enterprise))


def is_medium(enterprise: Enterprise) -> bool:
    """Whether the industry is medium or larger by workers and investment; unknown counts as small."""
    figure = enterprise.annual_figures.first()
    size = legal_sizes(
        capital=enterprise.capital,
        annual_sales=None,
        workers=enterprise.employee_count or (figure.employee_count if figure else None),
        investment=enterprise.investment_value,
        year=figure.year if figure else None,
    ).industry.size
    return size in (Size.MEDIUM, Size.LARGE)


def investment(enterprise: Enterprise) -> list[Fact]:
    if enterprise.investment_value is None:
        return []
    until = told_on(enterprise)("investment_value")
    return [Fact(_("Nilai"), int(enterprise.investment_value), "Rp", DATA, until)]


def production(enterprise: Enterprise) -> list[Fact]:
    """Return what is made and how much of the capacity was used; quantities are not kept."""
    made = [
        Fact(_("Jenis produk"), one.name, "", SKILLS, day_of(one.created_at))
        for one in enterprise.products.all()
    ]
    return made + answered(enterprise, UTILISATION, _("Kapasitas terpakai"))


def sales(enterprise: Enterprise) -> list[Fact]:
    return [
        Fact(
            format_lazy(_("Penjualan {year}"), year=one.year),
            int(one.annual_sales),
            "Rp",
            FIGURES,
            str(one.year),
        )
        for one in enterprise.annual_figures.all()[:1]
        if one.annual_sales is not None
    ]


def workers(enterprise: Enterprise) -> list[Fact]:
    """Return men, women and all; where the halves are unknown, what was told for the last year."""
    until = told_on(enterprise)
    facts = [
        Fact(label, value, _("orang"), DATA, until(name))
        for label, name in ((_("Laki-laki"), "employees_male"), (_("Perempuan"), "employees_female"))
        if (value := getattr(enterprise, name)) is not None
    ]
    if enterprise.employee_count is not None:
        return [
            *facts,
            Fact(_("Jumlah"), enterprise.employee_count, _("orang"), DATA, until("employees_male")),
        ]
    figure = enterprise.annual_figures.filter(employee_count__isnull=False).first()
    if figure and figure.employee_count is not None:
        facts.append(Fact(_("Jumlah"), figure.employee_count, _("orang"), FIGURES, str(figure.year)))
    return facts


def machines(enterprise: Enterprise) -> list[Fact]:
    return [
        Fact(
            one
            if not one.capacity
            else format_lazy("{machine} {size}", machine=str(one), size=capacity_of(one)),
            one.count,
            _("unit"),
            SKILLS,
            day_of(one.created_at),
        )
        for one in enterprise.machines.all()
    ]


def capacity_of(machine) -> str:
    return f"{machine.capacity.normalize():f} {machine.capacity_unit}"


def answered(enterprise: Enterprise, code: str, label) -> list[Fact]:
    """Return the last answer to a figure, if it is a value; a range is no number SIINas takes."""
    answer = (
        IndicatorAnswer.objects.filter(enterprise=enterprise, indicator__code=code, value__isnull=False)
        .select_related("indicator")
        .first()
    )
    if answer is None or answer.value is None:
        return []
    unit = "%" if answer.indicator.unit == Indicator.Unit.PERCENT else answer.unit
    time = f"{answer.year} T{answer.quarter}" if answer.quarter else str(answer.year)
    return [Fact(label, f"{answer.value.normalize():f}", unit, FIGURES, time)]


def told_on(enterprise: Enterprise) -> Callable[[str], str]:
    """Return a function that says when a field of the record was last written; one query for all fields."""
    events = Event.objects.filter(enterprise_id=enterprise.pk, verb="enterprise.updated").order_by("at")
    days = {name: event.at for event in events for name in event.data.get("changes", {})}
    return lambda name: day_of(days.get(name, enterprise.created_at))


def day_of(moment) -> str:
    return date_medium(timezone.localdate(moment))


def siinas_sheet(enterprise: Enterprise) -> bytes:
    """Return the lines as a workbook; unknown stays an empty cell with its note."""
    headers = [_t("No."), _t("Butir"), _t("Isian (contoh)"), _t("Nilai"), _t("Satuan"), _t("Sumber"), _t("Sampai"),
               _t("Catatan")]  # fmt: skip
    rows = [
        [
            line.number,
            line.point,
            line.fact.label,
            line.fact.value,
            line.fact.unit,
            line.fact.source,
            line.fact.until,
        ]
        if line.fact
        else [line.number, line.point, None, None, None, None, None, line.note]
        for line in siinas_lines(enterprise)
    ]
    note = _t("Urutan butir menurut %(rule)s. Portal tidak mengirim apa pun ke SIINas.") % {"rule": RULE}
    return workbook_bytes("SIINas", headers, [*rows, [None, note]])

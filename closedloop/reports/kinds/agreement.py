"""Laporan Realisasi MoU (domain.md §10.3): what one agreement promised, and what became of it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.core import charts, formats
from closedloop.figures.catalogue import Scope, Sheet
from closedloop.figures.money import ledger_of
from closedloop.reports import supply
from closedloop.reports.frame import add_figures, base_context, frame, pairs, text
from closedloop.reports.models import Kind
from closedloop.reports.workbook import Cell, exact_cells
from partnerships.models import Agreement, AgreementParty

KIND = Kind.AGREEMENT
PREFIX = "LRM"
TEMPLATE = "reports/pdf/agreement.html"

HEADLINES = ["money.fulfilment", "money.accepted", "supply.on_time", "supply.ppm"]
FIGURES = [
    *HEADLINES,
    "money.promised",
    "money.ordered",
    "money.delivered",
    "money.invoiced",
    "money.paid",
]


def everything() -> QuerySet[Agreement]:
    return Agreement.objects.all()


def subjects(user: User) -> QuerySet[Agreement]:
    """Agreements one may know of: a buyer's own, all for those who oversee the programme."""
    if not user.may(Permission.REPORT_REQUEST):
        return Agreement.objects.none()
    return Agreement.objects.visible_to(user)


def snapshots(
    subjects: Sequence[Agreement], *, language: str, by: User | None, as_of: datetime
) -> Iterator[dict]:
    """Yield everything each report will say, in the order of the subjects."""
    for subject in subjects:
        yield one_snapshot(subject, language=language, by=by, as_of=as_of)


def one_snapshot(subject: Agreement, *, language: str, by: User | None, as_of: datetime) -> dict:
    """Return everything the report will say; a buyer's own copy holds no other buyer's lines or money."""
    scope = Scope(user=by, agreement=subject, as_of=as_of)
    ledger, sheet = ledger_of(scope), Sheet(scope)
    found = frame(
        KIND,
        heading=subject.title,
        line=" · ".join((subject.number, subject.get_kind_display(), subject.get_status_display())),
        filters=[
            (_("Berlaku"), formats.date_range(subject.starts_on, subject.ends_on)),
            (_("Data"), _("sampai %(moment)s") % {"moment": formats.moment(as_of)}),
        ],
        language=language,
        by=by,
        as_of=as_of,
    )
    add_figures(found, sheet, FIGURES, headlines=HEADLINES)
    parties = list(subject.parties.select_related("enterprise", "buyer", "organisation"))
    if by and by.role == Role.BUYER:
        known = set(ledger.lines.filter(agreement=subject).values_list("buyer", flat=True))
        parties = [party for party in parties if party.buyer_id is None or party.buyer_id in known]
    return found | {
        "facts": facts(subject, parties),
        "row": supply.agreement_rows([subject], ledger, scope.day)[0],
        "lines": supply.line_rows(subject, ledger, scope.day),
        "pairs": supply.pair_rows(subject, ledger),
        "quarters": supply.quarter_series(
            ledger.of(agreements=[subject.pk]), subject.starts_on, subject.ends_on, scope.day
        ),
        "reviews": supply.review_rows(subject, scope),
        "signers": signers(parties),
    }


def facts(subject: Agreement, parties: list[AgreementParty]) -> list[list[str]]:
    def names(part):
        return text(", ".join(str(party) for party in parties if party.part == part))

    percent = None if subject.min_on_time is None else formats.percent(subject.min_on_time)
    return [
        [_("Nomor"), subject.number],
        [_("Jenis"), subject.get_kind_display()],
        [_("Pembeli"), names(AgreementParty.Part.BUYER)],
        ["IKM", names(AgreementParty.Part.ENTERPRISE)],
        [_("Pembina"), names(AgreementParty.Part.FACILITATOR)],
        [_("Saksi"), names(AgreementParty.Part.WITNESS)],
        [_("Ditandatangani"), formats.date_medium(subject.signed_on)],
        [_("Tempat"), text(subject.signed_at_place)],
        [_("Ketepatan kirim, paling rendah"), text(percent)],
        [_("Cacat, paling tinggi"), text(subject.max_ppm and f"{formats.number(subject.max_ppm)} ppm")],
        [
            _("Syarat bayar"),
            text(subject.payment_days and _("%(days)s hari") % {"days": subject.payment_days}),
        ],
        [_("Status"), f"{subject.get_status_display()} {subject.status_reason}".strip()],
    ]


def signers(parties: list[AgreementParty]) -> list[dict]:
    """Return a block for the buyer, the IKM and the programme; a name nobody recorded is left to be written."""
    found = []
    for part, role in (
        (AgreementParty.Part.BUYER, _("Pihak pembeli,")),
        (AgreementParty.Part.ENTERPRISE, _("Pihak IKM,")),
    ):
        of_part = [party for party in parties if party.part == part]
        one = of_part[0] if len(of_part) == 1 else None
        found.append(
            {
                "role": role,
                "name": one.signatory if one else "",
                "title": ", ".join(
                    word for word in ((one.signatory_title, str(one)) if one else ("",)) if word
                ),
            }
        )
    lead = User.objects.filter(role=Role.LEAD, is_active=True).order_by("created_at").first()
    found.append(
        {
            "role": _("Mengetahui,"),
            "name": lead.full_name if lead else "",
            "title": (lead and lead.title) or _("Pimpinan program"),
        }
    )
    return found


def cells(snapshot: dict) -> Iterator[Cell]:
    """Yield the money of each IKM, and promised and accepted per quarter in million Rupiah."""
    yield from exact_cells(snapshot, "IKM", snapshot["pairs"], "enterprise")
    quarters = snapshot["quarters"]
    for at, row in enumerate(quarters["rows"]):
        for name, values in ((_("Dijanjikan"), "promised"), (_("Diterima baik"), "accepted")):
            yield Cell(_("Triwulan"), row["name"], name, quarters[values][at], _("juta Rupiah"))


def context(snapshot: dict) -> dict:
    """Return what the template needs: the snapshot and its drawings."""
    return {**base_context(snapshot, drawings(snapshot["quarters"])), "facts": pairs(snapshot["facts"])}


def drawings(quarters: dict) -> dict[str, str]:
    """Return the two charts; none where nothing is promised or accepted yet, which an axis from 0 to 1 would hide."""
    if not any(quarters["promised"] + quarters["accepted"]):
        return {}
    label = _("Dijanjikan dan diterima baik per triwulan, juta Rupiah")
    return {
        "quarters": charts.monthly(
            quarters["names"], quarters["promised"], quarters["accepted"], label=label, width=330, height=200
        ),
        "cumulative": charts.cumulative(
            quarters["names"],
            supply.running_total(quarters["promised"]),
            supply.running_total(quarters["accepted"]),
            label=_("Jumlah berjalan dijanjikan dan diterima baik, juta Rupiah"),
            decimals=0,
            width=330,
            height=200,
        ),
    }

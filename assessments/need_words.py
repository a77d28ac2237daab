"""What to do about one unmet requirement, in words with a place to go: the nearest step, not all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.class_rules import Inputs, Requirement, period
from assessments.lifting import place_of
from assessments.models import Finding
from assessments.qcd import on_time_rate
from assessments.raising import Raise
from assessments.remaining import clean_pieces, months_to_go, value_to_go
from assessments.ways import Way
from closedloop.core.formats import number
from closedloop.core.money import rupiah_short

MOST_ITEMS = 4  # named in one line; the plan has all


@dataclass(frozen=True)
class Todo:
    """A step in words, and the address where it is taken; no address where somebody else takes it."""

    words: str
    path: str = ""


def todo_of(
    verdict: Requirement,
    *,
    inputs: Inputs,
    raises: Sequence[Raise],
    ways: Mapping[str, Way],
    findings: Sequence[Finding],
) -> Todo:
    """Return the step for one unmet requirement."""
    match verdict.measure:
        case "critical_findings":
            return _findings(findings)
        case "module_passed":
            way = ways[verdict.subject]
            return Todo(way.words, way.path(for_owner=True))
        case "document":
            return Todo(_("Unggah dokumennya"), reverse("participants:my_documents"))
        case "on_time":
            return _months(verdict, inputs)
        case "reject_ppm":
            return _pieces(verdict)
        case "active_agreement" | "buyers":
            return Todo(_("Bicarakan pembeli berikutnya dengan mentor"), reverse("partnerships:my_supply"))
        case "realisation":
            return _value(verdict)
    return _raises([one for one in raises if _concerns(one, verdict)])


def _concerns(one: Raise, verdict: Requirement) -> bool:
    if verdict.measure == "criterion":
        return one.key.partition("@")[0] == verdict.subject
    if verdict.measure in ("dimension", "every_area"):
        return one.dimension == verdict.subject
    return verdict.measure != "every_dimension" or one.dimension in verdict.short


def _raises(raises: list[Raise]) -> Todo:
    """Say which items would do it fastest: few, heavy ones."""
    plan = reverse("assessments:my_plan")
    if not raises:
        return Todo(_("Tanyakan langkahnya kepada mentor saat kunjungan berikutnya"), plan)
    named = [f"{place_of(one.key)} ({one.value} → {one.to})" for one in raises[:MOST_ITEMS]]
    left = len(raises) - len(named)
    if left:
        named.append(ngettext("%(n)s butir lagi", "%(n)s butir lagi", left) % {"n": left})
    return Todo(_("Tercepat: naikkan %(items)s") % {"items": ", ".join(named)}, plan)


def _findings(findings: Sequence[Finding]) -> Todo:
    if len(findings) == 1:
        return Todo(_("Tutup temuan: %(problem)s") % {"problem": findings[0]}, findings[0].get_absolute_url())
    words = _("Tutup %(n)s temuan, yang paling lama lebih dahulu") % {"n": len(findings)}
    return Todo(words, reverse("assessments:my_findings"))


def _months(verdict: Requirement, inputs: Inputs) -> Todo:
    length = verdict.months or 1
    rates = [on_time_rate(one.on_time, one.due) for one in period(inputs, length)]
    floor = verdict.threshold or Decimal(0)
    left = months_to_go([None if rate is None else rate >= floor for rate in rates], length)
    words = ngettext(
        "Kirim tepat waktu %(n)s bulan lagi, tanpa putus",
        "Kirim tepat waktu %(n)s bulan lagi, tanpa putus",
        left,
    )
    return Todo(words % {"n": left}, reverse("assessments:my_qcd"))


def _pieces(verdict: Requirement) -> Todo:
    rejected, delivered = (int(one) for one in verdict.part or (0, 0))
    more = clean_pieces(rejected, delivered, verdict.threshold or Decimal(0))
    page = reverse("assessments:my_qcd")
    if not more:
        return Todo(_("Kirim barang pertama tanpa cacat; pesanan percobaan ikut dihitung"), page)
    return Todo(_("Kirim %(n)s pcs lagi tanpa satu pun cacat") % {"n": number(more)}, page)


def _value(verdict: Requirement) -> Todo:
    page = reverse("partnerships:my_supply")
    if verdict.part is None:
        return Todo(_("Bicarakan rencana kirim MoU dengan mentor"), page)
    accepted, promised = (Decimal(one) for one in verdict.part)
    more = value_to_go(accepted, promised, verdict.threshold or Decimal(0))
    return Todo(_("Kirim senilai %(value)s lagi yang diterima baik") % {"value": rupiah_short(more)}, page)

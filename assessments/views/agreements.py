"""How far assessors agree on what was scored twice, and the items behind each number."""

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from django.shortcuts import render

from assessments.models import SecondAssessment, SecondScore
from assessments.rater_agreement import Agreement, agreement
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission


@dataclass(frozen=True)
class Line:
    """One pair, dimension or person, with the address of its items."""

    title: str
    query: str
    counts: Agreement


def scored_twice(request):
    seen = SecondAssessment.objects.visible_to(request.user)
    rows = SecondScore.objects.handed_in().filter(second__in=seen)
    return rows.select_related(
        "criterion__dimension", "area", "second__first", "second__assessor", "second__assessment__enterprise"
    ).order_by("-handed_in_at", "pk")


def pair_of(row: SecondScore) -> tuple[int | None, int | None]:
    return row.first_value, row.value


def lines(rows, keys) -> list[Line]:
    """Group the rows by what `keys` says of each, {query: title}; the most items first."""
    groups: dict = defaultdict(list)
    for row in rows:
        for query, title in keys(row).items():
            groups[query, title].append(pair_of(row))
    found = [Line(title, query, agreement(pairs)) for (query, title), pairs in groups.items()]
    return sorted(found, key=lambda line: (-line.counts.items, line.title))


def by_pair(row: SecondScore) -> dict[str, str]:
    first, second = row.second.first, row.second.assessor
    return {urlencode({"pertama": first.pk, "kedua": second.pk}): f"{first} – {second}"}


def by_dimension(row: SecondScore) -> dict[str, str]:
    dimension = row.criterion.dimension
    return {urlencode({"bidang": dimension.code}): f"{dimension.code} {dimension.title}"}


def by_person(row: SecondScore) -> dict[str, str]:
    people = (row.second.first, row.second.assessor)
    return {urlencode({"penilai": one.pk}): str(one) for one in people}


def matches(row: SecondScore, query) -> bool:
    """Whether a row is among those that the address asks for."""
    first, second = str(row.second.first_id), str(row.second.assessor_id)
    return (
        query.get("pertama", first) == first
        and query.get("kedua", second) == second
        and query.get("bidang", row.criterion.dimension.code) == row.criterion.dimension.code
        and query.get("penilai", first) in (first, second)
    )


@requires(Permission.RATER_AGREEMENT_VIEW)
def rater_agreement(request):
    rows = list(scored_twice(request))
    wanted = {"pertama", "kedua", "bidang", "penilai", "semua"} & set(request.GET)
    context = {
        "whole": agreement(pair_of(row) for row in rows),
        "pairs": lines(rows, by_pair),
        "dimensions": lines(rows, by_dimension),
        "people": lines(rows, by_person),
        "items": [row for row in rows if matches(row, request.GET)] if wanted else [],
    }
    return render(request, "assessments/rater_agreement.html", context)

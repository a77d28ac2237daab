"""The closed loop between IKM and buyers: how many stand at each step, for how long, and how long a step takes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.figures.registry import Part, Sheet, Unit, Value, figure, unknown
from closedloop.figures.scope import Scope
from partnerships.loop import Step, median_days
from partnerships.loop_board import Pair, board_of
from partnerships.loop_pairs import pairs_between
from partnerships.models import Buyer

LOOP = "features.md G4"
PAGE = "dashboard:loop"
TIMED = tuple(step for step in Step if step is not Step.REQUIREMENT)  # the first begins the loop


def pairs_in(scope: Scope) -> dict[UUID, list[Pair]]:
    """Read the pairs of each IKM of the scope; a buyer's own pairs only, whatever IKM they are with."""
    user, buyers = scope.user, None
    whose = scope
    if user and user.role == Role.BUYER:
        buyers = Buyer.objects.visible_to(user)
        whose = replace(scope, user=None)
    if scope.buyer:
        buyers = (buyers or Buyer.objects.all()).filter(pk=scope.buyer.pk)
    found: dict[UUID, list[Pair]] = defaultdict(list)
    for pair in board_of(pairs_between(replace(whose, buyer=None).without_leavers(), buyers)):
        found[pair.enterprise.pk].append(pair)
    return dict(found)


def every(sheet: Sheet) -> list[Pair]:
    """Return the pairs of the sheet in one list."""
    return [pair for pairs in sheet.read(pairs_in).values() for pair in pairs]


def parts_of(steps: Iterable[Step], values: Mapping[Step, int | None], name: str) -> tuple[Part, ...]:
    """Return one part per step; each opens the pairs that it counts."""
    return tuple(Part(step.word, step.label, values.get(step), query=f"{name}={step.word}") for step in steps)


@dataclass(frozen=True)
class Taken:
    """The days one step took: of every pair that completed it, None where nobody can tell."""

    days: tuple[int | None, ...]

    @property
    def middle(self) -> int | None:
        return median_days(self.days)[0]

    @property
    def known(self) -> int:
        return median_days(self.days)[1]


def taken(sheet: Sheet) -> dict[Step, Taken]:
    """Return what each step took in the pairs of the sheet."""
    rows = every(sheet)
    return {step: Taken(tuple(one.took[step] for one in rows if step in one.took)) for step in TIMED}


@figure(
    "loop.pairs",
    _("Pasangan IKM dan pembeli menurut langkah"),
    Unit.COUNT,
    _("Jumlah pasangan IKM dan pembeli di tiap langkah putaran. Satu pasangan berdiri di satu langkah: yang "
      "menahannya, atau langkah sesudah yang terjauh selesai."),
    source=LOOP,
    permission=Permission.LOOP_VIEW,
)  # fmt: skip
def by_step(sheet: Sheet) -> Value:
    rows = every(sheet)
    counts = {step: sum(pair.standing.step is step for pair in rows) for step in Step}
    return Value(len(rows), len(rows), parts=parts_of(Step, counts, "langkah"), page=PAGE)


@figure(
    "loop.days",
    _("Lama pasangan di langkahnya sekarang"),
    Unit.DAYS,
    _("Nilai tengah (median) jumlah hari pasangan IKM dan pembeli berdiri di langkahnya sekarang. Yang hari "
      "mulainya belum tercatat tidak dihitung."),
    source=LOOP,
    permission=Permission.LOOP_VIEW,
)  # fmt: skip
def days(sheet: Sheet) -> Value:
    today, rows = sheet.scope.day, every(sheet)
    stood = {step: [one.standing.days(today) for one in rows if one.standing.step is step] for step in Step}
    middles = {step: median_days(values)[0] for step, values in stood.items()}
    middle, known = median_days(one.standing.days(today) for one in rows)
    return Value(middle, known, parts=parts_of(Step, middles, "langkah"), page=PAGE)


@figure(
    "loop.step_days",
    _("Hari yang diperlukan tiap langkah"),
    Unit.DAYS,
    _("Nilai tengah (median) jumlah hari tiap langkah putaran pertama yang sudah selesai: sejak langkah "
      "sebelumnya yang terakhir selesai. Kebutuhan memulai putaran dan tidak dihitung; yang selesai sebelum "
      "langkah lain atau tanpa tanggal belum diketahui."),
    source=LOOP,
    permission=Permission.LOOP_VIEW,
)  # fmt: skip
def step_days(sheet: Sheet) -> Value:
    took = taken(sheet)
    middles = {step: one.middle for step, one in took.items()}
    middle, known = median_days(days for one in took.values() for days in one.days)
    parts = parts_of(TIMED, middles, "selesai")
    return Value(middle, known, parts=parts, page=PAGE) if known else unknown(parts=parts, page=PAGE)

"""The office writes the next version of the rubric and of what the classes ask; nobody is judged by them yet."""

from decimal import Decimal

from assessments.actions.criteria import add_criterion
from assessments.actions.dimensions import set_weights
from assessments.actions.rubric_versions import start_rubric
from assessments.actions.scheme_versions import change_requirement, start_scheme
from assessments.models import ClassScheme, Rubric
from closedloop.demonstration.show import Show, Story


def next_versions(show: Show) -> Story:
    """K3L weighs more in the draft of the rubric, with an item on heat; Pra-Mandiri asks more of it too."""
    yield show.at(9, "09.20")
    staff = show.cast.staff
    draft = start_rubric(Rubric.objects.newest(), by=staff)
    set_weights(draft, {"K3L": Decimal(20), "TEK": Decimal(25)}, by=staff)
    yield show.at(9, "10.05")
    safety = draft.dimensions.get(code="K3L")
    like = safety.criteria.get(code="KS1")
    add_criterion(
        safety,
        by=staff,
        code="KS20",
        group=like.group,
        text="Suhu di area tungku dan pengecoran diukur, dan ada giliran istirahat saat panas",
        text_en="The heat around furnaces and casting is measured, and people take turns to rest when it is hot",
        evidence_hint="catatan suhu, tanya operator",
        anchors=like.anchors,
        english={**like.english, "evidence_hint": "temperature records, ask operators"},
        weight=Decimal(1),
    )
    yield show.at(8, "15.30")
    scheme = start_scheme(ClassScheme.objects.newest(), by=staff)
    row = scheme.requirements.get(level=3, measure="dimension", subject="K3L")
    change_requirement(row, by=staff, level=3, measure="dimension", subject="K3L", threshold=Decimal(75))

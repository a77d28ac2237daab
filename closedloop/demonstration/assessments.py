"""Assessments: baseline, midyear and final ones, in every state they can be in."""

from dataclasses import dataclass, field
from random import Random

from django.core.files.base import ContentFile

from assessments.actions import (
    add_area,
    add_evidence,
    answer_remarks,
    approve,
    return_to_assessor,
    start_assessment,
    submit,
    take_review,
    write_recommendation,
)
from assessments.models import Assessment, Criterion, Evidence, ReviewRound, Score
from assessments.scoring import photo_is_required
from assessments.sheet import Sheet
from closedloop.audit.trail import record
from closedloop.demonstration import pictures, words
from closedloop.demonstration.backing import every_kind
from closedloop.demonstration.findings import follow_up
from closedloop.demonstration.scoring import fill, legal, targets_of
from closedloop.demonstration.second_looks import corrections, looked_twice
from closedloop.demonstration.show import Show, Story
from closedloop.demonstration.tables import EnterpriseRow, enterprises
from participants.models import Enrolment

Kind, State = Assessment.Kind, Assessment.Status


@dataclass(frozen=True)
class Visit:
    """One assessment; `day` is days ago and `fate` the state in which it ends."""

    name: str
    kind: str
    day: int
    assessor: str  # key of the people; the IKM's own name for a self-assessment
    reviewer: str
    overall: int
    fate: str = State.APPROVED
    weak: tuple[str, ...] = ()  # critical items scored 1
    exact: dict[str, float] = field(default_factory=dict)
    fixed: dict[str, int] = field(default_factory=dict)


def visit(show: Show, row: EnterpriseRow, plan: Visit) -> Story:
    """One assessment from the visit to wherever it got."""
    yield show.at(plan.day, "09.30")
    enrolment = show.cast.enrolments[row.name]
    if enrolment.status not in (Enrolment.Status.REGISTERED, Enrolment.Status.ACTIVE):
        return
    by, reviewer = show.cast.users[plan.assessor], show.cast.users[plan.reviewer]
    assessment = start_assessment(enrolment, plan.kind, show.day(plan.day), by=by)
    if (row.name, plan.kind) in SECOND_AREAS:
        kind, area, person = SECOND_AREAS[row.name, plan.kind]
        add_area(assessment, kind=kind, name=area, person_in_charge=person, by=by)
    dice = show.random("assessment", plan.kind, row.name)
    values = scores(show, row, plan, dice)
    if plan.fate == State.DRAFT:
        values = dict(list(values.items())[: len(values) * 3 // 5])
    yield show.at(plan.day, "15.10")
    write_scores(assessment, values, plan, dice)
    if plan.fate == State.DRAFT:
        if plan.kind == Kind.MIDYEAR:
            every_kind(show, assessment)
        return
    write_recommendation(assessment, words.recommendation(dice, plan.overall), by=by)
    submit(assessment, by=by)
    reviewer = yield from looked_twice(show, assessment, plan.day, reviewer)
    if plan.fate == State.SUBMITTED:  # where an owner's own rating ends
        return
    yield show.at(max(plan.day - 2, 1), "10.15")
    take_review(assessment, by=reviewer)
    if plan.fate == State.IN_REVIEW:
        return
    yield show.at(max(plan.day - 3, 1), "13.45")
    if plan.fate == State.RETURNED:
        send_back(assessment, by=reviewer)
        return
    if dice.random() < 0.08:  # sent back once before it was good
        sent = send_back(assessment, by=reviewer)
        yield show.at(max(plan.day - 4, 1), "16.20")
        answer_remarks(assessment, {one.pk: words.REPLY for one in sent.remarks.all()}, by=by)
        submit(assessment, by=by)
        yield show.at(max(plan.day - 6, 1), "09.05")
    approve(assessment, by=reviewer)
    for finding in assessment.findings.order_by("criterion__dimension__order", "criterion__order"):
        show.tell(follow_up(show, row, finding, plan.day - 4))


def send_back(assessment: Assessment, *, by) -> ReviewRound:
    """Return it with a reason and a remark on two items."""
    rows = {row.criterion.code: row for row in Sheet(assessment).rows}
    asked = {code: rows[code] for code in words.REMARKS if code in rows}
    remarks = {(row.criterion, row.area): words.REMARKS[code] for code, row in asked.items()}
    return return_to_assessor(assessment, words.RETURNED, remarks=remarks, by=by)


def scores(show: Show, row: EnterpriseRow, plan: Visit, dice: Random) -> dict[Criterion, int]:
    """Return a score for every item of the rubric."""
    targets = targets_of(plan.overall, dice, exact=plan.exact, steady=row.is_exemplary)
    values: dict[Criterion, int] = {}
    for dimension in show.cast.rubrics[f"angkatan-{row.cohort}"].dimensions.all():
        if dimension.code == "LEG":
            values |= legal(dimension, row)
            continue
        codes = {criterion.code for criterion in dimension.criteria.all()}
        values |= fill(
            dimension,
            targets[dimension.code],
            dice,
            weak=codes & set(plan.weak),
            fixed={code: value for code, value in plan.fixed.items() if code in codes},
        )
    return values


def write_scores(assessment: Assessment, values: dict[Criterion, int], plan: Visit, dice: Random) -> None:
    """Store a whole rubric at once, with the photos it asks for and the event that saving leaves.

    A hundred rubrics of 115 items through the form's own action would take longer than all the rest.
    """
    rows: list[Score] = []
    areas = list(assessment.areas.all()) or [None]  # an owner rates the workshop as one whole
    for criterion, value in values.items():
        problem = words.problem(criterion, dice) if criterion.is_critical and value <= 1 else ""
        note = problem or (dice.choice(words.NOTES[value]) if dice.random() < 0.08 else "")
        places = areas if criterion.dimension.is_per_area else [None]
        for area, seen in zip(places, in_areas(value, len(rows), len(places)), strict=True):
            rows.append(Score(assessment=assessment, criterion=criterion, area=area, value=seen, note=note))
    skipped = next((one for one in rows if one.criterion.code == "KS9"), None)
    if skipped and plan.overall % 4 == 0 and skipped.value != 1:
        skipped.value, skipped.not_applicable, skipped.note = (
            None,
            True,
            "Tidak ada alat angkat atau bejana tekan.",
        )
    Score.objects.bulk_create(rows)
    assessment.version += 1
    assessment.save(update_fields=["version"])
    changes = {
        f"{one.criterion.code} ({one.area})" if one.area else one.criterion.code: [
            None,
            (one.note and f"{one.value} {one.note}") or one.value,
        ]
        for one in rows
    }
    record("assessment.scored", assessment, by=assessment.assessor, changes=changes)
    attach_photos(assessment, rows, dice)


def in_areas(value: int, n: int, places: int) -> list[int]:
    """Return the score of one item in each area: every third differs, and the mean of two areas stays."""
    if places == 1 or n % 3 or value not in (2, 3):
        return [value] * places
    return [value + 1, value - 1]


def attach_photos(assessment: Assessment, rows: list[Score], dice: Random) -> None:
    """Give every score that must be shown its photo, and one finding a written note beside it."""
    found = []
    for row in rows:
        dimension = row.criterion.dimension
        if row.value is None or not photo_is_required(
            row.value, photo_scores=dimension.photo_scores, is_critical=row.criterion.is_critical
        ):
            continue
        photo = pictures.evidence(dice, tidy=row.value == 4)
        evidence = Evidence(
            assessment=assessment,
            criterion=row.criterion,
            area=row.area,
            sha256=photo.sha256,
            caption=words.caption(row.value),
            taken_on=assessment.visited_on,
            uploaded_by=assessment.assessor,
        )
        evidence.file.save(photo.name, ContentFile(photo.content), save=False)
        found.append(evidence)
    Evidence.objects.bulk_create(found)
    record("assessment.evidence_added", assessment, by=assessment.assessor, photos=len(found))
    if found:
        add_evidence(
            assessment,
            found[0].criterion,
            area=found[0].area,
            text="Diperiksa bersama kepala produksi; pemilik ikut berkeliling.",
            taken_on=assessment.visited_on,
            by=assessment.assessor,
        )


# --- The plan -----------------------------------------------------------------------------------------
CRITICAL = ("KS3", "KS5", "KS6", "KS7", "KS8", "KH6", "KL2")
# where a story needs more than the tables say
SPECIAL: dict[tuple[str, str], dict] = {
    ("Nira Stamping Utama", Kind.FINAL): {
        "exact": {"BM": 72, "5R": 78, "K3L": 67, "TEK": 70, "PSR": 63, "KEU": 66},
        "weak": ("KS3",),
        "fixed": {"F2": 3, "F5": 3},
    },
    ("Lodaya Dies Teknik", Kind.FINAL): {"exact": {"K3L": 69}},
    ("Rengganis Krom", Kind.FINAL): {"weak": ("KL1", "KL2", "KS5")},
    ("Pijar Busi", Kind.BASELINE): {"weak": ("KS6", "KS7", "KS8")},
}
# seen in two areas; in the others the production is the only one
SECOND_AREAS = {
    ("Gemilang Baut", Kind.FINAL): ("bahan-baku", "Gudang kawat", "Sri Wahyuni"),
    ("Rukun Spion Teknik", Kind.MIDYEAR): ("perkakas", "Ruang dies", "Agus Salim"),
}
MIDYEAR_FATES = {
    "Rukun Spion Teknik": (3, State.DRAFT),
    "Tunas Handel Rem": (8, State.RETURNED),
    "Merapi Tuang Logam": (5, State.SUBMITTED),
}
FIRST_BOARD_FROM = 54  # in the first round only those were seen at midyear who went before its first board
NO_MIDYEAR = ("Baileo Teknik Logam", "Losari Karoseri Timur", "Purnama Las Presisi")
FINALS = {
    "Galuh Tekno Karet": (41, State.APPROVED, "penilai2", "penilai"),
    "Nira Stamping Utama": (38, State.APPROVED, "penilai2", "penilai"),
    "Gemilang Baut": (36, State.APPROVED, "penilai2", "penilai"),
    "Kencana Plastik Otomotif": (33, State.APPROVED, "penilai", "penilai2"),
    "Sentra Busing": (30, State.APPROVED, "penilai", "penilai2"),
    "Karya Plat": (10, State.RETURNED, "penilai2", "penilai"),
    "Jayantara Cor Aluminium": (6, State.IN_REVIEW, "penilai2", "penilai"),
    "Tapak Roda Teknik": (4, State.SUBMITTED, "penilai2", "penilai"),
    "Banyu Radiator Jaya": (2, State.SUBMITTED, "penilai2", "penilai"),
    "Sumber Ring": (1, State.DRAFT, "penilai", "penilai2"),
}
SELF = {
    "Nira Stamping Utama": (60, State.SUBMITTED),
    "Galuh Tekno Karet": (62, State.SUBMITTED),
    "Kencana Plastik Otomotif": (55, State.SUBMITTED),
    "Rukun Spion Teknik": (9, State.SUBMITTED),
    "Tunas Handel Rem": (2, State.DRAFT),
    "Tapak Roda Teknik": (14, State.SUBMITTED),
    "Jayantara Cor Aluminium": (16, State.SUBMITTED),
    "Banyu Radiator Jaya": (12, State.SUBMITTED),
}


def visits(show: Show) -> None:
    """Tell every assessment of both rounds."""
    for row in enterprises():
        if row.start is None or row.papers == ():
            continue
        for plan in visits_of(row, show.random("visits", row.name)):
            show.tell(visit(show, row, plan))
    show.tell(corrections(show))


def visits_of(row: EnterpriseRow, dice: Random) -> list[Visit]:
    index = enterprises().index(row)
    reviewers = ("penilai", "penilai2") if index % 2 else ("penilai2", "penilai")
    first, middle, last = {"4": (655, 500, 380), "5": (299, 168, 0)}[row.cohort]
    spread = index % 18
    weak = tuple(dice.sample(CRITICAL, 1 if row.start >= 50 else dice.randrange(1, 4)))
    plans = [
        special(
            Visit(row.name, Kind.BASELINE, first - spread, row.mentor, reviewers[0], row.start, weak=weak)
        )
    ]
    if row.end is None:
        return plans
    half = row.start + (row.end - row.start) * 55 // 100
    if row.is_exemplary:
        half = max(half, 64)
    day, fate = MIDYEAR_FATES.get(row.name, (middle - spread, State.APPROVED))
    mentor = "mentor3" if row.name == "Merapi Tuang Logam" else row.mentor
    if row.name not in NO_MIDYEAR and (row.cohort == "5" or row.start >= FIRST_BOARD_FROM):
        plans.append(
            special(Visit(row.name, Kind.MIDYEAR, day, mentor, reviewers[0], half, fate, fixed={"F2": 3}))
        )
    if row.cohort == "4":
        plans.append(final(row, last - spread, State.APPROVED, *reviewers))
    elif row.name in FINALS:
        plans.append(final(row, *FINALS[row.name]))
    if row.name in SELF:
        day, fate = SELF[row.name]
        plans.append(Visit(row.name, Kind.SELF, day, row.name, "penilai", half + 9, fate))
    return plans


def final(row: EnterpriseRow, day: int, fate: str, assessor: str, reviewer: str) -> Visit:
    fixed = {"F2": 3} | ({"F5": 4 if row.end >= 80 else 3, "T15": 3} if row.is_exemplary else {})
    return special(Visit(row.name, Kind.FINAL, day, assessor, reviewer, row.end, fate, fixed=fixed))


def special(plan: Visit) -> Visit:
    """Return the plan with what the story of this IKM fixes."""
    return Visit(**{**vars(plan), **SPECIAL.get((plan.name, plan.kind), {})})

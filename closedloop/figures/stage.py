"""Where an IKM stands in the loop, since when, and who must act next. A pure rule, no database.

The six stages follow each other; an IKM stands at the first one it has not completed. Two things go
first: a class decision under way, and a graduate, who has left the other stages behind. A stage is complete when:

1. Seleksi          the enrolment is past the applicant
2. Pelatihan        every module of the cohort's curriculum is passed
3. Pendampingan     an assessment after the baseline was submitted
4. Penilaian        such an assessment was approved
5. MoU dan pasokan  an agreement is active and the buyer confirmed a delivery
6. Naik kelas       the board decided

`since` is the day the stage before was completed; where that day is not on record, the day the enrolment took
its present status.
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from closedloop.accounts.roles import Role


class Stage(IntEnum):
    """The stations of the loop, in their order."""

    SELECTION = 1
    TRAINING = 2
    MENTORING = 3
    ASSESSMENT = 4
    SUPPLY = 5
    PROMOTION = 6

    @property
    def label(self) -> str:
        return str(LABELS[self])


LABELS = {
    Stage.SELECTION: gettext_lazy("Seleksi"),
    Stage.TRAINING: gettext_lazy("Pelatihan"),
    Stage.MENTORING: gettext_lazy("Pendampingan"),
    Stage.ASSESSMENT: gettext_lazy("Penilaian"),
    Stage.SUPPLY: gettext_lazy("MoU dan pasokan"),
    Stage.PROMOTION: gettext_lazy("Naik kelas"),
}


@dataclass(frozen=True)
class Facts:
    """What the rule needs to know of one IKM. Days are None where nothing was recorded."""

    code: str  # of the enterprise
    enrolment: str = ""  # Enrolment.Status, "" without one
    enrolled_on: date | None = None  # since when it has that status
    registered_on: date | None = None  # when it stopped being an applicant
    modules: int = 0
    modules_passed: int = 0
    trained_on: date | None = None  # the last session or mark that counts
    has_session_to_come: bool = False
    has_mentor: bool = False
    assessment: str = ""  # Assessment.Status of the latest one after the baseline, "" without one
    assessment_code: str = ""
    submitted_on: date | None = None
    approved_on: date | None = None
    open_critical_findings: int = 0
    agreement: str = ""  # Agreement.Status of the most advanced one, "" without one
    agreement_code: str = ""
    delivered_on: date | None = None  # the first confirmed receipt
    deliveries_waiting: int = 0
    decision: str = ""  # ClassDecision.Status of the latest one of this enrolment
    decision_code: str = ""
    proposed_on: date | None = None
    decided_on: date | None = None

    @property
    def completed(self) -> dict[Stage, date | None]:
        """The completed stages with the day, in their order, up to the first gap."""
        selected = self.enrolment not in ("", "applicant", "withdrawn")
        tests = (
            (Stage.SELECTION, selected, self.registered_on),
            (Stage.TRAINING, self.modules > 0 and self.modules_passed == self.modules, self.trained_on),
            (Stage.MENTORING, self.assessment not in ("", "draft"), self.submitted_on),
            (Stage.ASSESSMENT, self.approved_on is not None, self.approved_on),
            (Stage.SUPPLY, self.agreement == "active" and self.delivered_on is not None, self.delivered_on),
            (Stage.PROMOTION, self.decision == "decided", self.decided_on),
        )
        found = {}
        for stage, is_complete, day in tests:
            if not is_complete:
                break
            found[stage] = day
        return found


@dataclass(frozen=True)
class NextStep:
    """Who must do what, and the page where it is done. `role` is None when nobody must act."""

    role: str | None
    text: str
    page: str
    args: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return reverse(self.page, args=self.args)

    @property
    def who(self) -> str:
        return str(Role(self.role).label) if self.role else ""


@dataclass(frozen=True)
class Standing:
    """The answer: the stage, its completed predecessors, since when, and the next step."""

    stage: Stage
    completed: tuple[Stage, ...]
    since: date | None
    next_step: NextStep

    @property
    def label(self) -> str:
        return self.stage.label

    def days(self, today: date) -> int | None:
        """How many days it has stood there."""
        return (today - self.since).days if self.since else None

    @property
    def states(self) -> list[dict]:
        """The six stations as {% loop %} draws them."""
        return [
            {
                "state": "now" if stage is self.stage else "done" if stage in self.completed else "",
                "label": stage.label,
                "text": "",
            }
            for stage in Stage
        ]


def standing(facts: Facts) -> Standing:
    """Return where the IKM stands."""
    completed = facts.completed
    if facts.decision == "proposed":
        stage, since = Stage.PROMOTION, facts.proposed_on
    elif facts.enrolment == "graduated":
        stage, since = Stage.PROMOTION, facts.decided_on or facts.enrolled_on
    else:
        stage = next((stage for stage in Stage if stage not in completed), Stage.PROMOTION)
        days = [day for of, day in completed.items() if day and of < stage]
        since = max(days, default=facts.enrolled_on)
    return Standing(
        stage=stage,
        completed=tuple(of for of in completed if of is not stage or facts.decision == "decided"),
        since=since,
        next_step=NEXT[stage](facts),
    )


def step(role: str | None, text: str, page: str, *args: str) -> NextStep:
    return NextStep(role, text, page, args)


def next_in_selection(facts: Facts) -> NextStep:
    if facts.enrolment == "applicant":
        return step(Role.STAFF, _("Putuskan kepesertaan calon ini"), "participants:detail", facts.code)
    return step(Role.STAFF, _("Daftarkan ke angkatan"), "participants:detail", facts.code)


def next_in_training(facts: Facts) -> NextStep:
    here = ("trainings:enterprise", facts.code)
    if facts.enrolment == "registered":
        return step(Role.STAFF, _("Mulai kepesertaan"), "participants:detail", facts.code)
    if facts.modules == 0:
        return step(Role.STAFF, _("Tetapkan kurikulum angkatan"), "participants:detail", facts.code)
    left = facts.modules - facts.modules_passed
    if facts.has_session_to_come:
        return step(
            Role.OWNER, _("Ikuti sesi berikutnya; %(left)s modul belum lulus") % {"left": left}, *here
        )
    return step(Role.STAFF, _("Lengkapi %(left)s modul: sesi susulan atau nilai tes") % {"left": left}, *here)


def next_in_mentoring(facts: Facts) -> NextStep:
    here = ("assessments:enterprise", facts.code)
    if not facts.has_mentor:
        return step(Role.STAFF, _("Tetapkan mentor"), "participants:detail", facts.code)
    if facts.assessment == "draft":
        return step(Role.MENTOR, _("Selesaikan draf penilaian"), "assessments:detail", facts.assessment_code)
    if facts.open_critical_findings:
        return step(
            Role.OWNER,
            _("Selesaikan %(count)s temuan kritis") % {"count": facts.open_critical_findings},
            *here,
        )
    return step(Role.MENTOR, _("Kunjungi dan nilai"), *here)


def next_in_assessment(facts: Facts) -> NextStep:
    if facts.assessment == "returned":
        return step(
            Role.MENTOR,
            _("Perbaiki penilaian yang dikembalikan"),
            "assessments:detail",
            facts.assessment_code,
        )
    return step(Role.ASSESSOR, _("Tinjau penilaian"), "assessments:detail", facts.assessment_code)


def next_in_supply(facts: Facts) -> NextStep:
    here = ("partnerships:enterprise", facts.code)
    if not facts.agreement:
        return step(Role.STAFF, _("Cari pembeli dan siapkan MoU"), *here)
    if facts.agreement != "active":
        return step(
            Role.STAFF, _("Selesaikan MoU sampai berlaku"), "partnerships:agreement", facts.agreement_code
        )
    if facts.deliveries_waiting:
        return step(
            Role.BUYER,
            _("Konfirmasi %(count)s pengiriman") % {"count": facts.deliveries_waiting},
            *here,
        )
    return step(Role.OWNER, _("Kirim pesanan pertama dan catat surat jalannya"), *here)


def next_in_promotion(facts: Facts) -> NextStep:
    if facts.decision == "proposed":
        return step(Role.LEAD, _("Putuskan naik kelas"), "assessments:decision", facts.decision_code)
    if facts.decision == "decided":
        return step(None, _("Putaran ini selesai"), "assessments:decision", facts.decision_code)
    return step(Role.STAFF, _("Ajukan ke sidang kelas"), "assessments:enterprise", facts.code)


NEXT = {
    Stage.SELECTION: next_in_selection,
    Stage.TRAINING: next_in_training,
    Stage.MENTORING: next_in_mentoring,
    Stage.ASSESSMENT: next_in_assessment,
    Stage.SUPPLY: next_in_supply,
    Stage.PROMOTION: next_in_promotion,
}

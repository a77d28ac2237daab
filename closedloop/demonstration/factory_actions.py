"""What sessions set in motion at the IKM: given at the end, reported with a photo, checked by the mentor."""

from dataclasses import dataclass
from datetime import timedelta

from closedloop.demonstration import pictures
from closedloop.demonstration.findings import worker
from closedloop.demonstration.show import Show, Story
from closedloop.demonstration.tables import EnterpriseRow, enterprises
from participants.models import Enrolment, MentorAssignment
from trainings.actions import (
    close_action,
    report_action,
    return_action,
    say_no_action,
    set_actions,
    show_before,
)
from trainings.models import Attendance, FactoryAction, TrainingSession

Status = FactoryAction.Status
ROWS = {row.name: row for row in enterprises()}


@dataclass(frozen=True)
class Task:
    """What was asked after a session, `day` days ago, what the IKM then wrote, and what the photos show."""

    session: str
    day: int
    text: str
    done: str
    subject: str


TASKS = (
    Task("Tata letak dan kontrol visual", 258, "Beri garis dan label di satu rak bahan",
         "Rak diberi label nama dan jumlah paling sedikit.", "shelf"),
    Task("Bahaya di bengkel dan APD", 230, "Gantung APAR setinggi dada dan bebaskan jalannya",
         "APAR digantung, kardus di depannya dipindah.", "extinguisher"),
    Task("Rencana kendali dan barang NG", 188, "Sediakan bak merah untuk barang NG di satu mesin",
         "Bak merah dipasang, isinya dihitung tiap sore.", "bins"),
    Task("Harga pokok dan buku kas", 104, "Tulis buku kas tiap hari selama dua minggu",
         "Buku kas terisi tiap sore.", "note"),
)  # fmt: skip
LATEST = Task(
    "Laporan keuangan dan arus kas", 12, "Buat papan bayangan untuk perkakas satu mesin",
    "Papan terpasang di samping mesin bubut.", "tools",
)  # fmt: skip
# where the latest action of some stands now; everybody else has it open
NOW = {
    "Rukun Spion Teknik": Status.REPORTED,
    "Tunas Handel Rem": Status.REPORTED,
    "Gemilang Baut": Status.RETURNED,
    "Nira Stamping Utama": Status.RETURNED,
    "Kencana Plastik Otomotif": Status.CLOSED,
    "Banyu Radiator Jaya": Status.CLOSED,
}
WITHOUT = "Kepuasan pelanggan"


def factory_actions(show: Show) -> None:
    """Tell what became of the sessions of the present round."""
    for task in TASKS:
        show.tell(given(show, task, days=14))
    show.tell(given(show, LATEST, days=16))
    show.tell(nothing_asked(show))


def held(title: str) -> TrainingSession:
    return TrainingSession.objects.get(title=title, cohort__code="angkatan-5")


def given(show: Show, task: Task, *, days: int) -> Story:
    """The trainer gives everybody who was there the same; each IKM then goes its own way."""
    yield show.at(task.day, "17.30")
    session = held(task.session)
    marks = Attendance.objects.present().filter(session=session)
    enrolments = Enrolment.objects.filter(pk__in=marks.values("enrolment"), status=Enrolment.Status.ACTIVE)
    due_on = show.day(task.day - days)
    actions = set_actions(
        session,
        enrolments.select_related("enterprise", "cohort").order_by("enterprise__name"),
        [task.text],
        due_on=max(due_on, show.day(task.day) + timedelta(days=1)),
        by=session.trainer,
    )
    for action in actions:
        row = ROWS[action.enrolment.enterprise.name]
        show.tell(lately(show, row, action) if task is LATEST else done(show, row, action, task))


def done(show: Show, row: EnterpriseRow, action: FactoryAction, task: Task) -> Story:
    """Shown, done, sometimes returned once, and closed; who is rarely diligent leaves the last one lying."""
    dice = show.random("factory action", row.name, task.text)
    if task is TASKS[-1] and row.diligence < 60:
        return
    day = task.day - dice.randrange(4, 13) - (0 if row.diligence >= 80 else 12)
    if dice.random() < 0.5:
        yield show.at(task.day - 1, "16.05")
        show_before(action, photo_of(task, row, tidy=False), by=worker(show, row))
    yield show.at(day, "16.40")
    report_action(action, photo_of(task, row), task.done, by=worker(show, row))
    if dice.random() < 0.15:
        yield show.at(day - 2, "09.20")
        if mentor := mentor_of(action):
            return_action(action, "Foto diambil terlalu dekat; perlihatkan seluruh tempatnya.", by=mentor)
            yield show.at(day - 4, "16.15")
            report_action(action, photo_of(task, row), "Difoto ulang dari pintu.", by=worker(show, row))
    yield show.at(day - 6, "10.15")
    if (mentor := mentor_of(action)) and action.can_become(Status.CLOSED):
        close_action(action, by=mentor)


def lately(show: Show, row: EnterpriseRow, action: FactoryAction) -> Story:
    """The latest action, where it stands now."""
    wanted = NOW.get(row.name)
    if wanted is None:
        return
    yield show.at(8, "16.20")
    show_before(action, photo_of(LATEST, row, tidy=False), by=worker(show, row))
    yield show.at(4, "16.50")
    report_action(action, photo_of(LATEST, row), LATEST.done, by=worker(show, row))
    yield show.at(2, "09.40")
    mentor = mentor_of(action)
    if mentor and wanted == Status.RETURNED:
        return_action(action, "Bayangan kunci pas belum dicat, jadi tidak terlihat yang hilang.", by=mentor)
    elif mentor and wanted == Status.CLOSED:
        close_action(action, by=mentor)


def nothing_asked(show: Show) -> Story:
    """The trainer of an online meeting says why it sets nothing in motion."""
    yield show.at(125, "08.30")
    session = held(WITHOUT)
    say_no_action(session, "Tindak lanjutnya di temu bisnis dengan pembeli.", by=session.trainer)


def photo_of(task: Task, row: EnterpriseRow, *, tidy: bool = True):
    number = len(row.name) % 10
    return pictures.picture(task.subject, number, tidy)


def mentor_of(action: FactoryAction):
    """Return who accompanies the IKM at this moment, or None."""
    present = MentorAssignment.objects.filter(enrolment=action.enrolment_id, ends_on=None)
    assignment = present.select_related("mentor").first()
    return assignment.mentor if assignment else None

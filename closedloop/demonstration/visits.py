"""Visits of the present round to factories of graduates: confirmed by both sides, by one, and by none."""

from dataclasses import dataclass

from closedloop.demonstration import pictures
from closedloop.demonstration.show import Show, Story
from trainings.actions import add_visit_photo, confirm_hosting, confirm_leading, fill_visit, name_host
from trainings.models import TrainingSession, Visit


@dataclass(frozen=True)
class Plan:
    """One visit, `day` days ago; what the trainer saw line by line: y(es), p(artly), n(o), - not looked at."""

    title: str
    host: str
    day: int
    seen: str
    summary: str
    hosted: int | None = None  # days ago
    is_led: bool = True


PLANS = (
    Plan("Kunjungan 5R ke CV Sekawan Baut Teknik", "Sekawan Baut Teknik", 238, "yyypyy",
         "Papan bayangan dibuat dari sisa triplek; piketnya digambar, bukan ditulis.", 237),
    Plan("Kunjungan 5R ke UD Wadas Tempa Baja", "Wadas Tempa Baja", 196, "ypypnp",
         "Jalur forklip digeser ke luar; jarak ambil bahan tinggal separuh."),
    Plan("Kunjungan 5R ke PT Satria Injeksi Plastindo", "Satria Injeksi Plastindo", 150, "yyy---",
         "", is_led=False),
)  # fmt: skip
VERDICTS = {"y": "yes", "p": "partly", "n": "no", "-": ""}


def visits(show: Show) -> None:
    """Tell every visit."""
    for plan in PLANS:
        show.tell(visited(show, plan))


def visited(show: Show, plan: Plan) -> Story:
    """The office names the host, the trainer fills in the list on the spot, the host agrees the day after."""
    yield show.at(plan.day + 3, "15.10")
    session = TrainingSession.objects.get(title=plan.title, cohort__code="angkatan-5")
    visit = name_host(session, show.cast.enrolments[plan.host], by=show.cast.staff)
    yield show.at(plan.day, "14.20")
    session.refresh_from_db()
    for number in range(2):
        add_visit_photo(visit, pictures.picture("shelf", number + plan.day % 7), by=session.trainer)
    answers = {
        order: (VERDICTS[letter], REMARKS.get(order, "") if letter == "p" else "")
        for order, letter in enumerate(plan.seen, start=1)
    }
    act = confirm_leading if plan.is_led else fill_visit
    act(visit, answers, summary=plan.summary, by=session.trainer)
    if plan.hosted is not None:
        yield show.at(plan.hosted, "08.05")
        confirm_hosting(Visit.objects.get(pk=visit.pk), by=show.cast.users[plan.host])


REMARKS = {
    2: "Label belum di semua rak.",
    4: "Sumber oli di bawah mesin dua belum ketemu.",
    6: "Berkeliling tiap dua minggu.",
}

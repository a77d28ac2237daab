"""What owners asked about their attendance: excuses before a session, corrections after it."""

from dataclasses import dataclass

from closedloop.demonstration import pictures
from closedloop.demonstration.show import Show, Story
from trainings.actions import answer_correction, answer_excuse, ask_correction, ask_excuse
from trainings.models import Attendance, Excuse, TrainingSession

Kind = Excuse.Kind


@dataclass(frozen=True)
class Wish:
    """One request; `day` is days ago. Without `answered` nobody has decided on it yet."""

    enterprise: str
    day: int
    reason: str
    answered: int | None = None
    grant: bool = True
    answer: str = ""


QUALITY, ACCOUNTS, TALKS = (
    "Gugus kendali mutu di lini",
    "Susulan laporan keuangan",
    "Temu bisnis daring dengan pembeli",
)
EXCUSES = (
    (QUALITY, Kind.EXCUSED, Wish("Nira Stamping Utama", 3, "Audit pemasok dari pembeli jatuh pada hari yang sama.")),
    (QUALITY, Kind.EXCUSED, Wish(
        "Tapak Roda Teknik", 4, "Mengantar contoh hub roda ke pabrik pembeli di Karawang.", 3,
        answer="Baik. Materinya dikirim ke email Anda.",
    )),
    (ACCOUNTS, Kind.SICK, Wish("Rukun Spion Teknik", 2, "Rawat inap; surat dokter menyusul hari Senin.", 1)),
    (ACCOUNTS, Kind.EXCUSED, Wish(
        "Karya Plat", 2, "Sedang banyak pesanan.", 1, grant=False,
        answer="Anda sudah dua kali absen di modul ini. Kirim wakil agar modulnya lulus.",
    )),
    (TALKS, Kind.EXCUSED, Wish("Galuh Tekno Karet", 1, "Keluarga menikah di Garut; wakil juga ikut.")),
)  # fmt: skip
Status = Attendance.Status
CORRECTIONS = (
    (Status.SICK, Wish("Anggrek Bubut Mandiri", 255, "Surat dokter baru sampai ke petugas.", 253)),
    (Status.PRESENT, Wish(
        "Karya Plat", 93, "Saya hadir, tetapi tidak sempat memindai.", 91, grant=False,
        answer="Narasumber dan dua peserta lain tidak melihat Anda di kelas hari itu.",
    )),
    (Status.LATE, Wish("Losari Karoseri Timur", 2, "Saya datang pukul 09.40 lewat pintu belakang; ada fotonya.")),
)  # fmt: skip


def requests(show: Show) -> None:
    """Tell every excuse and every correction."""
    for title, kind, wish in EXCUSES:
        show.tell(excuse(show, title, kind, wish))
    for wanted, wish in CORRECTIONS:
        show.tell(correction(show, wanted, wish))


def excuse(show: Show, title: str, kind: str, wish: Wish) -> Story:
    """One IKM cannot come to a session that is planned."""
    yield show.at(wish.day, "18.10")
    session = TrainingSession.objects.get(title=title)
    enrolment = show.cast.enrolments[wish.enterprise]
    photo = pictures.picture("note", 3) if kind == Kind.SICK else None
    asked = ask_excuse(
        session, enrolment, kind, wish.reason, by=show.cast.users[wish.enterprise], photo=photo
    )
    if wish.answered is not None:
        yield show.at(wish.answered, "08.15")
        answer_excuse(asked, grant=wish.grant, answer=wish.answer, by=session.trainer)


def correction(show: Show, wanted: str, wish: Wish) -> Story:
    """The owner says that the latest absence was written down wrongly."""
    yield show.at(wish.day, "19.25")
    enrolment = show.cast.enrolments[wish.enterprise]
    absences = Attendance.objects.filter(
        enrolment=enrolment, status=Status.ABSENT, session__status=TrainingSession.Status.CLOSED
    )
    absence = absences.order_by("-session__starts_at").first()
    if absence is None:
        return
    by = show.cast.users.get(wish.enterprise) or absence.session.trainer
    photo = pictures.picture("machine", 2) if wanted == Status.LATE else None
    asked = ask_correction(absence, wanted, wish.reason, by=by, photo=photo)
    if wish.answered is not None:
        yield show.at(wish.answered, "09.35")
        answer_correction(asked, grant=wish.grant, answer=wish.answer, by=show.cast.staff)

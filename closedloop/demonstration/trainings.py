"""Sessions are planned, opened, attended and closed; marks of tests are written down."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from closedloop.audit.trail import record
from closedloop.demonstration.enterprises import first_day
from closedloop.demonstration.programme import TEST_DAYS, Meeting
from closedloop.demonstration.show import WIB, Show, Story
from closedloop.demonstration.tables import EnterpriseRow, enterprises
from closedloop.regions.models import Regency
from participants.models import Enrolment, Person
from trainings.actions import (
    add_guest,
    cancel_session,
    check_in,
    close_session,
    correct,
    enter_test_result,
    mark,
    open_session,
    print_sheet,
    reject,
    schedule_session,
)
from trainings.check_in_codes import qr_token, spoken_code
from trainings.models import Attendance, TestResult, TrainingSession

Status, Kind = Attendance.Status, TrainingSession.Kind
MINUTE = timedelta(minutes=1)
ROWS = {row.name: row for row in enterprises()}


def lasting(hours: int) -> timedelta:
    """Return how long so many lesson hours of 45 minutes take, with the break of a whole day."""
    return timedelta(minutes=45 * hours + (45 if hours >= 6 else 0))


def details(show: Show, plan: Meeting, starts_at: datetime, regency: Regency) -> dict:
    return {
        "cohort": show.cast.cohorts[plan.cohort],
        "module": show.cast.module(plan.cohort, plan.module),
        "title": plan.title,
        "starts_at": starts_at,
        "ends_at": starts_at + lasting(plan.hours),
        "lesson_hours": plan.hours,
        "place": plan.place,
        "regency": regency,
        "trainer": show.cast.users[plan.trainer],
        "kind": plan.kind,
    }


def meeting(show: Show, plan: Meeting) -> Story:
    """One session from its plan to its end."""
    yield show.at(max(plan.day + 21, 4), "16.00")
    regency = Regency.objects.select_related("province").get(code=plan.regency)
    starts_at = show.at(plan.day, plan.clock, ZoneInfo(regency.province.time_zone))
    if plan.is_draft:
        session = TrainingSession.objects.create(**details(show, plan, starts_at, regency))
        record("trainingsession.drafted", session, by=show.cast.staff)
        return
    session = schedule_session(by=show.cast.staff, **details(show, plan, starts_at, regency))
    if plan.cancelled is not None:
        yield show.at(plan.cancelled, "10.00")
        cancel_session(session, plan.reason, by=show.cast.staff)
        return
    yield starts_at - 20 * MINUTE
    open_session(session, by=session.trainer)
    yield from attended(show, plan, session)
    yield session.ends_at + 12 * MINUTE
    present = Attendance.objects.present().filter(session=session).count()
    counted = present + (1 if plan.day % 5 == 0 else 0)
    note = "Satu mahasiswa magang ikut duduk di kelas." if counted != present else ""
    if note and plan.day % 10 == 0:
        add_guest(session, "Rian Setiabudi", "Politeknik contoh, magang", by=session.trainer)
        note = ""
    close_session(session, head_count=counted, note=note, unreviewed=BORROWED, by=session.trainer)
    yield from corrected(show, plan, session)


BORROWED = "Satu HP dipinjamkan di ruangan; orangnya terlihat."


def session_today(show: Show) -> Story:
    """A session that opens about now: owners can check in while somebody looks at the demonstration."""
    yield show.at(17, "16.00")
    regency = Regency.objects.select_related("province").get(code="33.28")
    starts_at = soon(show.now)
    plan = Meeting(
        "angkatan-5", "5R", 0, "Audit silang 5R dan rencana perbaikan", 4, "Balai Pelatihan Industri Logam",
        "33.28", "mentor",
    )  # fmt: skip
    session = schedule_session(by=show.cast.staff, late_after=30, **details(show, plan, starts_at, regency))
    yield session.window.opens_at
    open_session(session, by=session.trainer)
    arrivals = [row for row in expected(show, session) if row.name in EARLY_TODAY]
    step = (show.now - session.window.opens_at) / (len(arrivals) + 2)
    for number, row in enumerate(arrivals, start=1):
        moment = session.window.opens_at + number * step
        yield moment
        arrive(show, session, row, moment, Random(number))  # noqa: S311 a story
    print_sheet(session, by=session.trainer)
    add_guest(session, "Bayu Pratama", "Dinas Perindustrian contoh", by=session.trainer)


EARLY_TODAY = (
    "Rukun Spion Teknik",
    "Tunas Handel Rem",
    "Banyu Radiator Jaya",
    "Gemilang Baut",
    "Kencana Plastik Otomotif",
)


def soon(now: datetime) -> datetime:
    """Return the next quarter of an hour that is at least ten minutes away, or a moment ago late at night."""
    local = now.astimezone(WIB).replace(second=0, microsecond=0)
    starts_at = local + timedelta(minutes=10 + -(local.minute + 10) % 15)
    return starts_at if starts_at.date() == local.date() else local - 5 * MINUTE


def expected(show: Show, session: TrainingSession) -> list[EnterpriseRow]:
    """Return the IKM on the roster, in the order of the tables."""
    names = set(
        Enrolment.objects.on_roster().filter(cohort=session.cohort).values_list("enterprise__name", flat=True)
    )
    return [row for row in ROWS.values() if row.name in names]


def attended(show: Show, plan: Meeting, session: TrainingSession) -> Story:
    """Let everybody on the roster come, come late, send word, or stay away."""
    arrivals, others = [], []
    for row in expected(show, session):
        dice = show.random("attendance", plan.cohort, plan.module, plan.day, row.name)
        if plan.kind == Kind.MAKE_UP:
            (arrivals if missed_before(show, session, row) else others).append((row, dice, Status.EXCUSED))
        elif row.is_steady or dice.random() * 100 < row.diligence:
            arrivals.append((row, dice, Status.PRESENT))
        else:
            others.append((row, dice, dice.choices(REASONS, (4, 2, 4))[0]))
    times = []
    for row, dice, _status in arrivals:
        is_late = not row.is_exemplary and dice.random() < 0.09
        times.append(
            (
                session.starts_at + MINUTE * (dice.randrange(17, 55) if is_late else dice.randrange(-18, 14)),
                row,
            )
        )
    for moment, row in sorted(times, key=lambda pair: (pair[0], pair[1].name)):
        yield moment
        arrive(show, session, row, moment, show.random("arrival", plan.module, plan.day, row.name))
    yield session.ends_at - 15 * MINUTE
    for row, _dice, status in others:
        if status != Status.ABSENT:  # who says nothing is absent when the session is closed
            mark(session, show.cast.enrolments[row.name], status, by=session.trainer)
    refuse_one(show, plan, session)


REASONS = (Status.EXCUSED, Status.SICK, Status.ABSENT)


def missed_before(show: Show, session: TrainingSession, row: EnterpriseRow) -> bool:
    """Whether the IKM missed a session of the module that a make-up session gives back."""
    return (
        Attendance.objects.filter(enrolment=show.cast.enrolments[row.name], session__module=session.module)
        .exclude(status__in=Attendance.PRESENT)
        .exists()
    )


def arrive(show: Show, session: TrainingSession, row: EnterpriseRow, moment: datetime, dice: Random) -> None:
    """Check in as the owner does on a phone, or be marked by the trainer where nobody has an account."""
    enrolment = show.cast.enrolments[row.name]
    people = Person.objects.active().filter(enterprise=enrolment.enterprise_id).select_related("user")
    owner, *helpers = people.order_by("-is_primary", "full_name")
    if owner.user is None or not owner.user.has_usable_password():
        late = moment >= session.window.late_from
        mark(session, enrolment, Status.LATE if late else Status.PRESENT, by=session.trainer)
        return
    code = (
        spoken_code(session.secret, moment)
        if dice.random() < 0.35
        else qr_token(session.secret, session.code, moment)
    )
    is_borrowed = show.random("phone", session.title, row.name).random() < 0.04
    sends_somebody = session.module.code != "BM" and not row.is_exemplary and dice.random() < 0.12
    check_in(
        session,
        person=owner,
        code=code,
        by=owner.user,
        now=moment,
        device="ponsel-pinjaman" if is_borrowed else f"ponsel-{enrolment.enterprise.code}",
        delegate_name=dice.choice(DELEGATES) if sends_somebody else "",
    )
    if helpers and not sends_somebody and dice.random() < 0.16:
        mark(session, enrolment, Status.PRESENT, by=session.trainer, person=helpers[0])


DELEGATES = ("Sutrisno Adi", "Wening Lestari", "Rohman Jatmiko", "Tuti Rahayuni", "Karno Wibisana")


def refuse_one(show: Show, plan: Meeting, session: TrainingSession) -> None:
    """Now and then somebody checked in from elsewhere, and the trainer says so."""
    if plan.day % 7 or plan.kind == Kind.ONLINE:
        return
    marks = session.attendances.filter(verification="recorded").select_related("enrolment__enterprise")
    weakest = min(
        (one for one in marks if not ROWS[one.enrolment.enterprise.name].is_exemplary),
        key=lambda one: (ROWS[one.enrolment.enterprise.name].diligence, one.enrolment.enterprise.name),
        default=None,
    )
    if weakest:
        reject(weakest, "Tidak ada di ruangan saat daftar hadir diperiksa pukul 10.30.", by=session.trainer)


def corrected(show: Show, plan: Meeting, session: TrainingSession) -> Story:
    """An absence that turned out to be an illness, told two days later."""
    if plan.day % 3:
        return
    yield show.at(max(plan.day - 2, 0), "11.15")
    absent = session.attendances.filter(status=Status.ABSENT).order_by("enrolment__enterprise__name").first()
    if absent:
        correct(
            absent, Status.SICK, "Surat dokter diterima petugas dua hari setelah sesi.", by=show.cast.staff
        )


# marks that a story needs
MARKS = {("Gemilang Baut", "5R"): 66}


def tests_of(show: Show, row: EnterpriseRow) -> Story:
    """Marks before and after each module; some fail, some were never there."""
    cohort = f"angkatan-{row.cohort}"
    for code, day in sorted(TEST_DAYS[cohort].items(), key=lambda pair: -pair[1]):
        if first_day(row) < day:  # came later
            continue
        yield show.at(day, "14.30")
        enrolment = show.cast.enrolments[row.name]
        if enrolment.status != Enrolment.Status.ACTIVE:
            continue
        dice = show.random("test", row.name, code)
        before = dice.randrange(34, 62)
        after = min(before + dice.randrange(14, 34), 100)
        if row.is_exemplary:
            after = dice.randrange(78, 96)
        elif dice.random() * 100 < (97 if row.is_steady else row.diligence - 12):
            after = max(after, dice.randrange(70, 90))
        after = MARKS.get((row.name, code), after)
        module, by = show.cast.module(cohort, code), show.cast.staff
        taken = show.day(day + 2)
        if dice.random() < 0.93:
            enter_test_result(enrolment, module, TestResult.Kind.PRE, Decimal(before), taken, by=by)
        if row.is_exemplary or dice.random() < 0.94:
            enter_test_result(enrolment, module, TestResult.Kind.POST, Decimal(after), taken, by=by)

"""The rounds of the programme and who takes part in them."""

from datetime import timedelta

from assessments.actions import pin_rubric
from closedloop.demonstration.enterprises import LATE, first_day
from closedloop.demonstration.show import Show, Story
from closedloop.demonstration.tables import EnterpriseRow
from participants.actions import (
    assign_mentor,
    create_cohort,
    enrol,
    finish_follow_up,
    move_cohort,
    move_enrolment,
    pin_indicators,
)
from participants.models import Cohort, Enrolment
from trainings.actions import pin_curriculum

Status = Cohort.Status
State = Enrolment.Status

# how far the last comers got
REGISTERED_ONLY = ("Purnama Las Presisi", "Lumbung Gear Mandiri")
APPLICANTS = ("Seruni Jok Kulit", "Tanimbar Suku Cadang")
# who left or paused: days ago, state, reason
LEAVERS = {
    "Gumilang Kabel Gas": (
        540,
        State.WITHDRAWN,
        "Pemilik pindah usaha ke bidang lain dan menyerahkan mesin kepada saudara.",
    ),
    "Bahari Propeler Nusa": (
        212,
        State.WITHDRAWN,
        "Lokasi terlalu jauh dari kelas tatap muka; memilih menunggu angkatan di Kalimantan.",
    ),
    "Kartika Cat Serbuk": (
        92,
        State.ON_LEAVE,
        "Oven cat terbakar ringan; produksi berhenti sampai oven pengganti terpasang.",
    ),
}

# what was found when somebody looked after a graduate
FOUND = (
    "Masih memasok dua pembeli; papan 5R dipakai setiap hari.",
    "Jumlah pekerja tetap; mesin kedua sudah dipesan.",
    "Pesanan turun satu bulan, lalu pulih; jadwal perawatan berjalan.",
)


def cohort(
    show: Show, number: int, *, created: int, opened: int, begins: int, ends: int, quota: int, **fields
) -> Story:
    """One round from its plan to its end; days are days ago, so what is negative is still to come."""
    code = f"angkatan-{number}"
    yield show.at(created, "09.30")
    cast = show.cast
    cast.cohorts[code] = create_cohort(
        by=cast.staff,
        code=code,
        name=f"Angkatan {number}",
        starts_on=show.day(begins),
        ends_on=show.day(ends),
        quota=quota,
        **fields,
    )
    pin_curriculum(cast.cohorts[code], cast.curricula[code], by=cast.staff)
    pin_rubric(cast.cohorts[code], cast.rubrics[code], cast.scheme, by=cast.staff)
    pin_indicators(cast.cohorts[code], cast.indicator_set, by=cast.staff)
    yield show.at(opened, "09.40")
    move_cohort(cast.cohorts[code], Status.OPEN, by=cast.staff)
    yield show.at(begins, "08.10")
    move_cohort(cast.cohorts[code], Status.RUNNING, by=cast.staff)
    yield show.at(ends - 2, "16.00") if ends > 0 else show.now + timedelta(days=1)
    move_cohort(cast.cohorts[code], Status.CLOSED, by=cast.staff)


def taking_part(show: Show, row: EnterpriseRow) -> Story:
    """One IKM from applicant to wherever it got."""
    begin = first_day(row)
    cast, dice = show.cast, show.random("part", row.name)
    if not row.is_imported:
        yield show.at(begin, "10.20")
        cast.enrolments[row.name] = enrol(
            cast.enterprises[row.name],
            cast.cohorts[f"angkatan-{row.cohort}"],
            by=cast.staff,
            reason="Usulan dinas setempat" if dice.random() < 0.4 else "",
        )
        if row.name in APPLICANTS:
            return
        yield show.at(begin - dice.randrange(5, 9), "14.10")
        move_enrolment(cast.enrolments[row.name], State.REGISTERED, by=cast.staff)
    else:
        yield show.at(begin, "15.00")
    enrolment = cast.enrolments[row.name]
    if row.name == "Lumbung Gear Mandiri":  # nobody accompanies it yet
        return
    start = {"4": 662, "5": 306}[row.cohort] if row.name not in LATE else begin - 10
    yield show.at(start, "10.00")
    assign_mentor(enrolment, cast.users[row.mentor], by=cast.staff)
    if row.name in REGISTERED_ONLY:
        return
    yield show.at(start - 3, "09.00")
    move_enrolment(enrolment, State.ACTIVE, by=cast.staff)
    if row.name in LEAVERS:
        day, status, reason = LEAVERS[row.name]
        yield show.at(day, "11.00")
        move_enrolment(enrolment, status, by=cast.staff, reason=reason)
        return
    if row.name == "Merapi Tuang Logam":  # got another mentor halfway
        yield show.at(120, "10.30")
        assign_mentor(enrolment, cast.users["mentor3"], by=cast.staff)
    if row.cohort == "4":
        yield show.at(335, "13.00")
        move_enrolment(enrolment, State.GRADUATED, by=cast.staff)
        for day, follow_up in zip((240, 150), enrolment.follow_ups.all(), strict=False):
            yield show.at(day, "14.00")
            finish_follow_up(follow_up, dice.choice(FOUND), by=cast.staff)

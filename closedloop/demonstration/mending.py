"""Why findings came about, whether their mending holds weeks later, and what the portal said about their days."""

from datetime import timedelta

from assessments.actions import (
    check_effect,
    close_by,
    escalate_findings,
    plan_action,
    remind_of_findings,
    write_causes,
)
from assessments.closers import offer_of
from assessments.models import Finding
from closedloop.demonstration import pictures
from closedloop.demonstration.show import Show, Story

WHYS = {
    "KS": (
        [
            "Pengaman dilepas saat perbaikan",
            "Tidak dipasang kembali",
            "Tidak ada yang memeriksa sebelum mesin jalan",
        ],
        "Pemeriksaan sebelum mesin jalan belum ada di lembar harian.",
    ),
    "KL": (
        ["Wadah penuh sebelum diangkut", "Jadwal angkut hanya sebulan sekali"],
        "Pengangkutan belum dijadwalkan menurut isi wadah.",
    ),
}
OTHERWISE = (
    ["Dikerjakan menurut kebiasaan", "Standarnya belum tertulis di tempat kerja"],
    "Standar kerja belum dipasang di mesin.",
)
HOLDS = "Masih seperti saat ditutup; operator tahu alasannya."
DOES_NOT = "Kembali seperti sebelum diperbaiki."


def explained(finding: Finding, *, by) -> None:
    """Write the whys that a critical finding is not closed without."""
    code = finding.criterion.code if finding.criterion else ""
    whys, cause = WHYS.get(code[:2], OTHERWISE)
    write_causes(finding, whys, finding.root_cause or cause, by=by)


def planned(show: Show, finding: Finding, *, by) -> None:
    """Write down what is going to be done, and which session teaches it."""
    plan_action(
        finding,
        "Tulis standar kerja dan pasang di mesin",
        responsible="Kepala produksi",
        due_on=max(finding.due_on, show.day(0)) + timedelta(days=3),
        by=by,
    )
    if closer := offer_of(finding.enterprise).closer("5R"):
        close_by(finding, closer.module, closer.session, by=by)


def looked_again(show: Show, finding: Finding, day: int, *, verdict: str = "", by="penilai") -> Story:
    """Somebody else looks again; `day` is how many days ago it was closed. Some have not been looked at yet."""
    dice = show.random("effect", str(finding), day)
    wanted = verdict or ("effective" if dice.random() < 0.93 else "not_effective")
    when = day - 30 - dice.randrange(5)
    if when < 1 or (not verdict and dice.random() < 0.05):
        return
    yield show.at(when, "13.40")
    holds = wanted == "effective"
    again = check_effect(
        finding.effectiveness,
        wanted,
        HOLDS if holds else DOES_NOT,
        pictures.evidence(dice, tidy=holds),
        by=show.cast.users[by],
    )
    if again is not None:
        yield show.at(max(when - 2, 1), "08.15")
        explained(again, by=show.cast.users[by])
        planned(show, again, by=show.cast.users[by])


def said_by_itself(show: Show) -> Story:
    """What beat did this week."""
    yield show.at(3, "06.00")
    remind_of_findings()
    escalate_findings()

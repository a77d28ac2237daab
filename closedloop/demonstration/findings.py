"""Findings and what became of them: mended, being mended, waiting for a check, or left lying."""

from datetime import timedelta

from assessments.actions import add_finding, close_finding, propose_closing, reopen, start_finding
from assessments.models import Finding
from closedloop.demonstration import pictures, words
from closedloop.demonstration.mending import explained, looked_again, planned
from closedloop.demonstration.show import Show, Story
from closedloop.demonstration.tables import EnterpriseRow, enterprises

# (IKM, item) of critical findings that nobody has mended
LEFT_LYING = {
    ("Pijar Busi", "KS6"),
    ("Rengganis Krom", "KL2"),
    ("Rengganis Krom", "KL1"),
    ("Baileo Teknik Logam", "KS7"),
    ("Anggrek Bubut Mandiri", "KS5"),
    ("Nira Stamping Utama", "KS3"),
}
# mended according to the IKM, not yet checked: days ago
PROPOSED = {("Pijar Busi", "KS7"): 5}


def follow_up(show: Show, row: EnterpriseRow, finding: Finding, day: int) -> Story:
    """What the IKM does about one finding that an assessment raised; `day` is when it was told."""
    code = finding.criterion.code if finding.criterion else ""
    dice = show.random("finding", row.name, code, day)
    if (row.name, code) in LEFT_LYING:
        if row.name in ("Anggrek Bubut Mandiri", "Nira Stamping Utama"):
            yield show.at(max(day - 6, 1), "08.40")
            start_finding(finding, by=worker(show, row))
        return
    days = dice.randrange(9, 26) if row.diligence >= 80 else dice.randrange(28, 70)
    yield show.at(max(day - days // 2, 1), "08.20")
    if dice.random() < 0.6:
        start_finding(finding, by=worker(show, row))
    yield show.at(PROPOSED.get((row.name, code), max(day - days, 1)), "17.05")
    explained(finding, by=worker(show, row))
    propose_closing(
        finding, words.CURES.get(code, words.CURE), pictures.evidence(dice, tidy=True), by=worker(show, row)
    )
    if (row.name, code) in PROPOSED:
        return
    if dice.random() < 0.15:
        yield show.at(max(day - days - 2, 1), "09.50")
        reopen(
            finding,
            "Foto diambil dari arah lain; perlihatkan tempat yang sama dengan foto sebelum.",
            by=show.cast.users[row.mentor],
        )
        yield show.at(max(day - days - 6, 1), "17.20")
        propose_closing(
            finding,
            words.CURES.get(code, words.CURE),
            pictures.evidence(dice, tidy=True),
            by=worker(show, row),
        )
    closed = max(day - days - 9, 1)
    yield show.at(closed, "10.40")
    close_finding(finding, by=show.cast.users[row.mentor])
    show.tell(looked_again(show, finding, closed))


def worker(show: Show, row: EnterpriseRow):
    """Return who enters it: the owner, or the office where the owner has no account."""
    return show.cast.users.get(row.name) or show.cast.staff


def ordinary_findings(show: Show) -> None:
    """Tell the weaknesses that mentors wrote down on their visits."""
    for row in enterprises():
        if row.start is None or row.diligence == 0 or row.name == "Gumilang Kabel Gas":
            continue
        dice = show.random("weaknesses", row.name)
        days = (610, 560, 470) if row.cohort == "4" else (247, 180, 119, 52)
        for day in days:
            if dice.random() < (0.3 if row.cohort == "4" else 0.42):
                show.tell(
                    weakness(show, row, day - dice.randrange(12), dice.randrange(len(words.WEAKNESSES)))
                )
    for name, day, number, is_finished in RECENT:
        row = next(one for one in enterprises() if one.name == name)
        show.tell(weakness(show, row, day, number, fate=is_finished))


# IKM, days ago, which weakness, where it stands now
RECENT = (
    ("Nira Stamping Utama", 24, 2, "in_progress"),
    ("Nira Stamping Utama", 31, 5, "proposed"),
    ("Nira Stamping Utama", 11, 0, "open"),
    ("Rukun Spion Teknik", 33, 1, "proposed"),
    ("Tunas Handel Rem", 40, 6, "open"),
    ("Sentra Busing", 19, 3, "in_progress"),
    ("Lintang Kampas", 26, 7, "proposed"),
    ("Bayu Pegas Sentosa", 37, 7, "in_progress"),
    ("Gemilang Baut", 28, 4, "open"),
    ("Lintang Kampas", 92, 0, "not_effective"),
    ("Gemilang Baut", 86, 1, "unchecked"),
)


def weakness(show: Show, row: EnterpriseRow, day: int, number: int, *, fate: str = "closed") -> Story:
    """One weakness from the visit on which it was seen."""
    yield show.at(day, "11.30")
    if show.cast.enrolments[row.name].status in ("withdrawn", "on_leave"):
        return
    problem, cause, cure = words.WEAKNESSES[number]
    mentor = show.cast.users[row.mentor]
    finding = add_finding(
        show.cast.enterprises[row.name],
        problem=problem,
        root_cause=cause,
        found_on=show.day(day),
        due_on=show.day(day) + timedelta(days=21),
        by=mentor,
    )
    dice = show.random("weakness", row.name, day)
    if fate == "open":
        return
    yield show.at(max(day - 4, 1), "08.30")
    start_finding(finding, by=worker(show, row))
    if fate == "in_progress":
        planned(show, finding, by=mentor)
        return
    late = dice.randrange(6, 18) if row.diligence >= 80 else dice.randrange(14, 45)
    yield show.at(max(day - 5 - late, 2), "16.45")
    after, before = pictures.evidence(dice, tidy=True), None
    if fate != "closed":  # of the latest ones the phone shows both sides
        before = pictures.evidence(show.random("before", row.name, day), tidy=False)
    propose_closing(finding, cure, after, before=before, by=worker(show, row))
    if fate == "proposed":
        return
    closed = max(day - 8 - late, 1)
    yield show.at(closed, "10.10")
    close_finding(finding, by=mentor)
    if fate != "unchecked":
        show.tell(looked_again(show, finding, closed, verdict="" if fate == "closed" else fate))

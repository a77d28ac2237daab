"""Agreements changed on their way: one addendum in force, one prepared, one given up."""

from closedloop.demonstration import pictures
from closedloop.demonstration.show import Show, Story
from partnerships.actions.addenda import LineChange, discard_addendum, draft_addendum
from partnerships.actions.addendum_signing import sign_addendum
from partnerships.scans import Scan

SIGNED, EFFECTIVE = 24, 20  # days ago


def amended(show: Show) -> Story:
    """Dearer steel raises a price, after a first draft was given up; a longer period still waits for its signature."""
    yield show.at(31, "10.10")
    by, agreement = show.cast.staff, show.cast.agreements["pandan"]
    [line] = agreement.lines.all()
    first = draft_addendum(
        agreement,
        by=by,
        number="ADD-1/PANDAN",
        effective_on=show.day(25),
        reason="Harga bahan gasket naik.",
        changes=[LineChange(line, unit_price=10_900)],
    )
    yield show.at(29, "15.40")
    discard_addendum(first, "Pembeli meminta kenaikan dihitung ulang dari harga bahan bulan lalu.", by=by)
    yield show.at(27, "09.20")
    agreed = draft_addendum(
        agreement,
        by=by,
        number="ADD-2/PANDAN",
        effective_on=show.day(EFFECTIVE),
        reason="Harga bahan gasket naik 4 persen; volume bulanan ditambah sesuai rencana produksi.",
        changes=[LineChange(line, unit_price=10_150, monthly_volume=6_500)],
    )
    yield show.at(SIGNED, "14.00")
    paper = pictures.picture("note", 77)
    sign_addendum(
        agreed,
        signed_on=show.day(SIGNED),
        place="Jakarta",
        by=by,
        scan=Scan(paper.content, paper.sha256, "jpg"),
        numbers={party: f"{party.part[:3].upper()}-ADD/2" for party in agreement.parties.all()},
    )
    yield show.at(6, "11.30")
    longer = show.cast.agreements["dewandaru"]
    draft_addendum(
        longer,
        by=by,
        number="ADD-1/DEWANDARU",
        effective_on=show.day(-14),
        reason="Model motor yang memakai karet ini diproduksi sampai tahun depan.",
        extends_to=show.day(-200),
        changes=[LineChange(longer.lines.get(), monthly_volume=13_000)],
    )

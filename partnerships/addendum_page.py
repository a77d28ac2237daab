"""What the pages say of addenda: each change with what was there before, and the lines in force on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from closedloop.accounts.models import User
from closedloop.core.formats import date_medium
from partnerships.agreed import Agreed
from partnerships.models import Addendum, AddendumChange, Agreement, ScopeLine
from partnerships.terms import Version, on_day

TONES = {"draft": "new", "signed": "info", "discarded": ""}
KIND_TONES = {"change": "info", "add": "ok", "end": "bad"}


@dataclass(frozen=True)
class ChangeShown:
    """One change: prices in Rupiah a piece, volumes in pieces a month; None where there is none."""

    change: AddendumChange
    part: str
    part_number: str
    enterprise: str
    buyer: str
    price_before: Decimal | None
    price_after: Decimal | None
    volume_before: int | None
    volume_after: int | None

    @property
    def tone(self) -> str:
        return KIND_TONES[self.change.kind]


@dataclass(frozen=True)
class AddendumShown:
    """One addendum as a reader may know of it; `is_whole`: the reader may see everything in it, so its paper too."""

    addendum: Addendum
    changes: list[ChangeShown]
    is_whole: bool

    @property
    def tone(self) -> str:
        return "ok" if self.addendum.is_in_force() else TONES[self.addendum.status]

    @property
    def state(self) -> str:
        """A signed one is in force or waits for its day."""
        if self.addendum.is_in_force():
            return _("Berlaku")
        if self.addendum.is_signed:
            return _("Berlaku mulai %(day)s") % {"day": date_medium(self.addendum.effective_on)}
        return self.addendum.get_status_display()

    @property
    def ends_before(self) -> date:
        """The end that it puts off: kept when it was signed, and until then the agreement's own."""
        return self.addendum.extended_from or self.addendum.agreement.ends_on


def addenda_shown(user: User, addenda: Iterable[Addendum]) -> list[AddendumShown]:
    """Return these addenda with the changes this reader may know of; five queries for any number of them."""
    addenda = list(addenda)
    rows = AddendumChange.objects.filter(addendum__in=addenda)
    counts: dict = {}
    for addendum in rows.order_by().values_list("addendum", flat=True):
        counts[addendum] = counts.get(addendum, 0) + 1
    mine = rows.visible_to(user).select_related(
        "line__agreement", "line__enterprise", "line__buyer", "enterprise", "buyer"
    )
    own: dict = {}
    for change in mine:
        own.setdefault(change.addendum_id, []).append(change)
    agreed = Agreed.of(change.line for change in mine if change.line)
    return [
        AddendumShown(
            addendum,
            [shown(change, addendum, agreed) for change in own.get(addendum.pk, [])],
            len(own.get(addendum.pk, [])) == counts.get(addendum.pk, 0),
        )
        for addendum in addenda
    ]


def shown(change: AddendumChange, addendum: Addendum, agreed: Agreed) -> ChangeShown:
    line, before = change.line, None
    if line is not None:
        history = agreed.history(line.pk, before=addendum if addendum.is_signed else None)
        before = on_day(history, addendum.effective_on)
    price, volume = (before.price, before.monthly_volume) if before else (None, None)
    is_end = change.kind == AddendumChange.Kind.END
    return ChangeShown(
        change=change,
        part=change.part,
        part_number=line.part_number if line else change.part_number,
        enterprise=str(line.enterprise if line else change.enterprise),
        buyer=str(line.buyer if line else change.buyer),
        price_before=price,
        price_after=None if is_end else price if change.unit_price is None else change.unit_price,
        volume_before=volume,
        volume_after=None if is_end else volume if change.monthly_volume is None else change.monthly_volume,
    )


@dataclass(frozen=True)
class LineShown:
    """One line with its versions, newest first; `now` is the one of the day that was asked for (None: not that day)."""

    line: ScopeLine
    now: Version | None
    brought_by: Addendum | None
    ended_by: Addendum | None  # which one ended the line before its agreement ends
    versions: list[tuple[Version, Addendum | None]]


def lines_on(lines: Iterable[ScopeLine], day: date) -> list[LineShown]:
    """Return every line of the scope with what is agreed for it on the day; the lines come with their agreements."""
    agreed = Agreed.of(lines)
    rows = [change for changes in agreed.changes.values() for change in changes]
    addenda = {change.addendum_id: change.addendum for change in rows}
    ends = {change.line_id: change.addendum for change in rows if change.kind == AddendumChange.Kind.END}
    found = []
    for line in agreed.lines.values():
        history = agreed.history(line.pk)
        now = on_day(history, day)
        brought_by = addenda.get(now.addendum) if now and now.addendum else None
        versions = [(one, addenda.get(one.addendum) if one.addendum else None) for one in reversed(history)]
        found.append(LineShown(line, now, brought_by, ends.get(line.pk), versions))
    return found


def day_in(agreement: Agreement, day: date) -> date:
    """Return the day of the agreement's period that is nearest to this one."""
    return min(max(day, agreement.starts_on), agreement.ends_on)


# when which paper is right, as the page explains it
WHEN = (
    (
        gettext_lazy("Adendum"),
        gettext_lazy(
            "Perjanjian berjalan dan nomornya tetap: harga, volume, atau part berubah mulai hari tertentu, "
            "atau masa berlaku ditambah. Angka sebelum hari itu tidak berubah."
        ),
    ),
    (
        gettext_lazy("Perpanjangan"),
        gettext_lazy(
            "Masa berlaku habis dan kerja sama diteruskan dengan naskah dan nomor baru. "
            "Janji dihitung lagi dari nol; perjanjian lama menjadi Diperpanjang."
        ),
    ),
    (
        gettext_lazy("Perjanjian baru"),
        gettext_lazy("IKM atau pembeli yang belum menjadi pihak ikut serta."),
    ),
)

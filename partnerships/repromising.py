"""What an addendum does to the promises of a line: days before it keep theirs, days from it on get new ones. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from partnerships.realisation import last_day_of, spread
from partnerships.terms import Change, Version

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Piece:
    """A volume in pieces and its value in whole Rupiah, promised for days that lie in one quarter."""

    starts_on: date
    ends_on: date
    volume: int
    value: Decimal

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1


def split(piece: Piece, day: date) -> tuple[Piece | None, Piece | None]:
    """Return what falls on the days before `day` and what falls on it and after; together they are the whole."""
    if piece.ends_on < day:
        return piece, None
    if piece.starts_on >= day:
        return None, piece
    share = Decimal((day - piece.starts_on).days) / piece.days
    volume, value = whole(piece.volume * share), whole(Decimal(piece.value) * share)
    before = Piece(piece.starts_on, day - ONE_DAY, int(volume), value)
    after = Piece(day, piece.ends_on, piece.volume - int(volume), Decimal(piece.value) - value)
    return before, after


def pieces_for(monthly_volume: int, price: Decimal, starts_on: date, ends_on: date) -> list[Piece]:
    """Return a steady monthly volume at a price over a period, by quarter."""
    return [
        Piece(max(quarter, starts_on), min(last_day_of(quarter), ends_on), volume, volume * Decimal(price))
        for quarter, volume in spread(monthly_volume, starts_on, ends_on).items()
    ]


def repriced(pieces: Iterable[Piece], price: Decimal) -> list[Piece]:
    """Return the same volumes on the same days at another price."""
    return [replace(piece, value=piece.volume * Decimal(price)) for piece in pieces]


def promised_after(
    rest: list[Piece], now: Version | None, change: Change | None, ends_on: date, until: date
) -> list[Piece]:
    """Return what is promised for the days that an addendum touches; `rest` is what was promised for them so far.

    `now`: the terms just before, None for a part that is added; `change` None: only the end is put off, from
    `ends_on` to `until`. A volume that stays keeps its quarters as they were, and goes on over the days added.
    """
    if change is not None and change.ends:
        return []
    price = now.price if now else None
    if change is not None and change.price is not None:
        price = change.price
    if change is not None and change.monthly_volume is not None and price is not None:
        return pieces_for(change.monthly_volume, price, change.on, until)
    if change is not None and change.price is not None:
        rest = repriced(rest, change.price)
    if now and now.monthly_volume and price is not None and until > ends_on:
        return rest + pieces_for(now.monthly_volume, price, ends_on + ONE_DAY, until)
    return rest


def whole(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)

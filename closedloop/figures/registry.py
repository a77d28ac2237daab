"""Figures and their values: what a number is called, what it means, and what it rests on."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum, auto

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from closedloop.accounts.permissions import Permission
from closedloop.core import formats, money

Number = Decimal | int


class Unit(StrEnum):
    """How a figure is counted, and so how it is written."""

    COUNT = auto()
    SHARE = auto()  # a ratio from 0 to 1, always with n and m
    SCORE = auto()  # 0 to 100
    POINTS = auto()  # a difference of scores
    RUPIAH = auto()  # whole Rupiah, net of PPN
    PPM = auto()  # rejected pieces per million delivered
    DAYS = auto()

    def write(self, value: Number | None, *, short: bool = False) -> str:
        """Return the value as people read it, in the language in force; None is "Belum ada data"."""
        if value is None:
            return formats.unknown()
        match self:
            case Unit.SHARE:
                return formats.percent(value)
            case Unit.SCORE:
                return formats.score(value)
            case Unit.POINTS:
                return formats.change(value)
            case Unit.RUPIAH:
                return money.rupiah_short(value) if short else money.rupiah(value)
        return formats.number(value)


@dataclass(frozen=True)
class Part:
    """One named piece of a figure: a province, a class, a month. `query` narrows the figure's page to it."""

    key: str
    name: str
    value: Number | None
    query: str = ""
    page: str = ""  # filled in from the figure

    @property
    def path(self) -> str:
        """The address of the list of records behind this piece."""
        address = reverse(self.page) if self.page else ""
        return f"{address}?{self.query}" if self.query else address


@dataclass(frozen=True)
class Value:
    """A figure as it stands. `value` is None where it is unknown; `records` is how many records it rests on.

    A share carries `n` of `m`. `page` with its `args` names the list of those records, `path` opens it.
    `withheld` means that the person asking may not see this figure, which is neither unknown nor zero.
    """

    value: Number | None
    records: int
    n: Number | None = None
    m: Number | None = None
    parts: tuple[Part, ...] = ()
    page: str = ""
    args: tuple[str, ...] = ()
    said: str = ""  # what a share is made of, where n and m alone do not say it
    withheld: bool = False
    figure: "Figure | None" = None
    as_of: datetime | None = None

    @property
    def is_known(self) -> bool:
        return self.value is not None

    @property
    def path(self) -> str:
        """The address of the list of records behind the figure."""
        return reverse(self.page, args=self.args) if self.page else ""

    @property
    def text(self) -> str:
        """The value in words: "92%", "Rp1,2 M" in full, "Belum ada data"."""
        return self.written(short=False)

    @property
    def short(self) -> str:
        """The value for a tile: money with three figures and a unit."""
        return self.written(short=True)

    @property
    def of(self) -> str:
        """What a share is made of: "19 dari 21 JP"; empty for other figures and where nothing is known."""
        if self.n is None or self.m is None or not self.figure:
            return ""
        if self.said:
            return self.said
        if self.figure.unit_of_parts is Unit.RUPIAH:
            n, m = money.rupiah_short(self.n), money.rupiah_short(self.m)
        else:
            n, m = formats.number(self.n), formats.number(self.m)
        words = _("%(n)s dari %(m)s") % {"n": n, "m": m}
        return f"{words} {self.figure.noun}".strip()

    def written(self, *, short: bool) -> str:
        if self.withheld:
            return _("Tidak ditampilkan untuk peran Anda")
        return self.figure.unit.write(self.value, short=short) if self.figure else formats.number(self.value)


def unknown(records: int = 0, **more) -> Value:
    """Return a value nobody can tell yet."""
    return Value(None, records, **more)


def share(n: Number, m: Number, *, records: int, **more) -> Value:
    """Return n of m, unknown where m is 0: a share of nothing is neither 0 nor 100%."""
    if not m:
        return unknown(records, **more)
    return Value(Decimal(n) / Decimal(m), records, n=n, m=m, **more)


@dataclass(frozen=True)
class Figure:
    """One entry of the registry. `source` names the rule; `noun` is what n and m of a share count."""

    code: str
    name: str | Promise
    unit: Unit
    definition: str | Promise
    source: str
    compute: Callable
    noun: str | Promise = ""
    unit_of_parts: Unit | None = None
    permission: Permission | None = None


REGISTRY: dict[str, Figure] = {}


def figure(code: str, name, unit: Unit, definition, *, source: str, **more) -> Callable:
    """Enter a function `sheet -> Value` into the registry under `code`; a code is never given twice."""

    def enter(compute: Callable) -> Callable:
        if code in REGISTRY:
            raise ValueError(f"the figure {code} is defined twice")
        REGISTRY[code] = Figure(code, name, unit, definition, source, compute, **more)
        return compute

    return enter


class Sheet:
    """All figures of one scope. What several of them read is read once.

    Every read is a function `scope -> {enterprise id: facts}`, so the same figure stands for the whole scope
    and, through `of`, for each IKM in it, without another query.
    """

    def __init__(self, scope, memo: dict | None = None, only=None):
        self.scope = scope
        self.memo = {} if memo is None else memo
        self.only = only

    def read(self, function: Callable) -> dict:
        """Return what `function` reads of the scope, narrowed to one IKM on a sheet made by `of`."""
        if function not in self.memo:
            self.memo[function] = function(self.scope)
        rows = self.memo[function]
        if self.only is None:
            return rows
        return {self.only: rows[self.only]} if self.only in rows else {}

    def of(self, enterprise_id) -> "Sheet":
        """Return the same sheet for one IKM of the scope."""
        return Sheet(self.scope, self.memo, enterprise_id)

    def value(self, code: str) -> Value:
        """Return one figure; KeyError for a code nobody defined."""
        entry = REGISTRY[code]
        user = self.scope.user
        if user and entry.permission and not user.may(entry.permission):
            found = Value(None, 0, withheld=True)
        else:
            found = entry.compute(self)
        parts = tuple(replace(part, page=found.page) for part in found.parts)
        return replace(found, figure=entry, as_of=self.scope.as_of, parts=parts)

    def values(self, codes) -> dict[str, Value]:
        """Return {code: value}."""
        return {code: self.value(code) for code in codes}

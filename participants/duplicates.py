"""Which rows of a workbook speak of an enterprise that is there already, in the file or in the registry.

Pure functions. The same NIB or NPWP is a duplicate. The same name with the same phone, or a near name in the
same regency, is only possibly one: it is held until a person decides.
"""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from participants.naming import name_key
from participants.reading import RegistrationRow

# a shorter name differs from many by one letter
SHORTEST_NEAR_NAME = 8


class Reason(StrEnum):
    SAME_NIB = "same_nib"
    SAME_NPWP = "same_npwp"
    SAME_RECORD = "same_record"
    NUMBERS_DISAGREE = "numbers_disagree"
    SAME_NAME_AND_PHONE = "same_name_and_phone"
    NEAR_NAME = "near_name"


CERTAIN = {Reason.SAME_NIB, Reason.SAME_NPWP, Reason.SAME_RECORD}
REASON_TEXT = {
    Reason.SAME_NIB: _("NIB sama dengan {other}."),
    Reason.SAME_NPWP: _("NPWP sama dengan {other}."),
    Reason.SAME_RECORD: _("Nama, telepon, dan daerah sama dengan {other}, keduanya tanpa NIB dan NPWP."),
    Reason.NUMBERS_DISAGREE: _("NIB sama dengan {other}, tetapi NPWP milik usaha lain. Periksa kedua nomor."),
    Reason.SAME_NAME_AND_PHONE: _("Nama dan telepon sama dengan {other}, tetapi nomornya lain."),
    Reason.NEAR_NAME: _("Nama mirip dengan {other} di daerah yang sama."),
}


@dataclass(frozen=True)
class Existing:
    """An enterprise of the registry, with what duplicates are known by; `key` is the caller's own."""

    key: Hashable
    name: str
    nib: str | None = None
    npwp: str | None = None
    phones: frozenset[str] = frozenset()
    regency_code: str | None = None

    @cached_property
    def name_key(self) -> str:
        """What spellings of the name share."""
        return name_key(self.name)


@dataclass(frozen=True)
class Duplicate:
    """What a row repeats: an earlier row (`of_row`) or an enterprise of the registry (`of_existing`)."""

    reason: Reason
    of_row: int | None = None
    of_existing: Hashable | None = None

    @property
    def is_certain(self) -> bool:
        """Whether it is the same enterprise beyond doubt; otherwise a person decides."""
        return self.reason in CERTAIN

    @property
    def message(self) -> Promise:
        if self.of_row is None:
            other = _("usaha yang sudah terdaftar")
        else:
            other = format_lazy(_("baris {row}"), row=self.of_row)
        return format_lazy(REASON_TEXT[self.reason], other=other)


class Known:
    """The enterprises seen so far, found by each thing that makes two the same."""

    def __init__(self) -> None:
        self.by_nib: dict[str, Existing] = {}
        self.by_npwp: dict[str, Existing] = {}
        self.by_name_and_phone: dict[tuple[str, str], Existing] = {}

    def add(self, one: Existing) -> None:
        """Remember it; of two that share something the first one counts."""
        if one.nib:
            self.by_nib.setdefault(one.nib, one)
        if one.npwp:
            self.by_npwp.setdefault(one.npwp, one)
        for phone in one.phones:
            self.by_name_and_phone.setdefault((one.name_key, phone), one)

    def find(self, one: Existing) -> tuple[Reason, Existing] | None:
        """Return what it repeats and why, the surest reason first."""
        nib_owner = self.by_nib.get(one.nib) if one.nib else None
        npwp_owner = self.by_npwp.get(one.npwp) if one.npwp else None
        if nib_owner and npwp_owner and nib_owner.key != npwp_owner.key:
            return Reason.NUMBERS_DISAGREE, nib_owner
        if nib_owner:
            return Reason.SAME_NIB, nib_owner
        if npwp_owner:
            return Reason.SAME_NPWP, npwp_owner
        for phone in one.phones:
            if namesake := self.by_name_and_phone.get((one.name_key, phone)):
                unnumbered = not any((one.nib, one.npwp, namesake.nib, namesake.npwp))
                same = unnumbered and one.regency_code == namesake.regency_code
                return (Reason.SAME_RECORD if same else Reason.SAME_NAME_AND_PHONE), namesake
        return None


def find_duplicates(
    rows: Sequence[RegistrationRow], existing: Iterable[Existing] = ()
) -> dict[int, Duplicate]:
    """Return, by sheet row, what each row repeats. Rows with errors are not looked at: they are not imported.

    A row that repeats an earlier row is reported as that, even when both are in the registry by now: so the
    same file gives the same answer before and after it was imported.
    """
    registry, file = Known(), Known()
    known = list(existing)
    for one in known:
        registry.add(one)
    found: dict[int, Duplicate] = {}
    originals: list[Existing] = []
    for row in rows:
        if not row.is_importable:
            continue
        one = as_existing(row)
        in_file, in_registry = file.find(one), registry.find(one)
        # the surest first, and within that the file before the registry
        best = min(
            filter(None, (in_file, in_registry)), key=lambda match: match[0] not in CERTAIN, default=None
        )
        if best is not None:
            found[row.sheet_row] = repeated(*best)
        if in_file is None:
            originals.append(one)
        file.add(one)
    for number, near in near_names(originals, known).items():
        found.setdefault(number, near)
    return found


def as_existing(row: RegistrationRow) -> Existing:
    phones = frozenset([row.phone] if row.phone else [])
    return Existing(RowKey(row.sheet_row), row.name, row.nib, row.npwp, phones, row.regency_code)


@dataclass(frozen=True)
class RowKey:
    """Tells rows of the file from the caller's own keys."""

    sheet_row: int


def repeated(reason: Reason, one: Existing) -> Duplicate:
    if isinstance(one.key, RowKey):
        return Duplicate(reason, of_row=one.key.sheet_row)
    return Duplicate(reason, of_existing=one.key)


def near_names(rows: Sequence[Existing], known: Sequence[Existing]) -> dict[int, Duplicate]:
    """Return the rows whose name is one slip of the pen away from an earlier one in the same regency."""
    groups: dict[str, tuple[list[Existing], list[Existing]]] = {}
    for place, ones in enumerate((known, rows)):
        for one in ones:
            if one.regency_code:
                groups.setdefault(one.regency_code, ([], []))[place].append(one)
    found: dict[int, Duplicate] = {}
    for registered, written in groups.values():
        if not written:
            continue
        seen: dict[tuple[str, str], Existing] = {}
        for one in (*registered, *written):
            keys = near_keys_of(one.name_key)
            other = next((seen[key] for key in keys if key in seen), None)
            if other is not None and isinstance(one.key, RowKey):
                found[one.key.sheet_row] = repeated(Reason.NEAR_NAME, other)
            for key in keys:
                seen.setdefault(key, one)
    return found


def near_keys(name: str) -> list[tuple[str, str]]:
    """Return keys of which two names share one if a letter is added, lost, replaced or swapped between them.

    The name without spaces, and the same with each letter left out once. Digits must be equal: unit 1 is not
    unit 2.
    """
    return near_keys_of(name_key(name))


def near_keys_of(key: str) -> list[tuple[str, str]]:
    compact = key.replace(" ", "")
    digits = "".join(re.findall(r"\d", compact))
    letters = re.sub(r"\d", "", compact) if digits else compact
    keys = [(digits, letters)]
    if len(letters) >= SHORTEST_NEAR_NAME:
        keys += [(digits, letters[:place] + letters[place + 1 :]) for place in range(len(letters))]
    return keys

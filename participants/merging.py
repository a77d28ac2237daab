"""Rules for putting two records of one enterprise together. Pure: they look at values, not at the database.

A merge moves every row of the hidden record to the surviving one. Where both have a row of which there can be
only one, CLASHES says, by the name of the constraint, what becomes of the hidden record's row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

# tables that tell where a record came from or what was judged about it; their rows stay with it
STAY_ALWAYS = {
    "participants.importrow": "says what one import wrote",
    "participants.enterprisemerge": "is the memory of a merge",
    "participants.notduplicate": "is a judgement about this very record",
}


@dataclass(frozen=True)
class Stays:
    """The row stays with the hidden record: the surviving one has its own. `unless` names a refusing state."""

    unless: str = ""
    refusal: str | Promise = ""


@dataclass(frozen=True)
class Yields:
    """The row moves, but is no longer the one that is marked by this column."""

    flag: str


@dataclass(frozen=True)
class Refuses:
    """A person must act first; nothing is merged."""

    text: str | Promise


CLASHES: dict[str, Stays | Yields | Refuses] = {
    "kbli_once_per_enterprise": Stays(),
    "one_primary_kbli_per_enterprise": Yields("is_primary"),
    "product_once_per_enterprise": Stays(),
    "one_annual_figure_per_year": Stays(),
    "one_baseline_per_enterprise": Yields("is_baseline"),
    "one_answer_per_time": Stays(),
    "one_baseline_answer_per_indicator": Yields("is_baseline"),
    "material_once_per_enterprise": Stays(),
    "process_is_confirmed_once_per_enterprise": Stays(),
    "photo_once_per_enterprise": Stays(),
    "one_primary_person_per_enterprise": Yields("is_primary"),
    "one_person_per_account": Stays(),
    "one_consent_in_force_per_purpose": Stays(),
    "one_enrolment_per_cohort": Stays(
        unless="is_open",
        refusal=_(
            "Kepesertaan catatan yang disembunyikan di {row} masih terbuka, sedangkan catatan yang bertahan "
            "sudah pernah ada di angkatan itu. Pertahankan catatan yang kepesertaannya terbuka."
        ),
    ),
    "one_open_enrolment_per_enterprise": Refuses(
        _("Keduanya masih mengikuti program ({row}). Luluskan atau keluarkan salah satunya dulu.")
    ),
    "one_waiting_decision_per_enterprise": Refuses(
        _("Keduanya menunggu sidang kelas. Putuskan atau tarik salah satu usulan dulu.")
    ),
    "one_scorecard_per_month": Stays(),
    "one_open_plan_item_per_criterion": Stays(),
    "enterprise_once_per_agreement": Stays(),
    "scope_line_is_said_once": Refuses(
        _("Satu MoU menjanjikan part yang sama ({row}) untuk keduanya. Betulkan MoU itu dulu.")
    ),
    "one_clearance_per_enterprise_and_buyer": Stays(),
    "one_buyer_scorecard_per_month": Stays(),
    "stall_is_asked_once": Stays(),
    "hold_is_overridden_once": Stays(),
}
# a table that several of nothing can share and that no rule above names
UNFORESEEN = Refuses(_("Keduanya punya catatan yang sama: {row}. Hapus atau ubah salah satunya dulu."))


def is_empty(value: Any) -> bool:
    """Whether a field says nothing; zero says something."""
    return value is None or value == ""


def chosen_from_other(
    survivor: Mapping[str, Any], other: Mapping[str, Any], choices: Mapping[str, str]
) -> list[str]:
    """Return the fields whose value comes from the other record.

    `choices` says "survivor" or "other" per field; where it is silent, the survivor's value stands, unless it
    has none.
    """
    taken = []
    for name, mine in survivor.items():
        theirs = other[name]
        silent = "other" if is_empty(mine) and not is_empty(theirs) else "survivor"
        if mine != theirs and choices.get(name, silent) == "other":
            taken.append(name)
    return taken


def class_refusal(survivor_level: int | None, other_level: int | None) -> Promise | None:
    """Return why this record may not survive, where the other stands higher; None when it may.

    A class is given and taken by the board alone, so a merge never changes the survivor's. The record that
    survives must therefore be the one with the higher class; a lower class of the hidden record, with the
    decisions that gave it, is kept as history. One of the two always may survive.
    """
    if (other_level or 0) > (survivor_level or 0):
        return _("Kelas usaha hanya diubah oleh sidang. Pertahankan catatan yang kelasnya lebih tinggi.")
    return None


def refusal(rule: Stays | Refuses, row: object) -> Promise:
    """Return the words of a rule about the row it refuses."""
    text: Any = rule.refusal if isinstance(rule, Stays) else rule.text
    return format_lazy(text, row=row)

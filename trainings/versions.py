"""A version of a curriculum beside the one it was made from: read, compared, and put in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from closedloop.core.formats import number, percent
from closedloop.core.revisions import Change, RowRevision
from trainings.models import Curriculum, Module
from trainings.revision import Revision, revision_of

COMPARED = (
    "name",
    "name_en",
    "lesson_hours",
    "visits",
    "outcomes",
    "outcomes_en",
    "min_attendance",
    "pass_mark",
    "action_required",
    "owner_must_attend",
    "needed_for_supply",
)


@dataclass(frozen=True)
class Line:
    """One change in words; several lines of text stand below each other."""

    label: str
    before: str
    after: str


def changes_of(curriculum: Curriculum) -> Revision | None:
    """Return what differs from the version it was made from; None where it was made from none."""
    if curriculum.based_on is None:
        return None
    return revision_of(_values_of(curriculum.based_on), _values_of(curriculum))


def _values_of(curriculum: Curriculum) -> list[dict[str, Any]]:
    modules = (
        curriculum.modules.select_related("prerequisite").prefetch_related("questions").order_by("order")
    )
    return [
        {
            "code": module.code,
            "title": module.title,
            **{name: getattr(module, name) for name in COMPARED},
            "prerequisite": module.prerequisite.code if module.prerequisite else None,
            "questions": frozenset(
                (one.text, one.text_en, *one.choices, *one.choices_en, one.correct)
                for one in module.questions.all()
            ),
        }
        for module in modules
    ]


def lines_of(module: RowRevision) -> list[Line]:
    """Return the changes of one module as a page shows them, before and after."""
    return [_line(change) for change in module.fields]


def _line(change: Change) -> Line:
    if change.field == "order":
        label = str(_("Urutan"))
    elif change.field == "questions":
        return _questions_line(change.before, change.after)
    else:
        label = _capital(str(Module._meta.get_field(change.field).verbose_name))
    return Line(label, _words(change.field, change.before), _words(change.field, change.after))


def _questions_line(before: frozenset, after: frozenset) -> Line:
    added, removed = len(after - before), len(before - after)
    counted = ngettext("%(n)d soal", "%(n)d soal", len(after)) % {"n": len(after)}
    detail = _("%(added)d baru, %(removed)d dihapus atau diubah") % {"added": added, "removed": removed}
    return Line(
        str(_("Bank soal")),
        ngettext("%(n)d soal", "%(n)d soal", len(before)) % {"n": len(before)},
        f"{counted} ({detail})",
    )


def _words(field: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("Ya") if value else _("Tidak")
    if value is None or value == "":
        return "–"
    if field == "min_attendance":
        return percent(value)
    if field == "pass_mark":
        return number(value, 2, trim=True)
    return str(value)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""Forms of two records of one enterprise: which value stands, and why they are two after all."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.formats import spoken, unknown
from closedloop.core.forms import form_helper
from closedloop.core.identifiers import masked
from closedloop.core.models import Money
from closedloop.core.money import rupiah
from closedloop.core.phone import display
from participants.actions.merges import columns, facts_of
from participants.merging import chosen_from_other, is_empty
from participants.models import Enterprise
from participants.side_by_side import capital
from participants.unmerging import Value

IDENTITY = ("nib", "npwp", "nitku")


@dataclass(frozen=True)
class FactLine:
    """One field of both records as the page shows it; `choice` is the field of the form where they differ."""

    label: str
    mine: str
    theirs: str
    differs: bool
    choice: Any = None


def label_of(name: str) -> str:
    """Return the name of a field as it stands at the beginning of a line."""
    return capital(str(Enterprise._meta.get_field(name).verbose_name))


def told(enterprise: Enterprise, name: str) -> str:
    """Return a fact as people read it; of an identity number only the last four digits."""
    return told_value(name, getattr(enterprise, name))


def told_value(name: str, value: Any) -> str:
    """Return a value of that field as people read it; a foreign key may come by its key alone."""
    if value in (None, ""):
        return unknown()
    column = Enterprise._meta.get_field(name)
    if name in IDENTITY:
        return masked(value)
    if name == "phone":
        return display(value)
    if isinstance(column, Money):
        return rupiah(value, language=spoken())
    if column.related_model and isinstance(value, str):
        return str(column.related_model._base_manager.get(pk=value))
    return str(dict(getattr(column, "flatchoices", ())).get(value, value))


def changed_since(values: list[Value]) -> list[dict[str, str]]:
    """Return what somebody changed after a merge, in words: the field, its value now and before the merge."""
    return [
        {
            "name": one.name,
            "label": label_of(one.name),
            "now": told_value(one.name, one.now),
            "before": told_value(one.name, one.before),
        }
        for one in values
    ]


class MergeForm(forms.Form):
    """Which of two records' values stands where they differ; each record's version is what the person saw."""

    survivor_version = forms.IntegerField(widget=forms.HiddenInput)
    other_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, survivor: Enterprise, other: Enterprise, **options):
        super().__init__(*args, **options)
        self.survivor, self.other = survivor, other
        self.fields["survivor_version"].initial = survivor.version
        self.fields["other_version"].initial = other.version
        mine, theirs = facts_of(survivor), facts_of(other)
        silent = set(chosen_from_other(mine, theirs, {}))
        self.names = [name for name in columns() if mine[name] != theirs[name]]
        self.unfilled = [name for name in columns() if is_empty(mine[name]) and is_empty(theirs[name])]
        for name in self.names:
            self.fields[self.key(name)] = forms.ChoiceField(
                label=Enterprise._meta.get_field(name).verbose_name,
                choices=[("survivor", told(survivor, name)), ("other", told(other, name))],
                initial="other" if name in silent else "survivor",
                widget=forms.RadioSelect,
                error_messages={"required": _("Pilih nilai yang dipakai.")},
            )

    @staticmethod
    def key(name: str) -> str:
        return f"pilih-{name}"

    def lines(self) -> list[FactLine]:
        """Return every field that either record fills, those that differ with their choice."""
        return [
            FactLine(
                label=label_of(name),
                mine=told(self.survivor, name),
                theirs=told(self.other, name),
                differs=name in self.names,
                choice=self[self.key(name)] if name in self.names else None,
            )
            for name in columns()
            if name not in self.unfilled
        ]

    def empty(self) -> list[str]:
        """Return the names of the fields that neither record fills."""
        return [label_of(name) for name in self.unfilled]

    def choices(self) -> dict[str, str]:
        """Return {field: "survivor" or "other"}."""
        return {name: self.cleaned_data[self.key(name)] for name in self.names}

    def versions(self) -> dict[str, int]:
        """Return {code: version} as the person saw them."""
        return {
            self.survivor.code: self.cleaned_data["survivor_version"],
            self.other.code: self.cleaned_data["other_version"],
        }

    def taken(self) -> list[FactLine]:
        """Return the fields that take their value from the record that is hidden."""
        return [line for line in self.lines() if line.choice and line.choice.value() == "other"]


class NotDuplicateForm(forms.Form):
    """Why two records that look alike are two enterprises."""

    reason = forms.CharField(
        label=_("Alasan bukan ganda"),
        max_length=300,
        help_text=_("Misalnya: dua pabrik milik keluarga yang sama, dengan NIB sendiri-sendiri."),
        error_messages={"required": _("Tulis mengapa keduanya usaha yang berbeda.")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

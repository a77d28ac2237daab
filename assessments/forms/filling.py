"""Starting, filling, submitting and reviewing an assessment."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.forms.merging import stored_answer
from assessments.merging import mark_of
from assessments.models import Assessment, Evidence
from assessments.sheet import Row, Section
from closedloop.accounts.roles import Role
from closedloop.core.forms import form_helper
from closedloop.core.photos import CleanPhoto, PhotoField, PhotoInput
from participants.models import Enrolment

NOT_APPLICABLE = "na"


class EnrolmentChoice(forms.ModelChoiceField):
    def label_from_instance(self, enrolment):
        return f"{enrolment.enterprise}, {enrolment.cohort}"


class StartForm(forms.Form):
    """Which IKM, which assessment, which day."""

    enrolment = EnrolmentChoice(
        label="IKM",
        queryset=Enrolment.objects.none(),
        empty_label=gettext_lazy("Pilih IKM"),
        error_messages={
            "required": gettext_lazy("Pilih IKM"),
            "invalid_choice": gettext_lazy("Pilih IKM dari daftar"),
        },
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Jenis penilaian"),
        choices=[],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pilih jenis penilaian")},
    )
    visited_on = forms.DateField(
        label=gettext_lazy("Tanggal kunjungan"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Isi tanggal kunjungan"),
            "invalid": gettext_lazy("Isi tanggal kunjungan, misalnya 2026-11-24"),
        },
    )

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()
        roster = Enrolment.objects.visible_to(user).on_roster()
        self.fields["enrolment"].queryset = roster.select_related("enterprise", "cohort")
        kinds = [Assessment.Kind.BASELINE, Assessment.Kind.MIDYEAR, Assessment.Kind.FINAL]
        if user.role == Role.MENTOR:  # the final one is made by somebody who is not the mentor
            kinds.remove(Assessment.Kind.FINAL)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]

    def clean_visited_on(self) -> date:
        day = self.cleaned_data["visited_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Tanggal kunjungan tidak boleh setelah hari ini"))
        return day


@dataclass
class FormRow:
    """One item on the page: the stored row and the three fields that change it."""

    row: Row
    score: forms.BoundField
    note: forms.BoundField
    photos: forms.BoundField
    seen: forms.BoundField

    @property
    def anchor(self) -> str:
        return word_of(self.row.criterion.code)

    @property
    def answer_errors(self) -> list[str]:
        """What is wrong with score and note: the page's script takes it back once they are stored."""
        return [*self.score.errors, *self.note.errors]

    @property
    def errors(self) -> list[str]:
        return [*self.answer_errors, *self.photos.errors]

    @property
    def choices(self) -> list[tuple[str, str, bool, str]]:
        """Value, words on the button, whether chosen, and what it means."""
        meanings = {str(value): words for value, words in self.row.criterion.meanings}
        chosen = str(self.score.value() if self.score.value() is not None else "")
        return [
            (value, label, value == chosen, meanings.get(value, ""))
            for value, label in self.score.field.choices
        ]

    @property
    def meaning(self) -> str:
        return next((words for _value, _label, chosen, words in self.choices if chosen), "")

    @property
    def show_note(self) -> bool:
        chosen = self.score.value()
        return bool(self.note.value() or self.note.errors or chosen == NOT_APPLICABLE)

    @property
    def stored_score(self) -> str:
        return value_word(self.row)

    @property
    def stored_json(self) -> str:
        """What is stored, score and note, as the browser compares it with what is typed."""
        return json.dumps([self.stored_score, "\n".join(self.row.note.splitlines())])

    @property
    def stored_mark(self) -> str:
        return mark_of(stored_answer(self.row))

    @property
    def differs(self) -> bool:
        """Whether what is stored is not what is typed: shown side by side after a conflict."""
        return (self.score.value() or "", (self.note.value() or "").strip()) != (
            value_word(self.row),
            self.row.note,
        )


def word_of(code: str) -> str:
    return code.replace(".", "-")


def value_word(row: Row) -> str:
    """Return the stored score as the form spells it: "", "na", "0" to "4"."""
    if row.score is None:
        return ""
    return NOT_APPLICABLE if row.score.not_applicable else str(row.score.value)


class SectionForm(forms.Form):
    """One section of the rubric: a score, a note and photos per item. Everything may be left for later."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, section: Section, version: int, **options):
        initial = {"version": version}
        for row in section.rows:
            word = word_of(row.criterion.code)
            initial |= {f"nilai_{word}": value_word(row), f"catatan_{word}": row.note}
            initial[f"dasar_{word}"] = mark_of(stored_answer(row))
        super().__init__(*args, initial=initial, **options)
        self.section, self.version = section, version
        for row in section.rows:
            self._add_fields(row)

    def _add_fields(self, row: Row) -> None:
        code, word = row.criterion.code, word_of(row.criterion.code)
        self.fields[f"nilai_{word}"] = forms.ChoiceField(
            label=_("Nilai butir %(code)s") % {"code": code},
            choices=score_choices(row),
            required=False,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": _("Pilih salah satu nilai yang tersedia")},
        )
        self.fields[f"catatan_{word}"] = forms.CharField(
            label=_("Catatan butir %(code)s") % {"code": code},
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
            error_messages={"max_length": _("Catatan paling panjang 1.000 huruf")},
        )
        self.fields[f"dasar_{word}"] = forms.CharField(
            required=False, max_length=12, widget=forms.HiddenInput
        )
        self.fields[f"foto_{word}"] = PhotoField(
            label=_("Foto butir %(code)s") % {"code": code},
            multiple=True,
            limit=Evidence.PHOTOS_PER_CRITERION,
            required=False,
            widget=PhotoInput(
                attrs={"aria-label": _("Tambah foto butir %(code)s") % {"code": code}}, multiple=True
            ),
        )

    @property
    def rows(self) -> list[FormRow]:
        return [
            FormRow(row, *(self[f"{name}_{word}"] for name in ("nilai", "catatan", "foto", "dasar")))
            for row in self.section.rows
            for word in [word_of(row.criterion.code)]
        ]

    def clean(self):
        for row in self.section.rows:
            word = word_of(row.criterion.code)
            score = self.cleaned_data.get(f"nilai_{word}")
            note = self.cleaned_data.get(f"catatan_{word}", "")
            if score == NOT_APPLICABLE and not note:
                self.add_error(
                    f"catatan_{word}",
                    _("Butir %(code)s: tulis alasan mengapa tidak berlaku") % {"code": row.criterion.code},
                )
            if score == "" and note:
                self.add_error(
                    f"nilai_{word}",
                    _("Butir %(code)s: pilih nilai untuk catatan ini") % {"code": row.criterion.code},
                )
        return self.cleaned_data

    def answers(self) -> dict:
        """Return {criterion: (value, not applicable, note)} as the actions take it, without items in error."""
        found = {}
        for item in self.rows:
            if item.errors:
                continue
            row, word = item.row, item.anchor
            score, note = self.cleaned_data[f"nilai_{word}"], self.cleaned_data[f"catatan_{word}"]
            value = int(score) if score not in ("", NOT_APPLICABLE) else None
            found[row.criterion] = (value, score == NOT_APPLICABLE, "\n".join(note.splitlines()))
        return found

    def seen(self) -> dict:
        """Return {criterion: mark} of what the page showed as stored when it was opened; empty without marks."""
        marks = {
            row.criterion: self.data.get(f"dasar_{word_of(row.criterion.code)}") for row in self.section.rows
        }
        return {criterion: mark for criterion, mark in marks.items() if mark}

    def pictures(self, visited_on: date) -> dict:
        """Return {criterion: [(photo, day it was taken)]}; the day of the visit where nobody knows better."""
        found = {}
        for row in self.section.rows:
            name = f"foto_{word_of(row.criterion.code)}"
            photos: list[CleanPhoto] = self.cleaned_data[name]
            days = taken_days(self.data.get(f"{name}_taken", ""))
            if photos:
                found[row.criterion] = [
                    (photo, days[n] if n < len(days) else visited_on) for n, photo in enumerate(photos)
                ]
        return found


def taken_days(text: str) -> list[date]:
    """Return the days on which the browser says the photos were taken; none when one is not plausible."""
    try:
        moments = [datetime.fromisoformat(word) for word in text.split()]
        days = [timezone.localdate(moment) for moment in moments]
    except ValueError:
        return []
    return days if all(date(2020, 1, 1) <= day <= timezone.localdate() for day in days) else []


def score_choices(row: Row) -> list[tuple[str, str]]:
    values = row.criterion.scores_allowed
    if row.criterion.is_yes_no:
        words = {0: _("Tidak"), 4: _("Ya")}
        choices = [(str(value), words.get(value, str(value))) for value in reversed(values)]
    else:
        choices = [(str(value), str(value)) for value in values]
    return [*choices, (NOT_APPLICABLE, _("Tidak berlaku"))]


class SubmitForm(forms.Form):
    """The last word of the assessor before handing in."""

    recommendation = forms.CharField(
        label=gettext_lazy("Rekomendasi"),
        help_text=gettext_lazy("Dibaca oleh sidang kelas dan pemilik IKM."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": gettext_lazy("Rekomendasi paling panjang 2.000 huruf")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

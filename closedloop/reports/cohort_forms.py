"""Ask for one kind of document of everybody in a cohort."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import DayField, form_helper
from closedloop.reports.cohort_documents import BY_BOARD, BY_MODULE, WORDS, scope_name, subjects_of
from closedloop.reports.forms import RELOAD
from closedloop.reports.models import Kind
from participants.models import Cohort
from trainings.models import Module

MOST_DOCUMENTS = 500  # more are asked for by module or by board


class CohortDocumentsForm(forms.Form):
    """Which document, of which cohort; fewer by module or by the day of a board."""

    kind = forms.ChoiceField(
        label=_("Dokumen"),
        choices=[(name, kind.label) for name, kind in WORDS.items()],
        error_messages={"invalid_choice": _("Pilih dokumen dari daftar.")},
    )
    cohort = forms.ModelChoiceField(
        label=_("Angkatan"),
        queryset=None,
        empty_label=_("Pilih angkatan"),
        error_messages={"required": _("Pilih angkatan."), "invalid_choice": _("Pilih angkatan dari daftar.")},
    )
    module = forms.ChoiceField(
        label=_("Modul"),
        required=False,
        help_text=_("Untuk sertifikat pelatihan dan daftar hadir."),
        error_messages={"invalid_choice": _("Pilih modul dari daftar.")},
    )
    day = DayField(
        label=_("Tanggal sidang"),
        required=False,
        help_text=_("Untuk sertifikat kelas dan berita acara; kosong berarti semua sidang."),
    )
    form_key = forms.UUIDField(
        widget=forms.HiddenInput, initial=uuid4, error_messages={"required": RELOAD, "invalid": RELOAD}
    )

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.user, self.found = user, []
        self.fields["cohort"].queryset = Cohort.objects.visible_to(user)
        modules = Module.objects.order_by("code", "-created_at").distinct("code")
        self.fields["module"].choices = [
            ("", _("Semua modul")),
            *((module.code, module.heading) for module in modules),
        ]
        self.helper = form_helper()

    @property
    def of(self) -> Kind:
        return WORDS[self.cleaned_data["kind"]]

    @property
    def narrowed(self) -> dict:
        """The module and the day, where the document has such."""
        data = self.cleaned_data
        return {"module": data.get("module") or "", "day": data.get("day")}

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        if data.get("module") and self.of not in BY_MODULE:
            self.add_error("module", _("Dokumen ini bukan per modul. Kosongkan."))
        if data.get("day") and self.of not in BY_BOARD:
            self.add_error("day", _("Dokumen ini bukan dari sidang. Kosongkan."))
        if not self.errors:
            self.found = list(
                subjects_of(self.of, self.user, data["cohort"], **self.narrowed)[: MOST_DOCUMENTS + 1]
            )
            if not self.found:
                self.add_error("cohort", _("Belum ada dokumen ini di angkatan dan cakupan tersebut."))
            elif len(self.found) > MOST_DOCUMENTS:
                self.add_error(
                    "cohort", _("Terlalu banyak untuk satu permintaan. Pilih satu modul atau satu sidang.")
                )
        return data

    def scope(self) -> str:
        """Return the words for the cohort, module or board in the request's title."""
        return scope_name(self.of, self.cleaned_data["cohort"], **self.narrowed)

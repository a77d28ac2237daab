"""Ask for reports. Choices are those within one's own scope, so nobody can name what they may not know of."""

from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import form_helper
from closedloop.reports.kinds import KINDS
from closedloop.reports.kinds.programme import PROGRAMME
from closedloop.reports.models import Kind
from participants.models import Cohort

RELOAD = _("Halaman ini sudah lama terbuka. Muat ulang, lalu kirim lagi.")


class RequestForm(forms.Form):
    """What every kind asks: the language, and the hidden key by which pressing twice is known as once."""

    language = forms.ChoiceField(label=_("Bahasa"), choices=settings.LANGUAGES)
    form_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"required": RELOAD, "invalid": RELOAD},
    )

    def __init__(self, *args, user, kind: Kind, **options):
        super().__init__(*args, **options)
        self.user, self.kind = user, kind
        self.choices = KINDS[kind].subjects(user)
        self.fields["form_key"].initial = uuid4
        self.helper = form_helper()

    def subjects(self) -> list:
        """Return what the reports shall be about; call it after is_valid()."""
        raise NotImplementedError

    def scope(self) -> str:
        """Return the words for the group they are of; empty where the subject is named anyway."""
        return ""


class EnterpriseForm(RequestForm):
    """One IKM, or every IKM of a cohort, one file each."""

    enterprise = forms.ModelChoiceField(
        label="IKM",
        queryset=None,
        required=False,
        empty_label=_("Semua IKM, pilih angkatan di bawah"),
        error_messages={"invalid_choice": _("Pilih IKM dari daftar.")},
    )
    cohort = forms.ModelChoiceField(
        label=_("Angkatan"),
        queryset=None,
        required=False,
        empty_label=_("Pilih angkatan"),
        help_text=_("Hanya untuk laporan semua IKM: satu berkas tiap IKM, dapat diunduh sebagai zip."),
        error_messages={"invalid_choice": _("Pilih angkatan dari daftar.")},
    )
    field_order = ["enterprise", "cohort", "language"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["enterprise"].queryset = self.choices.order_by("name")
        self.fields["cohort"].queryset = Cohort.objects.visible_to(self.user)

    def clean(self):
        data = super().clean()
        if not self.errors and not data.get("enterprise") and not data.get("cohort"):
            self.add_error("enterprise", _("Pilih satu IKM, atau pilih angkatan untuk semua IKM-nya."))
        elif not self.errors and not self.subjects():
            self.add_error("cohort", _("Belum ada IKM di angkatan ini."))
        return data

    def subjects(self) -> list:
        if one := self.cleaned_data.get("enterprise"):
            return [one]
        enrolled = self.cleaned_data["cohort"].enrolments.exclude(status="withdrawn").values("enterprise")
        return list(self.choices.filter(pk__in=enrolled).order_by("name"))

    def scope(self) -> str:
        return "" if self.cleaned_data.get("enterprise") else str(self.cleaned_data["cohort"])


class CohortForm(RequestForm):
    cohort = forms.ModelChoiceField(
        label=_("Angkatan"),
        queryset=None,
        empty_label=_("Pilih angkatan"),
        error_messages={"required": _("Pilih angkatan."), "invalid_choice": _("Pilih angkatan dari daftar.")},
    )
    field_order = ["cohort", "language"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["cohort"].queryset = self.choices

    def subjects(self) -> list:
        return [self.cleaned_data["cohort"]]


class AgreementForm(RequestForm):
    agreement = forms.ModelChoiceField(
        label=_("Perjanjian"),
        queryset=None,
        required=False,
        empty_label=_("Semua perjanjian"),
        error_messages={"invalid_choice": _("Pilih perjanjian dari daftar.")},
    )
    field_order = ["agreement", "language"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["agreement"].queryset = self.choices

    def clean(self):
        data = super().clean()
        if not self.errors and not self.subjects():
            raise ValidationError(_("Belum ada perjanjian yang dapat dilaporkan."))
        return data

    def subjects(self) -> list:
        one = self.cleaned_data.get("agreement")
        return [one] if one else list(self.choices.order_by("number"))


class ProgrammeForm(RequestForm):
    def subjects(self) -> list:
        return [PROGRAMME]


class MinutesForm(RequestForm):
    decision = forms.ModelChoiceField(
        label=_("Keputusan kelas"),
        queryset=None,
        empty_label=_("Pilih keputusan"),
        error_messages={
            "required": _("Pilih keputusan."),
            "invalid_choice": _("Pilih keputusan dari daftar."),
        },
    )
    field_order = ["decision", "language"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["decision"].queryset = (
            self.choices.defer("snapshot").select_related("enterprise").order_by("-decided_at")
        )
        self.fields["decision"].label_from_instance = lambda one: f"{one.record_number}, {one.enterprise}"

    def subjects(self) -> list:
        return [self.cleaned_data["decision"]]


FORMS = {
    Kind.ENTERPRISE: EnterpriseForm,
    Kind.COHORT: CohortForm,
    Kind.AGREEMENT: AgreementForm,
    Kind.PROGRAMME: ProgrammeForm,
    Kind.MINUTES: MinutesForm,
}

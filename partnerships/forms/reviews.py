"""Forms of quarterly reviews: the minutes, and the decisions, each with who sees to it until when."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import DayField, KeyedForm, form_helper
from participants.models import Enterprise
from partnerships.actions import DecisionDraft
from partnerships.complaint_page import criteria_of
from partnerships.forms.fields import is_blank
from partnerships.models import Requirement, ReviewDecision
from trainings.models import Module

Kind = ReviewDecision.Kind


class ReviewForm(KeyedForm):
    held_on = DayField(label=_("Tanggal tinjauan"), error_messages={"required": _("Isi tanggal tinjauan.")})
    attendees = forms.CharField(
        label=_("Peserta"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Nama dan lembaga, satu per baris."),
    )
    minutes = forms.CharField(
        label=_("Notulen"),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Isi notulen.")},
    )
    next_on = DayField(label=_("Tinjauan berikutnya"), required=False)


class RequirementChoice(forms.ModelChoiceField):
    def label_from_instance(self, requirement):
        return f"{requirement.part_name}, {requirement.buyer}"


class DecisionForm(forms.Form):
    """One decision. An untouched row is no row."""

    kind = forms.ChoiceField(label=_("Jenis keputusan"), choices=Kind.choices, initial="action")
    text = forms.CharField(
        label=_("Keputusan"), max_length=300, error_messages={"required": _("Isi keputusannya.")}
    )
    enterprise = forms.ModelChoiceField(
        label="IKM", queryset=Enterprise.objects.none(), required=False, empty_label=_("Semua IKM")
    )
    module_code = forms.ChoiceField(
        label=_("Modul"), required=False, help_text=_("Untuk pelatihan: sesi berikutnya atau draf sesi baru.")
    )
    criterion_code = forms.ChoiceField(
        label=_("Butir penilaian"), required=False, help_text=_("Untuk tindakan: masuk ke rencana IKM.")
    )
    requirement = RequirementChoice(
        label=_("Kebutuhan pembeli"),
        queryset=Requirement.objects.none(),
        required=False,
        empty_label=_("Pilih kebutuhan"),
        help_text=_("Untuk perubahan kebutuhan: draf versi berikutnya dibuat."),
    )
    responsible = forms.CharField(
        label=_("Penanggung jawab"),
        max_length=120,
        error_messages={"required": _("Tulis siapa yang mengerjakan.")},
    )
    due_on = DayField(label=_("Tenggat"), error_messages={"required": _("Isi tenggat")})

    def __init__(self, *args, choices, **options):
        super().__init__(*args, **options)
        self.fields["enterprise"].queryset = choices["enterprises"]
        self.fields["module_code"].choices = [("", _("Pilih modul")), *choices["modules"]]
        self.fields["criterion_code"].choices = [("", _("Pilih butir")), *choices["criteria"]]
        self.fields["requirement"].queryset = choices["requirements"]
        self.helper = form_helper()

    def has_changed(self) -> bool:
        if not self.is_bound:
            return super().has_changed()
        typed = ("text", "module_code", "criterion_code", "requirement", "responsible", "due_on")
        return not is_blank(self, *typed)

    def clean(self):
        data, kind = self.cleaned_data, self.cleaned_data.get("kind")
        if kind == Kind.TRAINING and not data.get("module_code"):
            self.add_error("module_code", _("Pilih modul yang menjawab kebutuhan ini."))
        if kind == Kind.ACTION and data.get("criterion_code") and not data.get("enterprise"):
            self.add_error("enterprise", _("Pilih IKM yang rencananya bertambah."))
        return data


class DecisionBaseFormSet(forms.BaseFormSet):
    def __init__(self, *args, agreement, **options):
        options["form_kwargs"] = {"choices": choices_of(agreement)}
        super().__init__(*args, **options)

    @property
    def drafts(self) -> list[DecisionDraft]:
        return [DecisionDraft(**form.cleaned_data) for form in self.forms if form.has_changed()]

    def clean(self):
        if any(form.errors for form in self.forms):
            return
        if not any(form.has_changed() for form in self.forms):
            raise ValidationError(
                _("Tinjauan belum dapat disimpan: tulis paling sedikit satu keputusan."), code="no_decision"
            )


def choices_of(agreement) -> dict:
    """Return what the decisions of one agreement can name: its IKM, modules, check items, and what is asked."""
    enterprises = Enterprise.objects.filter(agreement_parties__agreement=agreement).order_by("name")
    modules = Module.objects.filter(curriculum__published_at__isnull=False).order_by("order")
    criteria = {
        one.code: f"{one.code} {one.title}" for enterprise in enterprises for one in criteria_of(enterprise)
    }
    return {
        "enterprises": enterprises,
        "modules": list(dict(modules.values_list("code", "name")).items()),
        "criteria": list(criteria.items()),
        "requirements": Requirement.objects.current()
        .filter(buyer__parties__agreement=agreement)
        .select_related("buyer")
        .distinct(),
    }


DecisionFormSet = forms.formset_factory(DecisionForm, formset=DecisionBaseFormSet, extra=3, max_num=30)

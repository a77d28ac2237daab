"""Forms of those who run the selection and those who judge."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import form_helper
from participants.models import Application, ApplicationReview, Cohort, Enterprise
from participants.selection import HIGHEST, Criterion

CHOICE = {"data-look": "choice"}
EVERY = "semua"
AGES = (7, 14, 30)  # days


def waiting_choices() -> list[tuple]:
    """Return the lengths of waiting to choose from, in the language of the page."""
    longer = gettext("Lebih dari %(n)d hari")
    return [("", gettext("Berapa pun")), *((days, longer % {"n": days}) for days in AGES)]


class ReviewersForm(forms.Form):
    """The two who are asked; who has filed already stays among them."""

    reviewers = forms.ModelMultipleChoiceField(
        label=_("Pilih dua orang"),
        queryset=Application.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Yang punya kepentingan dengan pendaftar tidak ada di daftar ini."),
        error_messages={
            "required": _("Pilih dua penilai yang berbeda."),
            "invalid_choice": _("Pilih penilai dari daftar."),
        },
    )

    def __init__(self, *args, people, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()
        self.fields["reviewers"].queryset = people
        self.fields["reviewers"].label_from_instance = lambda user: (
            f"{user.full_name}, {user.get_role_display().lower()}"
        )


class ReviewForm(forms.Form):
    """One score per criterion, a recommendation, and a remark for the lead."""

    recommendation = forms.ChoiceField(
        label=_("Rekomendasi"),
        choices=ApplicationReview.Recommendation.choices,
        widget=forms.RadioSelect(attrs=CHOICE),
        error_messages={"required": _("Pilih rekomendasi.")},
    )
    remark = forms.CharField(
        label=_("Catatan untuk pimpinan"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.CharField(
        label=_("Alasan pembetulan"),
        required=False,
        max_length=300,
        help_text=_("Paling sedikit 10 huruf. Nilai sebelumnya tetap tercatat."),
    )

    def __init__(self, *args, criteria: tuple[Criterion, ...], is_correction: bool, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()
        self.criteria = criteria
        if not is_correction:
            del self.fields["reason"]
        for criterion in criteria:
            self.fields[f"nilai_{criterion.code}"] = forms.TypedChoiceField(
                label=criterion.text,
                choices=[(score, str(score)) for score in range(HIGHEST + 1)],
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Pilih nilai untuk kriteria ini.")},
            )

    def rows(self) -> list:
        """(criterion, bound field, chosen score as text) in order."""
        fields = [(criterion, self[f"nilai_{criterion.code}"]) for criterion in self.criteria]
        return [
            (criterion, field, "" if field.value() is None else str(field.value()))
            for criterion, field in fields
        ]

    def rest(self) -> list:
        """The questions that are no criteria."""
        return [self[name] for name in ("recommendation", "remark", "reason") if name in self.fields]

    def values(self) -> dict:
        """Return the keywords of file_review."""
        cleaned = dict(self.cleaned_data)
        scores = {criterion.code: cleaned.pop(f"nilai_{criterion.code}") for criterion in self.criteria}
        return {"scores": scores, **cleaned}


class DecisionForm(forms.Form):
    """The lead's decision; nothing is preselected but the enterprise that the applicant surely is."""

    outcome = forms.ChoiceField(
        label=_("Keputusan"),
        widget=forms.RadioSelect(attrs=CHOICE),
        error_messages={
            "required": _("Pilih keputusan."),
            "invalid_choice": _("Pilih keputusan yang dapat diambil sekarang."),
        },
    )
    enterprise = forms.ModelChoiceField(
        label=_("Sudah terdaftar sebagai"),
        queryset=Enterprise.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Bukan, daftarkan sebagai IKM baru"),
        error_messages={"invalid_choice": _("Pilih IKM dari daftar.")},
    )
    reason = forms.CharField(
        label=_("Alasan yang dibaca pendaftar"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wajib bila belum diterima. Tulis apa yang dapat diperbaiki."),
    )
    note = forms.CharField(
        label=_("Pertimbangan Anda"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Paling sedikit 10 huruf; kedua penilai tidak menyelesaikannya."),
        error_messages={"required": _("Tulis pertimbangan Anda, paling sedikit 10 huruf.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    WORDS = {
        Application.Status.ACCEPTED: _("Terima sebagai calon\nMasuk daftar IKM dan menjadi calon peserta."),
        Application.Status.WAITING: _("Daftar tunggu\nDapat diterima kemudian bila ada tempat."),
        Application.Status.REJECTED: _("Belum terpilih\nPendaftar membaca alasan yang Anda tulis."),
    }

    def __init__(self, *args, application: Application, twins, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()
        possible = Application.TRANSITIONS[application.status] & set(self.WORDS)
        if not application.is_judged:
            possible -= {Application.Status.ACCEPTED, Application.Status.WAITING}
        self.fields["outcome"].choices = [
            (status, words) for status, words in self.WORDS.items() if status in possible
        ]
        self.fields["enterprise"].queryset = twins
        if not twins.exists():
            del self.fields["enterprise"]
        note = self.fields["note"]
        note.required = not application.is_judged or bool(application.disputes())
        if not note.required:
            note.help_text = _("Wajib bila Anda memutuskan lain dari kedua penilai, atau di luar kuota.")


class QueueFilter(forms.Form):
    """Reads the address; a parameter that makes no sense is left out instead of failing the page."""

    angkatan = forms.ModelChoiceField(
        label=_("Angkatan"),
        queryset=Cohort.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Menunggu keputusan")), (EVERY, _("Semua")), *Application.Status.choices[1:]],
    )

    umur = forms.TypedChoiceField(
        label=_("Menunggu"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=waiting_choices,
    )

    def __init__(self, data, *, user):
        super().__init__(data)
        self.fields["angkatan"].queryset = Cohort.objects.visible_to(user)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"
        self.is_valid()

    def narrow(self, rows):
        if cohort := self.cleaned_data.get("angkatan"):
            rows = rows.filter(cohort=cohort)
        if days := self.cleaned_data.get("umur"):
            rows = rows.filter(submitted_at__lt=timezone.now() - timedelta(days=days))
        status = self.cleaned_data.get("status")
        if status == EVERY:
            return rows
        return rows.filter(status=status) if status else rows.undecided()

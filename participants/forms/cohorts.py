"""Forms about cohorts, enrolments and mentors."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.core.formats import date_medium
from closedloop.core.forms import DayField, form_helper
from participants import actions
from participants.consents import withdrawn
from participants.models import Cohort, Enrolment, Enterprise

# words that stand in the address where a cohort's code does
TAKEN_CODES = {"mulai", "tambah"}


class MentorChoice(forms.ModelChoiceField):
    """An active mentor, with the organisation that sends them."""

    def __init__(self, **options):
        mentors = User.objects.active().with_role(Role.MENTOR).select_related("organisation")
        super().__init__(
            queryset=mentors,
            label=_("Mentor"),
            empty_label=_("Pilih mentor"),
            error_messages={"required": _("Pilih mentor.")},
            **options,
        )

    def label_from_instance(self, mentor) -> str:
        return f"{mentor} ({mentor.organisation})" if mentor.organisation else str(mentor)


class CohortForm(forms.ModelForm):
    """A round of the programme."""

    starts_on = DayField(label=_("Mulai"), error_messages={"required": _("Isi tanggal mulai.")})
    ends_on = DayField(label=_("Selesai"), error_messages={"required": _("Isi tanggal selesai.")})

    class Meta:
        model = Cohort
        fields = ["name", "code", "sector", "region", "starts_on", "ends_on", "quota", "is_practice"]
        help_texts = {
            "code": _("Dipakai di alamat halaman dan di perintah impor, misalnya angkatan-6."),
            "quota": _("Banyaknya IKM yang direncanakan. Lebih dari ini hanya diperingatkan."),
            "is_practice": _("Untuk belajar memakai portal. Pesertanya tidak dihitung dalam angka mana pun."),
        }
        labels = {"is_practice": _("Angkatan latihan")}
        error_messages = {
            "name": {"required": _("Isi nama angkatan.")},
            "code": {
                "required": _("Isi kode angkatan."),
                "unique": _("Kode ini sudah dipakai angkatan lain."),
                "invalid": _("Pakai huruf, angka, dan strip saja."),
            },
            "quota": {"required": _("Isi kuotanya."), "invalid": _("Tulis kuotanya dengan angka.")},
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["quota"].widget = forms.TextInput(attrs={"inputmode": "numeric"})
        self.fields["quota"].min_value = 1
        self.helper = form_helper()

    def clean_code(self):
        code = self.cleaned_data["code"]
        if code in TAKEN_CODES:
            raise ValidationError(_("Kode ini tidak dapat dipakai. Pilih kode lain."))
        return code

    def clean(self):
        super().clean()
        starts, ends = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", _("Tanggal selesai harus sesudah tanggal mulai."))
        if self.cleaned_data.get("quota") == 0:
            self.add_error("quota", _("Kuota paling sedikit 1."))
        return self.cleaned_data

    def _get_validation_exclusions(self):
        # said above beside the field, in words of what to do
        return super()._get_validation_exclusions() | {"ends_on", "quota"}


class MoveEnrolmentForm(forms.Form):
    """The next status of an enrolment, with its day and its reason."""

    status = forms.ChoiceField(
        label=_("Status baru"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih status baru."), "invalid_choice": _("Pilih status baru.")},
    )
    on = DayField(label=_("Tanggal"), error_messages={"required": _("Isi tanggalnya.")})
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Wajib untuk cuti dan keluar. Pemilik IKM dapat membacanya."),
    )

    def __init__(self, *args, enrolment: Enrolment, **options):
        super().__init__(*args, **options)
        self.enrolment = enrolment
        allowed = enrolment.TRANSITIONS[enrolment.status]
        self.fields["status"].choices = [
            (value, label) for value, label in Enrolment.Status.choices if value in allowed
        ]
        self.fields["on"].initial = timezone.localdate
        if taken_back := withdrawn(enrolment.enterprise):
            text = _("Persetujuan pelatihan dan penilaian ditarik %(day)s.")
            self.fields["reason"].initial = text % {"day": date_medium(taken_back.withdrawn_at)}
        self.helper = form_helper()

    def clean(self):
        super().clean()
        status, on = self.cleaned_data.get("status"), self.cleaned_data.get("on")
        needs_reason = status in (Enrolment.Status.ON_LEAVE, Enrolment.Status.WITHDRAWN)
        if needs_reason and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", _("Isi alasannya."))
        if on and on > timezone.localdate():
            self.add_error("on", _("Tanggal tidak boleh setelah hari ini."))
        if on and on < self.enrolment.status_since:
            self.add_error("on", _("Tanggal tidak boleh sebelum perubahan terakhir."))
        return self.cleaned_data


class MentorForm(forms.Form):
    """Who accompanies one enterprise, from which day."""

    mentor = MentorChoice()
    starts_on = DayField(label=_("Mulai"), error_messages={"required": _("Isi tanggal mulai.")})

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["starts_on"].initial = timezone.localdate
        self.helper = form_helper()


class BulkMentorForm(MentorForm):
    """One mentor for several enterprises."""

    title = _("Tetapkan mentor")
    done = _("Mentor ditetapkan")

    def apply(self, enterprise: Enterprise, *, by: User) -> None:
        """Assign the mentor in the enrolment under way; raises ValidationError when there is none."""
        enrolment = enterprise.present
        if enrolment is None or not enrolment.is_open:
            raise ValidationError(_("Belum mengikuti angkatan, jadi belum bisa diberi mentor."))
        actions.assign_mentor(
            enrolment, self.cleaned_data["mentor"], by=by, starts_on=self.cleaned_data["starts_on"]
        )


class BulkEnrolForm(forms.Form):
    """One cohort for several enterprises."""

    title = _("Daftarkan ke angkatan")
    done = _("Menjadi calon peserta")

    cohort = forms.ModelChoiceField(
        label=_("Angkatan"),
        queryset=Cohort.objects.not_closed(),
        empty_label=_("Pilih angkatan"),
        error_messages={"required": _("Pilih angkatan.")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

    def apply(self, enterprise: Enterprise, *, by: User) -> None:
        """Enrol as applicant; raises ValidationError when that cannot be."""
        actions.enrol(enterprise, self.cleaned_data["cohort"], by=by)

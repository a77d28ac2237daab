"""What is said and shown about a finding until it is closed, and once more weeks later."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.closers import Offer
from assessments.models import EffectivenessCheck, Finding
from assessments.pica import MOST_WHYS, WHY_LENGTH, check_day
from closedloop.core.formats import date_medium
from closedloop.core.forms import DayField, KeyedForm
from closedloop.core.photos import PhotoField
from trainings.forms.base import PortalForm
from trainings.models import Module, TrainingSession

PHOTO_HELP = gettext_lazy("JPG, PNG, atau WEBP, paling besar 15 MB.")


def paragraph(label, required, *, most=300, rows=2, help_text="", **options) -> forms.CharField:
    """Return a field of some sentences; `required` is what is said where it stays empty, or None."""
    return forms.CharField(
        label=label,
        max_length=most,
        required=required is not None,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": required or "",
            "max_length": gettext_lazy("Paling panjang %(limit_value)d huruf, sekarang %(show_value)d."),
        },
        **options,
    )


class BeforeForm(PortalForm):
    """How it looks before the mending."""

    photo = PhotoField(
        label=gettext_lazy("Foto sebelum"),
        help_text=gettext_lazy(
            "Ambil sebelum diperbaiki. Ingat sudutnya: foto sesudah diambil dari tempat yang sama."
        ),
        error_messages={"required": gettext_lazy("Tambah foto sebelum diperbaiki")},
    )


class ProposeForm(PortalForm):
    """What the owner did, and the pair of photos that shows it."""

    description = paragraph(
        gettext_lazy("Apa yang sudah diperbaiki"), gettext_lazy("Tulis apa yang sudah diperbaiki"), rows=3
    )
    before = PhotoField(
        label=gettext_lazy("Foto sebelum perbaikan"),
        help_text=gettext_lazy("Belum ada foto sebelum untuk temuan ini."),
        required=False,
    )
    photo = PhotoField(
        label=gettext_lazy("Foto sesudah perbaikan"),
        help_text=gettext_lazy("JPG, PNG, atau WEBP, paling besar 15 MB. Ambil dari sudut yang sama."),
        error_messages={"required": gettext_lazy("Tambah foto sesudah perbaikan")},
    )

    def __init__(self, *args, asks_before: bool, **options):
        super().__init__(*args, **options)
        if not asks_before:
            del self.fields["before"]


class CausesForm(PortalForm):
    """Up to five times why, each about the answer above it, and the cause they lead to."""

    root_cause = paragraph(
        gettext_lazy("Akar masalah"),
        None,
        most=1000,
        help_text=gettext_lazy("Penyebab yang, bila dihilangkan, membuat masalah tidak terulang."),
    )

    def __init__(self, *args, finding: Finding, **options):
        initial = {f"why_{place}": text for place, text in enumerate(finding.whys, 1)}
        super().__init__(*args, initial=initial | {"root_cause": finding.root_cause}, **options)
        for place in range(1, MOST_WHYS + 1):
            self.fields[f"why_{place}"] = paragraph(
                _("%(place)s. Mengapa?") % {"place": place}, None, most=WHY_LENGTH
            )
        self.order_fields([*(f"why_{place}" for place in range(1, MOST_WHYS + 1)), "root_cause"])

    def whys(self) -> list[str]:
        return [self.cleaned_data[f"why_{place}"] for place in range(1, MOST_WHYS + 1)]


class PlanForm(KeyedForm, PortalForm):
    """What will be done, by whom, until when."""

    description = paragraph(gettext_lazy("Tindakan"), gettext_lazy("Tulis tindakannya."))
    responsible = forms.CharField(
        label=gettext_lazy("Penanggung jawab"),
        max_length=120,
        error_messages={
            "required": gettext_lazy("Tulis siapa yang mengerjakan."),
            "max_length": gettext_lazy("Nama paling panjang 120 huruf"),
        },
    )
    due_on = DayField(label=gettext_lazy("Tenggat"), error_messages={"required": gettext_lazy("Isi tenggat")})


class DueForm(PortalForm):
    """Another day, and why."""

    due_on = DayField(
        label=gettext_lazy("Tenggat baru"), error_messages={"required": gettext_lazy("Isi tenggat")}
    )
    reason = paragraph(gettext_lazy("Alasan"), gettext_lazy("Tulis mengapa tenggatnya berubah."))


class CloseForm(PortalForm):
    """The day on which somebody else looks again."""

    check_on = DayField(
        label=gettext_lazy("Cek keefektifan pada"),
        required=False,
        help_text=gettext_lazy(
            "Orang lain memeriksa lagi apakah masalah tidak terulang. Bawaan: 30 hari lagi."
        ),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, initial={"check_on": check_day(timezone.localdate())}, **options)

    def clean_check_on(self) -> date | None:
        day = self.cleaned_data["check_on"]
        if day and day > timezone.localdate() + timedelta(days=365):
            raise forms.ValidationError(_("Cek keefektifan paling lambat setahun lagi."))
        return day


class CloserForm(PortalForm):
    """Which module teaches the way out, or at which session or visit it is dealt with."""

    closer = forms.ChoiceField(
        label=gettext_lazy("Ditutup lewat"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Pilih modul atau sesi dari daftar.")},
    )

    def __init__(self, *args, offer: Offer, **options):
        super().__init__(*args, **options)
        self.offer = offer
        modules = [(f"m-{one.code}", one.heading) for one in offer.modules]
        sessions = [(f"s-{one.code}", f"{one.title}, {date_medium(one.day)}") for one in offer.sessions]
        self.fields["closer"].choices = [
            ("", _("Belum ditentukan")),
            (_("Sesi dan kunjungan yang dijadwalkan"), sessions),
            (_("Modul"), modules),
        ]

    def chosen(self) -> tuple[Module | None, TrainingSession | None]:
        """Return the module and the session that were chosen."""
        kind, _dash, code = self.cleaned_data["closer"].partition("-")
        if kind == "s":
            session = next(one for one in self.offer.sessions if one.code == code)
            return session.module, session
        return next((one for one in self.offer.modules if one.code == code), None), None


class EffectForm(PortalForm):
    """Whether the mending still holds, what was seen, and the photo of it."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Apakah perbaikannya bertahan?"),
        choices=EffectivenessCheck.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pilih efektif atau tidak efektif.")},
    )
    note = paragraph(gettext_lazy("Yang terlihat"), gettext_lazy("Tulis apa yang terlihat."))
    photo = PhotoField(
        label=gettext_lazy("Foto saat dicek"),
        help_text=PHOTO_HELP,
        error_messages={"required": gettext_lazy("Tambah foto saat dicek.")},
    )

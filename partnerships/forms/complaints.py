"""Forms of complaints: few fields, for a thumb; the words and the manner are those of findings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.closers import Offer
from assessments.forms.mending import PHOTO_HELP, CloserForm, paragraph
from assessments.models import Criterion
from closedloop.core.forms import DayField, KeyedForm
from closedloop.core.photos import PhotoField
from partnerships.models import Complaint, OrderLine, RequirementLine
from trainings.forms.base import PortalForm


class OrderedPartField(forms.ModelChoiceField):
    def label_from_instance(self, line):
        return f"{line.part_name}, {line.order}, {line.order.enterprise}"


class AskedLineField(forms.ModelChoiceField):
    def label_from_instance(self, line):
        return f"{line.text} ({line.requirement.part_name})"


class EarlierField(forms.ModelChoiceField):
    def label_from_instance(self, complaint):
        return f"{complaint.code}: {complaint.problem}"[:90]


class CriterionField(forms.ModelChoiceField):
    def label_from_instance(self, criterion):
        return f"{criterion.code} {criterion.title}"


class ComplaintForm(KeyedForm, PortalForm):
    """What is wrong, with which part of which order; of a dispute the part is known."""

    line = OrderedPartField(
        label=_("Part dan pesanan"),
        queryset=OrderLine.objects.none(),
        empty_label=_("Pilih part"),
        error_messages={"required": _("Pilih part dan pesanannya.")},
    )
    problem = paragraph(_("Apa yang tidak sesuai"), _("Tulis apa yang tidak sesuai."), rows=3)
    requirement_line = AskedLineField(
        label=_("Kebutuhan yang tidak terpenuhi"),
        queryset=RequirementLine.objects.none(),
        required=False,
        empty_label=_("Belum ditentukan"),
    )
    repeat_of = EarlierField(
        label=_("Pernah terjadi sebelumnya?"),
        queryset=Complaint.objects.none(),
        required=False,
        empty_label=_("Belum pernah"),
    )
    due_on = DayField(
        label=_("Jawaban paling lambat"),
        required=False,
        help_text=_("Bila kosong: 14 hari lagi."),
    )
    photo = PhotoField(label=_("Foto"), required=False, help_text=PHOTO_HELP)

    def __init__(self, *args, lines, asked, earlier, dispute=None, **options):
        super().__init__(*args, **options)
        self.fields["line"].queryset = lines
        self.fields["requirement_line"].queryset = asked
        self.fields["repeat_of"].queryset = earlier
        if dispute:
            del self.fields["line"]


class ContainForm(PortalForm):
    """What keeps the fault from reaching the buyer for now."""

    containment = paragraph(
        _("Penahanan sementara"),
        _("Tulis yang sudah dilakukan supaya masalah tidak meluas."),
        rows=3,
        help_text=_(
            "Misalnya: stok dipisah dan disortir seratus persen, kiriman berikutnya diperiksa dua orang."
        ),
    )


class DoneForm(PortalForm):
    """The photo that shows an action done."""

    photo = PhotoField(
        label=_("Foto sesudah perbaikan"),
        help_text=PHOTO_HELP,
        error_messages={"required": _("Tambah foto sesudah perbaikan.")},
    )


class VerdictForm(PortalForm):
    """Whether it holds, by the buyer."""

    verdict = forms.ChoiceField(
        label=_("Apakah perbaikannya bertahan?"),
        choices=[("effective", _("Efektif")), ("not_effective", _("Tidak efektif"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih efektif atau tidak efektif.")},
    )
    note = paragraph(_("Yang terlihat"), _("Tulis apa yang terlihat."))


class LinkComplaintForm(CloserForm):
    """Which check item and which asked line it questions, and which module or session answers it."""

    criterion = CriterionField(
        label=_("Butir penilaian yang dipertanyakan"),
        queryset=Criterion.objects.none(),
        required=False,
        empty_label=_("Belum ditentukan"),
    )
    requirement_line = AskedLineField(
        label=_("Kebutuhan yang tidak terpenuhi"),
        queryset=RequirementLine.objects.none(),
        required=False,
        empty_label=_("Belum ditentukan"),
    )

    def __init__(self, *args, offer: Offer, criteria, asked, **options):
        super().__init__(*args, offer=offer, **options)
        self.fields["criterion"].queryset = criteria
        self.fields["requirement_line"].queryset = asked
        self.fields["closer"].label = _("Dijawab lewat pelatihan")
        self.order_fields(["criterion", "requirement_line", "closer"])

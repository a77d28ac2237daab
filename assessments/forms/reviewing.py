"""What a reviewer says of an assessment, item by item, and what its assessor replies."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import ReviewRemark
from assessments.sheet import Row, Section, Sheet
from closedloop.core.forms import form_helper

REMARK_LENGTH = 500


class ReviewForm(forms.Form):
    """Approve or return; returning needs a reason, or a remark on an item."""

    APPROVE, RETURN = "approve", "return"
    decision = forms.ChoiceField(
        label=gettext_lazy("Keputusan"),
        choices=[
            (APPROVE, gettext_lazy("Setujui\nNilai menjadi resmi dan terlihat oleh IKM.")),
            (RETURN, gettext_lazy("Kembalikan ke penilai\nPenilai memperbaiki, lalu mengajukan lagi.")),
        ],
        widget=forms.RadioSelect(attrs={"data-look": "choice"}),
        error_messages={"required": gettext_lazy("Pilih setujui atau kembalikan")},
    )
    note = forms.CharField(
        label=gettext_lazy("Alasan"),
        help_text=gettext_lazy(
            "Bila dikembalikan: tulis alasannya di sini, catatan pada butirnya, atau keduanya."
        ),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": gettext_lazy("Alasan paling panjang 2.000 huruf")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()


class RemarksForm(forms.Form):
    """One remark per item, each of which may stay empty."""

    def __init__(self, *args, sheet: Sheet, **options):
        super().__init__(*args, **options)
        self.sheet = sheet
        for row in sheet.rows:
            self.fields[name_of(row)] = forms.CharField(
                label=_("Catatan untuk butir %(code)s") % {"code": row.place},
                required=False,
                max_length=REMARK_LENGTH,
                widget=forms.Textarea(attrs={"rows": 2, "class": "form-control", "form": "form-tinjau"}),
                error_messages={"max_length": _("Catatan paling panjang 500 huruf")},
            )

    @property
    def sections(self) -> list[tuple[Section, list[tuple[Row, forms.BoundField]], bool]]:
        """Sections with their items and fields, and whether anything is written there."""
        found = []
        for section in self.sheet.sections:
            rows = [(row, self[name_of(row)]) for row in section.rows]
            found.append((section, rows, any(field.value() for _row, field in rows)))
        return found

    def remarks(self) -> dict:
        """Return {(criterion, area): text} of the items that have a remark."""
        found = {(row.criterion, row.area): self.cleaned_data[name_of(row)] for row in self.sheet.rows}
        return {item: text for item, text in found.items() if text}


def name_of(row: Row) -> str:
    area = f"-a{row.area.order}" if row.area else ""
    return f"butir_{row.criterion.code.replace('.', '-')}{area}"


class RepliesForm(forms.Form):
    """The assessor's replies to the remarks on one page; only those that were sent are read."""

    def __init__(self, *args, remarks: list[ReviewRemark], **options):
        super().__init__(*args, **options)
        self.remarks = remarks
        for remark in remarks:
            self.fields[f"tanggapan_{remark.pk}"] = forms.CharField(
                label=_("Tanggapan untuk peninjau"),
                required=False,
                max_length=REMARK_LENGTH,
                initial=remark.reply,
                widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
                error_messages={"max_length": _("Tanggapan paling panjang 500 huruf")},
            )

    def field_of(self, remark: ReviewRemark) -> forms.BoundField:
        return self[f"tanggapan_{remark.pk}"]

    def replies(self) -> dict[UUID, str]:
        """Return {id of the remark: reply} of what was sent."""
        names = {remark.pk: f"tanggapan_{remark.pk}" for remark in self.remarks}
        return {pk: self.cleaned_data[name] for pk, name in names.items() if name in self.data}

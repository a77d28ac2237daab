"""The forms of an import: the workbook, what its columns mean, and which imports to list."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import KeyedForm
from participants.columns import LABELS, REQUIRED, missing
from participants.models import Cohort, ImportBatch


class UploadForm(KeyedForm):
    """A workbook and the cohort its rows are for."""

    cohort = forms.ModelChoiceField(
        label=_("Angkatan"),
        queryset=Cohort.objects.not_closed(),
        to_field_name="code",
        empty_label=_("Pilih angkatan"),
        help_text=_(
            "IKM baru di berkas ini masuk ke angkatan ini. IKM yang sudah terdaftar tidak dipindahkan."
        ),
        error_messages={"required": _("Pilih angkatan."), "invalid_choice": _("Pilih angkatan yang ada.")},
    )
    file = forms.FileField(
        label=_("Berkas Excel"),
        help_text=_(
            "Berkas .xlsx dari formulir pendaftaran, paling besar 5 MB. Judul kolom tidak perlu diubah."
        ),
        widget=forms.FileInput(
            attrs={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
        error_messages={
            "required": _("Pilih berkas Excel."),
            "empty": _("Berkas ini kosong. Pilih berkas lain."),
        },
    )


class ColumnsForm(forms.Form):
    """One select per column of the workbook: the field it feeds, or none."""

    def __init__(self, *args, columns, mapping, **options):
        super().__init__(*args, **options)
        self.columns = columns
        named = [(name, f"{label} *" if name in REQUIRED else label) for name, label in LABELS.items()]
        for index, column in enumerate(columns):
            self.fields[f"kolom_{index}"] = forms.ChoiceField(
                label=column.header,
                choices=[("", _("Lewati kolom ini")), *named],
                required=False,
                widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
                initial=mapping.get(column.header, ""),
                error_messages={"invalid_choice": _("Pilih salah satu isian yang ada.")},
            )

    def rows(self) -> list[tuple]:
        """Return (column, its bound select) in the order of the sheet."""
        return [(column, self[f"kolom_{index}"]) for index, column in enumerate(self.columns)]

    def clean(self):
        taken: dict[str, str] = {}
        for index, column in enumerate(self.columns):
            field = self.cleaned_data.get(f"kolom_{index}")
            if field and field in taken:
                text = _t("%(field)s sudah diisi dari kolom “%(header)s”. Pilih satu saja.")
                names = {"field": LABELS[field], "header": taken[field]}
                self.add_error(f"kolom_{index}", text % names)
            elif field:
                taken[field] = column.header
        if lacking := missing({header: field for field, header in taken.items()}):
            names = ", ".join(str(LABELS[name]) for name in lacking)
            raise ValidationError(_t("Kolom yang wajib belum ada: %(names)s.") % {"names": names})
        return self.cleaned_data

    def mapping(self) -> dict[str, str]:
        """Return {heading: field, or empty}."""
        return {
            column.header: self.cleaned_data[f"kolom_{index}"] for index, column in enumerate(self.columns)
        }


class ImportFilter(forms.Form):
    """Which imports to list; what is not understood is left out."""

    q = forms.CharField(
        label=_("Cari nama berkas"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control"}),
    )
    angkatan = forms.ModelChoiceField(
        label=_("Angkatan"),
        queryset=Cohort.objects.all(),
        to_field_name="code",
        required=False,
        empty_label=_("Semua angkatan"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Semua status")), *ImportBatch.Status.choices],
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def narrow(self, rows):
        """Return the imports that answer to what was asked."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("q"):
            rows = rows.filter(file_name__icontains=asked["q"])
        if asked.get("angkatan"):
            rows = rows.filter(cohort=asked["angkatan"])
        return rows.filter(status=asked["status"]) if asked.get("status") else rows

"""One piece of evidence that is no photo: at most four fields each, and the other items it may back as well."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions.pieces import Piece
from assessments.forms.filling import word_of
from assessments.models import Evidence
from assessments.sheet import Row, Section
from closedloop.core.forms import DayField, KeyedForm, ReadField
from closedloop.core.money import parse_decimal
from participants.forms.files import read_document


def read_figure(text: str):
    """Return the measured figure; raises ValidationError for what is no number or too large to keep."""
    value = parse_decimal(text)
    if abs(value) >= 10**10:
        raise ValidationError(_("Angka ini terlalu besar. Periksa satuannya."))
    return round(value, 4)


class PieceForm(KeyedForm):
    """What all kinds share: their day, and the items of the section that the same piece backs."""

    also = forms.MultipleChoiceField(
        label=gettext_lazy("Juga untuk butir"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Pilih butir dari daftar")},
    )

    def __init__(self, *args, row: Row, section: Section, day, **options):
        super().__init__(*args, **options)
        self.row, self.section = row, section
        if "taken_on" in self.fields:
            self.fields["taken_on"].initial = day
        others = [one for one in section.rows if one.criterion.pk != row.criterion.pk]
        self.fields["also"].choices = [
            (word_of(one.criterion.code), f"{one.criterion.code}. {one.criterion.title}") for one in others
        ]
        self.order_fields([name for name in self.fields if name != "also"] + ["also"])

    @property
    def main(self) -> list[forms.BoundField]:
        """The fields that are open at once; `also` waits behind its own line."""
        return [field for field in self.visible_fields() if field.name != "also"]

    @property
    def criteria(self) -> list:
        chosen = self.cleaned_data["also"]
        others = [one.criterion for one in self.section.rows if word_of(one.criterion.code) in chosen]
        return [self.row.criterion, *others]

    @property
    def piece(self) -> Piece:
        return Piece(
            **{name: value for name, value in self.cleaned_data.items() if name not in ("key", "also")}
        )

    def clean_taken_on(self):
        day = self.cleaned_data["taken_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Tanggal bukti tidak boleh setelah hari ini."))
        return day

    def clean(self):
        found = super().clean() or self.cleaned_data
        made, until = found.get("taken_on"), found.get("valid_until")
        if made and until and until < made:
            self.add_error("valid_until", _("Berlaku sampai tidak boleh sebelum tanggal buktinya."))
        return found


class PaperForm(PieceForm):
    title = gettext_lazy("Dokumen")

    paper = forms.FileField(
        label=gettext_lazy("Berkas"),
        help_text=gettext_lazy("PDF, JPG, atau PNG, paling besar 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={
            "required": gettext_lazy("Pilih berkasnya"),
            "empty": gettext_lazy("Berkas ini kosong. Pilih berkas lain."),
        },
    )
    text = forms.CharField(label=gettext_lazy("Isi dokumen"), required=False, max_length=200)
    taken_on = DayField(
        label=gettext_lazy("Tanggal dokumen"),
        error_messages={"required": gettext_lazy("Isi tanggal dokumen")},
    )
    valid_until = DayField(
        label=gettext_lazy("Berlaku sampai"),
        required=False,
        help_text=gettext_lazy("Kosongkan bila tidak tertulis."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["taken_on"].initial = None  # a paper's day stands in it, and nobody should guess it

    def clean_paper(self):
        return read_document(self.cleaned_data["paper"])


class MeasurementForm(PieceForm):
    title = gettext_lazy("Pengukuran")

    text = forms.CharField(
        label=gettext_lazy("Yang diukur"),
        max_length=120,
        error_messages={"required": gettext_lazy("Tulis apa yang diukur")},
    )
    value = ReadField(
        label=gettext_lazy("Hasil"),
        read=read_figure,
        numeric=True,
        error_messages={"required": gettext_lazy("Isi hasil ukurnya")},
    )
    unit = forms.CharField(
        label=gettext_lazy("Satuan"),
        max_length=20,
        help_text=gettext_lazy("Misalnya mm, dB, lux, atau %."),
        error_messages={"required": gettext_lazy("Isi satuannya")},
    )
    instrument = forms.CharField(label=gettext_lazy("Alat ukur"), required=False, max_length=80)

    def __init__(self, *args, day, **options):
        super().__init__(*args, day=day, **options)
        self.day = day  # measured on the visit

    @property
    def piece(self) -> Piece:
        return Piece(
            taken_on=self.day,
            **{name: self.cleaned_data[name] for name in ("text", "value", "unit", "instrument")},
        )


class NoteForm(PieceForm):
    title = gettext_lazy("Catatan kunjungan")

    text = forms.CharField(
        label=gettext_lazy("Yang dilihat atau dibaca"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Tulis catatan kunjungannya")},
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("Dasar"),
        choices=[
            (Evidence.Basis.GENBA, gettext_lazy("Genba: dilihat langsung di tempat kerja")),
            (Evidence.Basis.DOCUMENT, gettext_lazy("Dokumen: dibaca di buku atau catatan IKM")),
        ],
        initial=Evidence.Basis.GENBA,
        widget=forms.RadioSelect,
    )
    taken_on = DayField(
        label=gettext_lazy("Tanggal"), error_messages={"required": gettext_lazy("Isi tanggalnya")}
    )


class ReuseForm(forms.Form):
    """A piece of this assessment that backs another item already."""

    title = gettext_lazy("Bukti yang sudah ada")

    evidence = forms.ModelChoiceField(
        label=gettext_lazy("Bukti"),
        queryset=Evidence.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Pilih satu bukti"),
            "invalid_choice": gettext_lazy("Pilih bukti dari daftar"),
        },
    )

    def __init__(self, *args, assessment, row: Row, **options):
        super().__init__(*args, **options)
        here = {(one.sha256, one.caption, one.kind) for one in row.evidence}
        rows = assessment.evidence.select_related("criterion").order_by("-created_at")[:60]
        found = {(one.sha256, one.caption, one.kind): one for one in rows}
        fit = [one.pk for known, one in found.items() if known not in here]
        self.fields["evidence"].queryset = assessment.evidence.filter(pk__in=fit).select_related("criterion")
        self.fields["evidence"].label_from_instance = lambda one: (
            f"{one.get_kind_display()}, {one.criterion.code}: {one.caption or one.taken_on}"
        )


KINDS = {"dokumen": PaperForm, "pengukuran": MeasurementForm, "catatan": NoteForm}
REUSE = "sudah-ada"

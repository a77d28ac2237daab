"""Forms about what an enterprise can make."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import (
    CountField,
    DatalistInput,
    DayField,
    KeyedForm,
    ReadField,
    form_helper,
)
from closedloop.core.identifiers import normalise_kbli
from participants.actions.capability import FIELDS
from participants.forms.enterprises import kbli_suggestions
from participants.forms.fractions import FractionField
from participants.models import Capability, Machine, Material, MeasuringTool, Process, Product
from participants.seen import mark_of

FIRST_MACHINE_YEAR = 1900
MOST_MACHINES = 999


def year_field(label) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Tulis tahunnya dengan empat angka, misalnya 2015.")},
    )


class SeenForm(forms.ModelForm):
    """A form that knows with which values it was drawn, so that nobody's change is overwritten unseen."""

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial["seen"] = mark_of(self.instance, self.names)
        self.helper = form_helper()

    @property
    def names(self) -> tuple[str, ...]:
        return FIELDS[self._meta.model]

    def values(self) -> dict:
        """Return the keywords of the action."""
        return dict(self.cleaned_data)


class MachineForm(SeenForm):
    process = forms.ModelChoiceField(
        label=_("Proses"), queryset=Process.objects.none(), required=False, empty_label=_("Pilih proses")
    )
    count = CountField(label=_("Jumlah"), initial=1, least=1, most=MOST_MACHINES)
    year = year_field(_("Tahun buat"))
    capacity = FractionField(
        label=_("Kapasitas atau tonase satu mesin"),
        required=False,
        places=2,
        most=10**8 - 1,
        is_positive=True,
    )

    class Meta:
        model = Machine
        fields = FIELDS[Machine]
        help_texts = {
            "kind": _("Misalnya mesin press, bubut CNC, atau injeksi plastik."),
            "capacity_unit": _("Misalnya ton, mm, atau kg per jam."),
        }
        error_messages = {"kind": {"required": _("Isi jenis mesin.")}}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        chosen = [self.instance.process] if self.instance.process_id else []
        self.fields["process"].queryset = Process.objects.offered(besides=chosen)

    def clean_year(self):
        year = self.cleaned_data["year"]
        if year is not None and not FIRST_MACHINE_YEAR <= year <= timezone.localdate().year:
            raise forms.ValidationError(_("Tahun buat harus antara 1900 dan tahun ini."))
        return year

    def clean(self):
        super().clean()
        capacity, unit = self.cleaned_data.get("capacity"), self.cleaned_data.get("capacity_unit")
        if capacity is not None and not unit:
            self.add_error("capacity_unit", _("Isi satuan kapasitas ini."))
        if unit and capacity is None and "capacity" not in self.errors:
            self.add_error("capacity", _("Isi angkanya, atau kosongkan satuannya."))
        return self.cleaned_data


class MaterialForm(SeenForm):
    class Meta:
        model = Material
        fields = FIELDS[Material]
        help_texts = {"name": _("Misalnya plat baja, aluminium, atau karet.")}
        error_messages = {"name": {"required": _("Isi nama bahan.")}}


class MeasuringToolForm(SeenForm):
    accuracy_mm = FractionField(
        label=_("Ketelitian (mm)"), required=False, places=3, most=999, is_positive=True
    )
    count = CountField(label=_("Jumlah"), initial=1, least=1, most=MOST_MACHINES)
    calibrated_until = DayField(label=_("Kalibrasi berlaku sampai"), required=False)

    class Meta:
        model = MeasuringTool
        fields = FIELDS[MeasuringTool]
        help_texts = {"name": _("Misalnya jangka sorong, mikrometer, atau CMM.")}
        error_messages = {"name": {"required": _("Isi nama alat ukur.")}}


class ProductForm(SeenForm):
    class Meta:
        model = Product
        fields = FIELDS[Product]
        error_messages = {"name": {"required": _("Isi nama produk.")}}


class CapabilityForm(SeenForm):
    """How finely and how long the enterprise works."""

    tolerance_mm = FractionField(
        label=_("Toleransi terkecil yang tercapai (mm)"), required=False, places=3, most=999, is_positive=True
    )
    shift_count = CountField(label=_("Giliran kerja sehari"), required=False, least=1, most=4)
    hours_per_shift = CountField(label=_("Jam per giliran"), required=False, least=1, most=24)
    days_per_week = CountField(label=_("Hari kerja seminggu"), required=False, least=1, most=7)

    class Meta:
        model = Capability
        fields = FIELDS[Capability]
        help_texts = {"tolerance_note": _("Misalnya lubang bor diameter 10.")}


# what the address calls a kind of row, and its form
KINDS: dict[str, type[SeenForm]] = {
    "mesin": MachineForm,
    "bahan": MaterialForm,
    "alat-ukur": MeasuringToolForm,
    "produk": ProductForm,
}


def new_form(form: type[SeenForm]) -> type[forms.Form]:
    """Return the form that adds such a row: its hidden key becomes the row's id."""

    class New(form, KeyedForm):  # type: ignore[misc, valid-type]
        seen = None

        def values(self) -> dict:
            values = dict(self.cleaned_data)
            return values | {"id": values.pop("key")}

    return New


class KbliForm(forms.Form):
    """One more activity."""

    kbli = ReadField(
        label=_("KBLI tambahan"),
        read=normalise_kbli,
        numeric=True,
        help_text=_("Lima angka KBLI 2020; ketik kode atau kata untuk mencari."),
        widget=DatalistInput(kbli_suggestions),
        error_messages={"required": _("Isi kode KBLI.")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

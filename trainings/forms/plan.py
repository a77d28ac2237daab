"""A whole module in one form: first how it shall be taught, then each session that the portal proposes."""

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from closedloop.core.formats import DAYS, spoken
from closedloop.core.forms import CountField, DayField
from closedloop.core.models import new_id
from closedloop.regions.forms import RegencyField
from trainings.clashes import imagined
from trainings.forms.places import PlaceForm, trainers
from trainings.forms.sessions import SessionForm
from trainings.models import Module, TrainingSession

MOST_ROWS = 80
MOST_HOURS = 12
CELL = {"class": "form-control"}


class PlanForm(PlaceForm):
    """Which modules, from which day, on which weekdays and hour, where and by whom."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    modules = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Modul"),
        queryset=Module.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Beberapa modul dijadwalkan berurutan menurut kurikulum."),
        error_messages={"required": gettext_lazy("Pilih paling sedikit satu modul")},
    )
    first_day = DayField(
        label=gettext_lazy("Mulai tanggal"), error_messages={"required": gettext_lazy("Isi tanggal mulai")}
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Hari"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tanpa pilihan: tiap minggu pada hari yang sama dengan tanggal mulai."),
    )
    begin = forms.TimeField(
        label=gettext_lazy("Jam mulai"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={
            "required": gettext_lazy("Isi jam mulai"),
            "invalid": gettext_lazy("Isi jam seperti 09:00"),
        },
    )
    most_hours = CountField(
        label=gettext_lazy("JP tiap sesi, paling banyak"),
        least=1,
        most=MOST_HOURS,
        help_text=gettext_lazy("1 JP adalah 45 menit."),
        error_messages={"required": gettext_lazy("Isi JP tiap sesi")},
    )
    field_order = ["key", "modules", "first_day", "weekdays", "begin", "most_hours"]

    def __init__(self, *args, modules, planned: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["modules"].queryset = modules
        self.fields["modules"].label_from_instance = lambda one: (
            _("%(module)s, %(n)s dari %(m)s JP terjadwal")
            % {
                "module": one.heading,
                "n": planned.get(one.pk, 0),
                "m": one.lesson_hours,
            }
        )
        self.fields["weekdays"].choices = [(str(day), name) for day, name in enumerate(DAYS[spoken()])]

    def clean_first_day(self):
        day = self.cleaned_data["first_day"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Pilih tanggal sesudah hari ini"))
        return day

    def clean(self):
        data = super().clean()
        if "first_day" in data and not data.get("weekdays"):
            data["weekdays"] = [data["first_day"].weekday()]
        return data


class SharedRegency(RegencyField):
    """A kabupaten or kota as in the head of the form, whose suggestions it shares; each name is looked up once."""

    def __init__(self, found: dict):
        super().__init__(error_messages={"required": gettext_lazy("Pilih kabupaten/kota")}, help_text="")
        self.label = gettext_lazy("Kabupaten/kota")
        self.widget = forms.TextInput(attrs={**CELL, "list": "saran_regency", "autocomplete": "off"})
        self.found = found

    def to_python(self, value):
        if value not in self.found:
            self.found[value] = super().to_python(value)
        return self.found[value]

    def prepare_value(self, value):
        """Show what was typed: a row is always sent by the form itself."""
        return value


class RowForm(SessionForm):
    """One proposed session, changed in place."""

    address = None
    drop = forms.BooleanField(label=gettext_lazy("Lewati"), required=False)

    def __init__(self, *args, modules: dict, people: dict, found: dict, **kwargs):
        super().__init__(*args, **kwargs)
        names = [(key, str(one)) for key, one in people.items()]
        self.fields["module"] = forms.TypedChoiceField(
            choices=[(key, key) for key in modules], coerce=modules.get, widget=forms.HiddenInput
        )
        self.fields["trainer"] = forms.TypedChoiceField(
            label=gettext_lazy("Narasumber"),
            choices=[("", _("Pilih narasumber")), *names],
            coerce=people.get,
            error_messages=self.base_fields["trainer"].error_messages,
        )
        self.fields["regency"] = SharedRegency(found)
        for field in self.fields.values():
            is_choice = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"
            field.help_text = ""
        self.fields["drop"].widget.attrs["class"] = "form-check-input"
        self.cautions: tuple = ()

    @property
    def day_read(self):
        """The day as it was understood, to be shown with its weekday."""
        return self.cleaned_data.get("day")

    @property
    def zone_read(self) -> str:
        """WIB, WITA or WIT, of the place that was typed."""
        regency = self.cleaned_data.get("regency")
        return regency.province.zone_label if regency else ""


class Rows(BaseFormSet):
    """The sessions of one plan; those that are passed over are not saved."""

    def kept(self) -> list[RowForm]:
        return [row for row in self.forms if not row.cleaned_data.get("drop")]

    def details(self, address: str) -> list[dict]:
        """Return the kept rows as the actions take them."""
        return [{**row.details(), "address": address} for row in self.kept()]

    def sessions(self, cohort, address: str) -> list[TrainingSession]:
        """Return the kept rows as sessions that are not saved."""
        return [imagined(cohort, row) for row in self.details(address)]


RowSet = formset_factory(
    RowForm, formset=Rows, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
)


def row_options(modules) -> dict:
    """Return what every row chooses from, asked of the database once."""
    return {
        "prefix": "row",
        "form_kwargs": {
            "modules": {str(one.pk): one for one in modules},
            "people": {str(one.pk): one for one in trainers()},
            "found": {},
        },
    }

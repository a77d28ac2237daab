"""What a list of enterprises is narrowed and sorted by; it all stands in the address."""

from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

from django import forms
from django.db import models
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.core.remembered import remembered
from closedloop.regions.models import Province, Regency
from participants.missing import GAPS
from participants.models import ClassLevel, Cohort, Enrolment, Process
from participants.ordering import ORDERS, order_by
from participants.search import Search
from participants.size import Size
from participants.size_query import of_size

NOBODY = UNKNOWN = "kosong"
PAGE_SIZES = (25, 50, 100)
LAWS = (
    ("modal", gettext_lazy("PP 7/2021, modal usaha")),
    ("omzet", gettext_lazy("PP 7/2021, penjualan setahun")),
    ("industri", gettext_lazy("Permenperin 64/2016, tenaga kerja dan investasi")),
)
SIZES = [
    ("", gettext_lazy("Semua")),
    *(
        (
            name,
            [
                *(
                    (f"{law}-{value}", label)
                    for value, label in Size.choices
                    if (law, value) != ("industri", "mikro")
                ),
                (f"{law}-{UNKNOWN}", gettext_lazy("Belum diketahui")),
            ],
        )
        for law, name in LAWS
    ),
]


@dataclass(frozen=True)
class Chosen:
    """An active filter, said in words, and the address without it."""

    text: str
    href: str


def mentor_choices(user: User) -> list[tuple[str, str]]:
    """Everybody, nobody, or one of the mentors; the names are for those who work for the programme."""
    mentors = User.objects.active().with_role(Role.MENTOR).values_list("pk", "full_name")
    names = [(str(pk), name) for pk, name in mentors] if user.works_for_programme else []
    return [("", _("Semua")), (NOBODY, _("Belum ada mentor")), *names]


class QuickSelect(forms.Select):
    """The same select, written without a template for each option: there are hundreds of mentors.

    Nothing is required of a filter, so nobody need ask for the first choice to know whether it is empty.
    """

    def use_required_attribute(self, initial) -> bool:
        return False

    def render(self, name, value, attrs=None, renderer=None):
        options = written_options(written_out(self.choices), str(value or ""))
        shown = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return format_html("<select{}>{}</select>", shown, options)


def written_out(choices) -> tuple[tuple[str, str], ...]:
    """Return the choices as plain text, in the language of the page."""
    return tuple((str(key), str(label)) for key, label in choices)


@lru_cache(maxsize=512)
def written_options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    """Return the options as HTML; a page has the same hundreds as the page before."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((key, mark_safe(" selected") if key == chosen else "", label) for key, label in choices),
    )


def all_of(label, queryset, **options) -> forms.ModelChoiceField:
    """A field for one of the rows, or none of them."""
    return forms.ModelChoiceField(
        queryset=queryset,
        required=False,
        label=label,
        empty_label=gettext_lazy("Semua"),
        widget=QuickSelect,
        **options,
    )


class EnterpriseFilter(forms.Form):
    """Reads the address; a parameter that makes no sense is left out instead of failing the page."""

    q = forms.CharField(required=False, label=gettext_lazy("Nama, produk, tempat, NIB, HP"))
    angkatan = all_of(gettext_lazy("Angkatan"), Cohort.objects.none(), to_field_name="code")
    status = forms.ChoiceField(
        choices=[("", gettext_lazy("Semua")), *Enrolment.Status.choices],
        required=False,
        label=gettext_lazy("Status"),
        widget=QuickSelect,
    )
    kelas = forms.TypedChoiceField(
        choices=[("", gettext_lazy("Semua")), *ClassLevel.choices, ("0", gettext_lazy("Belum ada kelas"))],
        coerce=int,
        empty_value=None,
        required=False,
        label=gettext_lazy("Kelas"),
        widget=QuickSelect,
    )
    ukuran = forms.ChoiceField(choices=SIZES, required=False, label=gettext_lazy("Ukuran usaha"))
    provinsi = all_of(gettext_lazy("Provinsi"), Province.objects.all())
    wilayah = all_of(gettext_lazy("Kabupaten/kota"), Regency.objects.none())
    proses = all_of(gettext_lazy("Proses"), Process.objects.all(), to_field_name="code")
    mentor = forms.ChoiceField(required=False, label=gettext_lazy("Mentor"), widget=QuickSelect)
    kurang = forms.MultipleChoiceField(
        choices=[(key, gap.label) for key, gap in GAPS.items()],
        required=False,
        label=gettext_lazy("Belum lengkap"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: QueryDict, *, user: User):
        super().__init__(data)
        self.fields["angkatan"].queryset = Cohort.objects.visible_to(user)
        self.fields["mentor"].choices = partial(mentor_choices, user)  # asked for only where it is needed
        self.has_province = (code := data.get("provinsi", "")).isdigit()
        if self.has_province:
            self.fields["wilayah"].queryset = Regency.objects.filter(province=code).order_by("name")
        self.dress()
        self.is_valid()

    def offer_remembered(self, request) -> None:
        """Offer what there was to choose some seconds ago; what was chosen is looked up in any case."""
        for name in ("angkatan", "provinsi", "mentor"):
            field = self.fields[name]
            key = f"{name} {get_language()}"
            field.widget.choices = remembered(request, key, lambda field=field: written_out(field.choices))

    def dress(self) -> None:
        for name, field in self.fields.items():
            if name != "kurang":
                field.widget.attrs["class"] = "form-control" if name == "q" else "form-select"
        self.fields["q"].widget.input_type = "search"

    def narrow(self, rows):
        """Return the rows that answer to every filter, in the order asked for."""
        chosen = self.cleaned_data
        mentor = chosen.get("mentor")
        rows = self.search.narrow(rows).taking_part(
            cohort=chosen.get("angkatan"),
            status=chosen.get("status") or "",
            mentor=mentor if mentor and mentor != NOBODY else None,
            without_mentor=mentor == NOBODY,
        )
        if (level := chosen.get("kelas")) is not None:
            rows = rows.filter(class_level=level or None)
        if size := chosen.get("ukuran"):
            law, value = size.split("-")
            rows = of_size(rows, law, None if value == UNKNOWN else value)
        if regency := chosen.get("wilayah"):
            rows = rows.filter(regency=regency)
        elif province := chosen.get("provinsi"):
            rows = rows.filter(regency__province=province)
        if process := chosen.get("proses"):
            rows = rows.filter(processes=process)
        for key in chosen.get("kurang") or []:
            rows = rows.filter(GAPS[key].condition())
        return self.sorted(rows)

    def sorted(self, rows):
        """Return the rows as asked for; a search without an order of its own shows the surest first."""
        if asked := order_by(self.data.get("urut", "")):
            return rows.order_by(*asked)
        return rows if self.search.text else rows.order_by("name", "pk")

    @cached_property
    def search(self) -> Search:
        """What was typed into the search box, understood."""
        return Search(self.cleaned_data.get("q") or "")

    def page_size(self) -> int:
        asked = self.data.get("per", "")
        return int(asked) if asked in map(str, PAGE_SIZES) else PAGE_SIZES[0]

    def query(self) -> QueryDict:
        """Return what of the address counts, in one spelling: the same list has the same query."""
        kept = QueryDict(mutable=True)
        for name in self.fields:
            if self.cleaned_data.get(name) not in (None, "", [], False):
                kept.setlist(name, self.data.getlist(name) if name == "kurang" else [self.data[name].strip()])
        if (order := self.data.get("urut", "")).removeprefix("-") in ORDERS:
            kept["urut"] = order
        return kept

    def chosen(self) -> list[Chosen]:
        """Return the active filters in words, in the order of the form, each with the address without it."""
        found = []
        for name, value in self.cleaned_data.items():
            if name == "kurang":
                found += [self.without(name, str(GAPS[key].label), key) for key in value]
            elif value is not None and value != "":
                found.append(self.without(name, self.words(name, value)))
        return found

    def words(self, name: str, value) -> str:
        if name == "q":
            return f"“{value}”"
        field = self.fields[name]
        if isinstance(value, models.Model):
            return f"{field.label}: {value}"
        if name == "ukuran":
            law, _size = value.split("-")
            return f"{dict(LAWS)[law]}: {dict(dict(SIZES)[dict(LAWS)[law]])[value]}"
        choices = dict(field.choices)
        return f"{field.label}: {choices.get(str(value)) or choices[value]}"

    def without(self, name: str, text: str, value: str = "") -> Chosen:
        """Return a filter with the address that lacks it; a regency goes with its province."""
        left = self.data.copy()
        left.pop("page", None)
        kept = [one for one in left.getlist(name) if value and one != value]
        left.setlist(name, kept)
        if name == "provinsi":
            left.pop("wilayah", None)
        return Chosen(text, f"?{left.urlencode()}")

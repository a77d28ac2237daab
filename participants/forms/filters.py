"""What a list of enterprises is narrowed and sorted by; it all stands in the address."""

from dataclasses import dataclass

from django import forms
from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.regions.models import Province
from participants.models import ClassLevel, Cohort, Enrolment, Process

NOBODY = "kosong"
# key in the address -> what is sorted by
ORDERS = {
    "nama": "name",
    "wilayah": "regency__name",
    "kelas": "class_level",
    "diperbarui": "updated_at",
}
PAGE_SIZES = (25, 50, 100)


@dataclass(frozen=True)
class Chosen:
    """An active filter, said in words, and the parameter that removes it."""

    parameter: str
    text: str


class EnterpriseFilter(forms.Form):
    """Reads the address; a parameter that makes no sense is left out instead of failing the page."""

    q = forms.CharField(required=False, label=gettext_lazy("Nama, produk, tempat, NIB, HP"))
    angkatan = forms.ModelChoiceField(
        queryset=Cohort.objects.none(),
        to_field_name="code",
        required=False,
        label=gettext_lazy("Angkatan"),
        empty_label=gettext_lazy("Semua"),
    )
    status = forms.ChoiceField(
        choices=[("", gettext_lazy("Semua")), *Enrolment.Status.choices],
        required=False,
        label=gettext_lazy("Status"),
    )
    kelas = forms.TypedChoiceField(
        choices=[("", gettext_lazy("Semua")), *ClassLevel.choices, ("0", gettext_lazy("Belum ada kelas"))],
        coerce=int,
        empty_value=None,
        required=False,
        label=gettext_lazy("Kelas"),
    )
    provinsi = forms.ModelChoiceField(
        queryset=Province.objects.all(),
        required=False,
        label=gettext_lazy("Provinsi"),
        empty_label=gettext_lazy("Semua"),
    )
    proses = forms.ModelChoiceField(
        queryset=Process.objects.all(),
        to_field_name="code",
        required=False,
        label=gettext_lazy("Proses"),
        empty_label=gettext_lazy("Semua"),
    )
    mentor = forms.ChoiceField(required=False, label=gettext_lazy("Mentor"))
    tanpa_nib = forms.BooleanField(required=False, label=gettext_lazy("Hanya yang belum punya NIB"))

    def __init__(self, data, *, user: User):
        super().__init__(data)
        self.fields["angkatan"].queryset = Cohort.objects.visible_to(user)
        mentors = User.objects.active().with_role(Role.MENTOR).values_list("pk", "full_name")
        mentors = mentors if user.works_for_programme else mentors.none()
        self.fields["mentor"].choices = [
            ("", _("Semua")),
            (NOBODY, _("Belum ada mentor")),
            *((str(pk), name) for pk, name in mentors),
        ]
        for name in self.fields:
            if name not in ("q", "tanpa_nib"):
                self.fields[name].widget.attrs["class"] = "form-select"
        self.fields["q"].widget.attrs["class"] = "form-control"
        self.fields["q"].widget.input_type = "search"
        self.fields["tanpa_nib"].widget.attrs["class"] = "form-check-input"
        self.is_valid()

    def narrow(self, rows):
        """Return the rows that answer to every filter, in the order asked for."""
        chosen = self.cleaned_data
        mentor = chosen.get("mentor")
        rows = rows.search(chosen.get("q") or "").taking_part(
            cohort=chosen.get("angkatan"),
            status=chosen.get("status") or "",
            mentor=mentor if mentor and mentor != NOBODY else None,
            without_mentor=mentor == NOBODY,
        )
        if (level := chosen.get("kelas")) is not None:
            rows = rows.filter(class_level=level or None)
        if province := chosen.get("provinsi"):
            rows = rows.filter(regency__province=province)
        if process := chosen.get("proses"):
            rows = rows.filter(processes=process)
        if chosen.get("tanpa_nib"):
            rows = rows.filter(nib=None)
        return rows.order_by(*self.order())

    def order(self) -> list:
        """Return the order asked for, the name last, so that the order is always the same."""
        asked = self.data.get("urut", "")
        column = ORDERS.get(asked.removeprefix("-"))
        if column is None:
            return ["name", "pk"]
        first = F(column).desc(nulls_last=True) if asked.startswith("-") else F(column).asc(nulls_last=True)
        return [first, "name", "pk"]

    def page_size(self) -> int:
        asked = self.data.get("per", "")
        return int(asked) if asked in map(str, PAGE_SIZES) else PAGE_SIZES[0]

    def chosen(self) -> list[Chosen]:
        """Return the active filters in words, in the order of the form."""
        found = []
        for name, value in self.cleaned_data.items():
            if value is None or value == "" or value is False:
                continue
            field = self.fields[name]
            if name == "q":
                text = f"“{value}”"
            elif name == "tanpa_nib":
                text = _("Belum punya NIB")
            elif isinstance(value, models.Model):
                text = f"{field.label}: {value}"
            else:
                text = f"{field.label}: {dict(field.choices).get(str(value)) or dict(field.choices)[value]}"
            found.append(Chosen(name, text))
        return found

"""Forms of addenda: what changes about each line, parts that are added, and the signing."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from closedloop.core.formats import number
from closedloop.core.forms import CountField, DayField, KeyedForm, form_helper
from closedloop.core.money import rupiah
from partnerships.actions.addenda import AddedLine, LineChange
from partnerships.forms.agreements import LineBaseFormSet, LineForm, SignForm
from partnerships.forms.fields import PriceField
from partnerships.models import Addendum, AddendumChange, AgreementParty
from partnerships.terms import Version

MOST_ADDED = 20


class AddendumForm(KeyedForm):
    """Number, day and reason; a later end of the agreement where it has one."""

    number = forms.CharField(
        label=_("Nomor adendum"), max_length=80, error_messages={"required": _("Isi nomor adendum.")}
    )
    effective_on = DayField(
        label=_("Berlaku mulai"),
        help_text=_("Sampai sehari sebelumnya, harga dan janji yang lama tetap dihitung."),
        error_messages={"required": _("Isi tanggal mulai berlaku.")},
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca pihak yang terkena. Jangan menulis harga pihak lain."),
        error_messages={"required": _("Isi alasannya.")},
    )
    extends_to = DayField(
        label=_("Berlaku sampai, bila diperpanjang"),
        required=False,
        help_text=_("Kosong berarti akhir masa berlaku tetap."),
    )


class ChangesForm(forms.Form):
    """Three fields for each line in force; what stays empty stays as it was."""

    def __init__(self, *args, lines, **options):
        super().__init__(*args, **options)
        self.lines = lines
        for line, now in lines:
            self.fields[f"{line.pk}-unit_price"] = PriceField(
                label=_("Harga acuan baru (Rp)"),
                required=False,
                help_text=_("Sekarang %(price)s") % {"price": rupiah(now.price)},
            )
            self.fields[f"{line.pk}-monthly_volume"] = CountField(
                label=_("Volume per bulan baru"), least=1, required=False, help_text=volume_words(now)
            )
            self.fields[f"{line.pk}-ends"] = forms.BooleanField(label=_("Part ini diakhiri"), required=False)
        self.helper = form_helper()

    def clean(self):
        for line, _now in self.lines:
            price, volume, ends = self.said(line)
            if ends and (price is not None or volume is not None):
                self.add_error(f"{line.pk}-ends", _("Kosongkan harga dan volume bila part diakhiri."))
        return self.cleaned_data

    def said(self, line) -> tuple:
        return tuple(
            self.cleaned_data.get(f"{line.pk}-{name}") for name in ("unit_price", "monthly_volume", "ends")
        )

    def rows(self) -> list[dict]:
        """Return each line with its fields, for the page."""
        names = ("unit_price", "monthly_volume", "ends")
        return [
            {"line": line, "fields": [self[f"{line.pk}-{name}"] for name in names]}
            for line, _now in self.lines
        ]

    def changes(self) -> list[LineChange]:
        """Return what was said of the lines, ready for the act; a line of which nothing was said is left out."""
        said = [(line, *self.said(line)) for line, _now in self.lines]
        return [
            LineChange(line, price, volume, bool(ends))
            for line, price, volume, ends in said
            if ends or price is not None or volume is not None
        ]


def volume_words(now: Version):
    if now.monthly_volume is None:
        return _("Sekarang tanpa janji volume")
    return _("Sekarang %(volume)s per bulan") % {"volume": number(now.monthly_volume)}


class AddedBaseFormSet(LineBaseFormSet):
    """Parts that are added, between parties of this agreement."""

    def __init__(self, *args, parties: list[AgreementParty], **options):
        super().__init__(*args, **options)
        for name in ("enterprise", "buyer"):
            own = [getattr(party, name) for party in parties if getattr(party, name)]
            self.choices[name] = [self.choices[name][0], *((one.pk, str(one)) for one in own)]

    def added(self) -> list[AddedLine]:
        """Return the rows that were filled in, ready for the act."""
        rows = (form.cleaned_data for form in self.forms if form.has_changed())
        return [
            AddedLine(**{name: value for name, value in row.items() if name != "DELETE"})
            for row in rows
            if row and not row.get("DELETE")
        ]


AddedFormSet = forms.formset_factory(
    LineForm, formset=AddedBaseFormSet, extra=2, max_num=MOST_ADDED, can_delete=True
)


class SignAddendumForm(SignForm):
    """When and where all parties signed, its scan, and the number that each party gave it."""

    def __init__(self, *args, parties: list[AgreementParty], **options):
        super().__init__(*args, **options)
        self.parties = {f"number-{party.pk}": party for party in parties}
        for name, party in self.parties.items():
            self.fields[name] = forms.CharField(
                label=_("Nomor dari %(party)s") % {"party": party}, max_length=80, required=False
            )

    def values(self) -> dict:
        """Return what was filled in, ready for the act."""
        said = dict(self.cleaned_data)
        numbers = {party: said.pop(name) for name, party in self.parties.items()}
        return said | {"numbers": numbers}


def initial_of(addendum: Addendum) -> tuple[dict, dict, list[dict]]:
    """Return what a draft says, for its form, its lines and the parts it adds."""
    terms = {name: getattr(addendum, name) for name in ("number", "effective_on", "reason", "extends_to")}
    lines: dict = {}
    added = []
    for change in addendum.changes.all():
        if change.kind == AddendumChange.Kind.ADD:
            names = ("part_name", "part_number", "unit_price", "monthly_volume")
            row = {name: getattr(change, name) for name in names}
            added.append(row | {"enterprise": change.enterprise_id, "buyer": change.buyer_id})
            continue
        lines[f"{change.line_id}-unit_price"] = change.unit_price
        lines[f"{change.line_id}-monthly_volume"] = change.monthly_volume
        lines[f"{change.line_id}-ends"] = change.kind == AddendumChange.Kind.END
    return terms, lines, added


class DayForm(forms.Form):
    """The day whose agreed lines are asked for."""

    pada = DayField(label=_("Pada tanggal"), required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

    def clean_pada(self):
        day = self.cleaned_data["pada"]
        if day is not None and day.year < 2000:
            raise ValidationError(_("Periksa tahunnya."))
        return day

"""Form of the parties: each has its own number for the same paper, and somebody who signs it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import form_helper
from partnerships.models import AgreementParty

FIELDS = {
    "own_number": (_("Nomor pihak ini"), 80),
    "signatory": (_("Penanda tangan"), 120),
    "signatory_title": (_("Jabatan"), 120),
}


class PartiesForm(forms.Form):
    """Three fields for each party; all may stay empty until the paper is there."""

    def __init__(self, *args, parties: list[AgreementParty], **options):
        super().__init__(*args, **options)
        self.parties = parties
        for party in parties:
            for name, (label, length) in FIELDS.items():
                self.fields[f"{party.pk}-{name}"] = forms.CharField(
                    label=label, max_length=length, required=False, initial=getattr(party, name)
                )
        self.helper = form_helper()

    def rows(self) -> list[dict]:
        """Return each party with its fields, for the page."""
        return [
            {"party": party, "fields": [self[f"{party.pk}-{name}"] for name in FIELDS]}
            for party in self.parties
        ]

    def values(self) -> dict:
        """Return {party: {field: text}}."""
        return {
            party: {name: self.cleaned_data[f"{party.pk}-{name}"] for name in FIELDS}
            for party in self.parties
        }

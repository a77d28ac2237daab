"""Writes to the parties of an agreement: each one's own number and signatory."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import changes, record
from partnerships.models import Agreement, AgreementParty


@transaction.atomic
def name_parties(agreement: Agreement, named: Mapping[AgreementParty, Mapping[str, str]], *, by: User) -> int:
    """Set own number, signatory and title of the given parties and return how many changed.

    A paper often gets a party's number after the signing, so this stays possible while the agreement runs; what
    has ended stays as it was.
    """
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if not agreement.TRANSITIONS[agreement.status]:
        raise ValidationError(_("Perjanjian ini sudah berakhir. Pihaknya tidak berubah lagi."))
    count = 0
    for party, texts in named.items():
        texts = {name: " ".join(text.split()) for name, text in texts.items()}
        before = {name: getattr(party, name) for name in texts}
        if texts == before:
            continue
        for name, text in texts.items():
            setattr(party, name, text)
        party.save(update_fields=[*texts])
        record("agreement_party.named", party, by=by, changes=changes(before, texts))
        count += 1
    return count

"""Each party's own number and signatory."""

import pytest
from django.core.exceptions import ValidationError

from closedloop.audit.models import Event
from partnerships.actions.parties import name_parties
from tests.factories.partnerships import agreement_between

pytestmark = pytest.mark.django_db


def test_a_number_is_kept_with_a_trail_and_what_has_ended_stays(today, staff, enterprise, buyer):
    agreement = agreement_between([enterprise], [buyer], status="active")
    party = agreement.parties.get(part="buyer")
    said = {party: {"own_number": " AC/2026/114 ", "signatory": "Citra", "signatory_title": ""}}
    assert [name_parties(agreement, said, by=staff) for _press in range(2)] == [1, 0]
    party.refresh_from_db()
    assert (party.own_number, Event.objects.filter(verb="agreement_party.named").count()) == (
        "AC/2026/114",
        1,
    )
    ended = agreement_between([enterprise], [buyer], status="completed")
    with pytest.raises(ValidationError):
        name_parties(ended, {ended.parties.first(): {"own_number": "X"}}, by=staff)

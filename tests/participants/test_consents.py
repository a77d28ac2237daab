"""Consent per purpose: read in full, given, withdrawn at once, with proof."""

import pytest
import time_machine
from django.urls import reverse

from closedloop.accounts.roles import Role
from participants import actions
from participants.consents import has_consent, text_of
from participants.models import Consent, Enterprise
from tests.factories.accounts import UserFactory
from tests.factories.participants import ConsentFactory, EnterpriseFactory, PersonFactory
from tests.factories.partnerships import BuyerContactFactory, OrderFactory

pytestmark = pytest.mark.django_db
MINE = reverse("participants:my_consents")


def own(name, purpose):
    return reverse(f"participants:{name}", args=[purpose])


@pytest.mark.parametrize("purpose", Consent.Purpose.values)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_purpose_has_its_text_in_both_languages(purpose, language):
    text = text_of(purpose, language=language)
    assert text.version == "2026-1" and len(text.use) > 60 and len(text.if_not) > 40


def test_a_version_only_on_paper_has_no_text_here():
    assert text_of("training", version="2019-kertas") is None


def test_an_owner_reads_each_text_and_agrees_to_one(client):
    owner = PersonFactory().user
    client.force_login(owner)
    page = client.get(MINE).content.decode()
    assert all(text_of(purpose).use in page for purpose in Consent.Purpose.values)
    client.post(own("give_own_consent", "sharing"))
    consent = Consent.objects.get()
    assert (consent.purpose, consent.channel, consent.language) == ("sharing", "Portal", "id")
    assert consent.person.user == owner
    assert client.post(own("give_own_consent", "sale")).status_code == 404


@time_machine.travel("2026-11-24T03:00:00Z", tick=False)
def test_a_withdrawal_is_asked_for_done_and_proved(client):
    owner = PersonFactory().user
    client.force_login(owner)
    client.post(own("give_own_consent", "publicity"))
    assert (
        "tidak dipakai di luar program"
        in client.get(own("withdraw_own_consent", "publicity")).content.decode()
    )
    proof = client.post(own("withdraw_own_consent", "publicity"), follow=True).content.decode()
    assert "24 November 2026, 10.00" in proof and "Data tidak lagi dipakai" in proof
    assert str(Consent.objects.get().pk)[-8:].upper() in proof
    assert client.get(own("withdraw_own_consent", "publicity")).status_code == 404
    client.force_login(PersonFactory().user)
    assert (
        client.get(reverse("participants:consent_receipt", args=[Consent.objects.get().pk])).status_code
        == 404
    )


def test_one_question_answers_for_one_and_for_many():
    consent = ConsentFactory(purpose="sharing")
    enterprise = consent.enterprise
    assert has_consent(enterprise, "sharing") and not has_consent(enterprise, "publicity")
    assert list(Enterprise.objects.consenting_to("sharing")) == [enterprise]
    actions.withdraw_consent(consent, by=UserFactory())
    assert not has_consent(enterprise, "sharing")
    assert not Enterprise.objects.consenting_to("sharing").exists()


def test_given_again_it_counts_once():
    enterprise = EnterpriseFactory()
    for _time in range(2):
        consent = actions.give_consent(enterprise, by=None, purpose="sharing", channel="Kertas")
        actions.withdraw_consent(consent, by=UserFactory())
    actions.give_consent(enterprise, by=None, purpose="sharing", channel="Kertas")
    assert list(Enterprise.objects.consenting_to("sharing")) == [enterprise]


def test_whatsapp_is_offered_only_while_it_is_agreed_to(client, login):
    person = PersonFactory(phone="+6281234567890")
    page = reverse("participants:detail", args=[person.enterprise.code])
    login(Role.STAFF)
    assert "wa.me/6281234567890" not in client.get(page).content.decode()
    consent = actions.give_consent(person.enterprise, by=None, purpose="whatsapp", channel="Kertas")
    assert "wa.me/6281234567890" in client.get(page).content.decode()
    actions.withdraw_consent(consent, by=UserFactory())
    assert "wa.me/6281234567890" not in client.get(page).content.decode()


def test_a_buyer_reads_the_profile_only_while_it_is_shared(client):
    order = OrderFactory()
    contact = BuyerContactFactory(buyer=order.buyer, user=UserFactory(role=Role.BUYER))
    client.force_login(contact.user)
    address, place = reverse("partnerships:suppliers"), order.enterprise.regency.name
    hidden = client.get(address).content.decode()
    assert str(order.enterprise) in hidden and "Profil tidak dibagikan" in hidden and place not in hidden
    consent = actions.give_consent(order.enterprise, by=None, purpose="sharing", channel="Kertas")
    assert place in client.get(address).content.decode()
    actions.withdraw_consent(consent, by=UserFactory())
    assert place not in client.get(address).content.decode()


def test_staff_record_a_withdrawal_with_its_channel(client, login):
    consent = ConsentFactory(purpose="sharing")
    login(Role.STAFF)
    address = reverse("participants:withdraw_consent", args=[consent.enterprise.code, consent.pk])
    proof = client.post(address, {"channel": "Telepon"}, follow=True).content.decode()
    consent.refresh_from_db()
    assert consent.withdrawn_via == "Telepon" and "Telepon" in proof

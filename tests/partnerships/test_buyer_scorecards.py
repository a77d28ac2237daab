"""A buyer's own scorecard, imported beside our figures."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from closedloop.audit.models import Event
from closedloop.core.sheets import workbook_bytes
from partnerships import actions
from partnerships.actions import ScorecardDraft
from partnerships.models import BuyerScorecard
from tests.factories.ledger import BuyerScorecardFactory
from tests.factories.participants import EnterpriseFactory
from tests.factories.partnerships import DeliveryFactory

pytestmark = pytest.mark.django_db
MONTH = date(2026, 2, 1)
HEADERS = ["IKM", "Bulan", "Tepat kirim", "PPM", "Nilai"]


def upload(client, buyer, *rows):
    file = SimpleUploadedFile("rapor.xlsx", workbook_bytes("Rapor", HEADERS, rows))
    return client.post(reverse("partnerships:import_scorecards", args=[buyer.code]), {"file": file})


def test_looked_at_first_then_saved_beside_ours_with_the_difference(client, login, line, buyer, contact):
    DeliveryFactory(line=line, status="confirmed", quantity=1_000, rejected_quantity=1)
    login(contact)
    preview = upload(client, buyer, ["nira contoh", "Februari 2026", 95, 300, 88])
    assert not BuyerScorecard.objects.exists() and "1 baris siap disimpan" in preview.content.decode()
    address = reverse("partnerships:import_scorecards", args=[buyer.code])
    page = client.post(address, {"isi": preview.context["payload"]}, follow=True)
    row = page.context["rows"][0]
    assert (row["card"].on_time, row["card"].ppm, row["supply"].ppm) == (Decimal("0.95"), 300, 1000)
    assert (row["on_time_gap"], row["ppm_gap"]) == ("−5", "−700")
    again = client.post(address, {"isi": preview.context["payload"]}, follow=True).content.decode()
    assert "0 baru, 0 diganti, 1 tetap" in again and BuyerScorecard.objects.count() == 1


def test_one_bad_cell_and_nothing_can_be_saved(client, login, line, buyer, contact):
    login(contact)
    page = upload(
        client, buyer, ["Nira Contoh", "2026-02", 95, 300, 88], ["Orang Lain", "2026-02", 95, "x", 88]
    )
    body = page.content.decode()
    assert page.context["payload"] == "" and "Simpan rapor" not in body
    assert "D3" in body and "Tulis angka saja." in body
    page = upload(client, buyer, ["Orang Lain", "2026-02", 95, 300, 88])
    assert "Bukan pemasok perusahaan ini." in page.content.decode() and page.context["payload"] == ""


def test_what_the_preview_signed_counts_for_that_person_and_buyer_alone(
    client, login, line, buyer, contact, staff
):
    login(contact)
    payload = upload(client, buyer, ["Nira Contoh", "2026-02", 95, 300, 88]).context["payload"]
    address = reverse("partnerships:import_scorecards", args=[buyer.code])
    for user, sent in ((staff, payload), (contact, payload[:-2] + "xx")):
        login(user)
        assert "tidak berlaku lagi" in client.post(address, {"isi": sent}, follow=True).content.decode()
    assert not BuyerScorecard.objects.exists()


def test_another_value_takes_the_buyers_own_earlier_one_and_stays_in_the_trail(
    enterprise, buyer, line, staff
):
    draft = ScorecardDraft(enterprise, MONTH, ppm=300)
    assert actions.import_scorecards(buyer, [draft], by=staff) == {"new": 1, "changed": 0, "unchanged": 0}
    changed = ScorecardDraft(enterprise, MONTH, ppm=250)
    assert actions.import_scorecards(buyer, [changed], by=staff)["changed"] == 1
    assert Event.objects.get(verb="buyer_scorecard.changed").data["changes"] == {"ppm": [300, 250]}


def test_who_does_not_supply_the_buyer_is_refused_and_nothing_of_the_rest_is_kept(
    enterprise, buyer, line, staff
):
    drafts = [ScorecardDraft(enterprise, MONTH, ppm=1), ScorecardDraft(EnterpriseFactory(), MONTH, ppm=1)]
    with pytest.raises(PermissionDenied):
        actions.import_scorecards(buyer, drafts, by=staff)
    assert not BuyerScorecard.objects.exists()


def test_whose_scorecards_one_may_know_of(enterprise, buyer, contact, owner):
    card = BuyerScorecardFactory(buyer=buyer, enterprise=enterprise)
    BuyerScorecardFactory()
    assert list(BuyerScorecard.objects.visible_to(contact)) == [card]
    assert list(BuyerScorecard.objects.visible_to(owner)) == [card]


def test_the_owner_reads_what_own_buyers_say_beside_ours_and_nobody_elses(
    client, login, line, enterprise, buyer, owner, contact
):
    DeliveryFactory(line=line, status="confirmed", quantity=1_000, rejected_quantity=1)
    BuyerScorecardFactory(enterprise=enterprise, buyer=buyer, month=MONTH, ppm=300, on_time=Decimal("0.95"))
    BuyerScorecardFactory(buyer=buyer, month=MONTH, ppm=271_828)
    login(owner)
    page = client.get(reverse("partnerships:my_scorecards"))
    row = page.context["rows"][0]
    assert (len(page.context["rows"]), row["supply"].ppm, row["ppm_gap"]) == (1, 1000, "−700")
    assert "271.828" not in page.content.decode()
    login(contact)  # the buyer has a page of its own
    assert client.get(reverse("partnerships:my_scorecards")).status_code == 403
    assert client.get(reverse("partnerships:buyer_scorecards", args=[buyer.code])).status_code == 200

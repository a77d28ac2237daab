"""Pages of agreements: what is typed is kept, nothing is half-saved, and nobody reads another's prices."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from closedloop.accounts.roles import Role
from closedloop.dashboard.tasks import tasks_for
from partnerships.models import Agreement, Promise, PurchaseOrder, ReviewMeeting
from tests.factories.accounts import OrganisationFactory
from tests.factories.participants import EnterpriseFactory
from tests.factories.partnerships import (
    BuyerContactFactory,
    BuyerFactory,
    DeliveryFactory,
    InvoiceFactory,
    OrderFactory,
    OrderLineFactory,
    ReviewFactory,
    ScheduleFactory,
    agreement_between,
)
from tests.factories.trainings import ModuleFactory

pytestmark = pytest.mark.django_db
NEW = reverse("partnerships:add_agreement")


def row(i, enterprise, buyer, **changed):
    values = {"enterprise": enterprise.pk, "buyer": buyer.pk, "part_name": "Clamp", "part_number": "",
              "unit_price": "9.600", "monthly_volume": "6.000", **changed}  # fmt: skip
    return {f"baris-{i}-{name}": str(value) for name, value in values.items()}


def form(*rows, **changed):
    data = {
        "key": str(uuid4()), "number": "MOU/2026/0147", "title": "MoU pasokan clamp", "kind": "mou",
        "starts_on": "2026-01-01", "ends_on": "2026-12-31", "facilitator": "", "min_on_time": "95",
        "max_ppm": "1.000", "payment_days": "30", "baris-TOTAL_FORMS": "4", "baris-INITIAL_FORMS": "0",
        **changed,
    }  # fmt: skip
    for one in rows:
        data |= one
    return data


def test_two_ikm_and_three_firms_in_one_draft(client, login):
    login(Role.STAFF)
    witness = OrganisationFactory()
    ikm, firms = EnterpriseFactory.create_batch(2), BuyerFactory.create_batch(3)
    pairs = [(ikm[0], firms[0]), (ikm[0], firms[1]), (ikm[1], firms[2])]
    response = client.post(
        NEW, form(*(row(i, *pair) for i, pair in enumerate(pairs)), witnesses=[witness.pk])
    )
    agreement = Agreement.objects.get()
    assert response.url == agreement.get_absolute_url()
    assert {party.enterprise for party in agreement.parties.filter(part="enterprise")} == set(ikm)
    assert {party.buyer for party in agreement.parties.filter(part="buyer")} == set(firms)
    assert (agreement.lines.count(), agreement.min_on_time) == (3, Decimal("0.95"))
    assert Promise.objects.filter(volume=18_000, value=18_000 * 9_600).count() == 12
    page = client.get(response.url).content.decode()
    assert "Draf" in page
    assert str(witness) in page


def test_the_same_form_twice_makes_one_agreement(client, login, enterprise, buyer):
    login(Role.STAFF)
    data = form(row(0, enterprise, buyer))
    client.post(NEW, data)
    response = client.post(NEW, data | {"number": "MOU/2026/0148"})
    assert "Tidak ada yang dicatat dua kali" in response.content.decode()
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize(
    "changed, message",
    [
        ({"number": ""}, "Isi nomor perjanjian."),
        ({"title": ""}, "Isi judul."),
        ({"starts_on": "besok"}, "Tulis tanggal yang ada di kalender."),
        ({"ends_on": "2026-01-01"}, "Tanggal berakhir harus setelah tanggal mulai."),
        ({"min_on_time": "101"}, "Tulis persentase dari 0 sampai 100"),
        ({"max_ppm": "banyak"}, "Tulis jumlahnya dengan angka"),
        ({"payment_days": "366"}, "Syarat bayar paling lama 365 hari."),
        ({"baris-0-unit_price": "0"}, "Nilai harus lebih dari nol."),
        ({"baris-0-monthly_volume": ""}, "Isi volume per bulan."),
        ({"baris-0-enterprise": ""}, "Pilih IKM."),
        ({"baris-0-buyer": str(uuid4())}, "Pilih"),
    ],
)
def test_bad_input_is_told_and_what_was_typed_is_kept(client, login, enterprise, buyer, changed, message):
    login(Role.STAFF)
    response = client.post(NEW, form(row(0, enterprise, buyer, part_name="Part yang diketik")) | changed)
    page = response.content.decode()
    assert response.status_code == 200
    assert message in page
    assert "Part yang diketik" in page
    assert not Agreement.objects.exists()


def test_the_same_part_twice_is_told(client, login, enterprise, buyer):
    login(Role.STAFF)
    response = client.post(NEW, form(row(0, enterprise, buyer), row(1, enterprise, buyer)))
    assert "ditulis dua kali" in response.content.decode()


def test_more_rows_come_without_script_and_save_nothing(client, login, enterprise, buyer):
    login(Role.STAFF)
    data = form(
        row(0, enterprise, buyer, part_name="Part yang diketik"), tambah_baris="1", title="Judul diketik"
    )
    page = client.post(NEW, data).content.decode()
    assert 'name="baris-3-part_name"' in page
    assert "Part yang diketik" in page
    assert "Judul diketik" in page
    assert "errsum" not in page
    assert not Agreement.objects.exists()


def test_a_draft_is_edited_and_a_struck_or_emptied_line_goes(client, login, enterprise, buyer):
    login(Role.STAFF)
    client.post(NEW, form(*(row(i, enterprise, buyer, part_name=f"Part {i}") for i in range(3))))
    agreement = Agreement.objects.get()
    address = reverse("partnerships:edit_agreement", args=[agreement.code])
    page = client.get(address).content.decode()
    assert 'value="6.000"' in page  # the volume of a month, as it was typed
    kept = form(
        row(0, enterprise, buyer, part_name="Part 0"),
        row(1, enterprise, buyer, part_name="Part 1") | {"baris-1-DELETE": "on"},
        {
            f"baris-2-{name}": ""
            for name in ("enterprise", "buyer", "part_name", "unit_price", "monthly_volume")
        },
        **{"baris-INITIAL_FORMS": "3"},
    )
    assert client.post(address, kept).status_code == 302
    assert [line.part_name for line in agreement.lines.all()] == ["Part 0"]


def test_only_a_draft_is_edited(client, login, enterprise, buyer):
    login(Role.STAFF)
    agreement = agreement_between([enterprise], [buyer])
    response = client.get(reverse("partnerships:edit_agreement", args=[agreement.code]), follow=True)
    assert "bukan draf lagi" in response.content.decode()


@pytest.mark.parametrize(
    "name, content, message",
    [
        ("naskah.pdf", b"%PDF-1.7 isi", None),
        ("naskah.pdf", b"<script>alert(1)</script>", "Berkas ini bukan PDF atau foto."),
        ("naskah.pdf", b"", "Berkas ini kosong"),
    ],
)
def test_signing_with_a_scan(today, client, login, enterprise, buyer, name, content, message):
    login(Role.STAFF)
    agreement = agreement_between([enterprise], [buyer], status="draft")
    data = {"signed_on": "2026-11-20", "place": "Tegal", "scan": SimpleUploadedFile(name, content)}
    response = client.post(reverse("partnerships:sign_agreement", args=[agreement.code]), data)
    agreement.refresh_from_db()
    if message:
        assert message in response.content.decode()
        assert agreement.status == "draft"
        return
    paper = client.get(reverse("partnerships:agreement_scan", args=[agreement.code]))
    assert (agreement.status, paper.content) == ("signed", content)
    assert paper["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("act", ["submit", "activate", "resume", "complete"])
def test_an_act_out_of_turn_is_told_and_changes_nothing(client, login, enterprise, buyer, act):
    login(Role.STAFF)
    agreement = agreement_between([enterprise], [buyer], status="completed")
    response = client.post(reverse(f"partnerships:{act}_agreement", args=[agreement.code]), follow=True)
    assert response.status_code == 200
    assert 'class="note bad' in response.content.decode()
    agreement.refresh_from_db()
    assert agreement.status == "completed"


def test_stopping_asks_for_a_reason(client, login, enterprise, buyer):
    login(Role.STAFF)
    agreement = agreement_between([enterprise], [buyer])
    address = reverse("partnerships:terminate_agreement", args=[agreement.code])
    assert "Isi alasannya." in client.post(address, {"reason": ""}).content.decode()
    response = client.post(address, {"reason": "Pembeli menutup pabrik"}, follow=True)
    assert "Pembeli menutup pabrik" in response.content.decode()


# --- Orders and reviews -------------------------------------------------------------------------------
def order_form(line, **changed):
    return {
        "key": str(uuid4()), "number": "PO-8000", "kind": "trial", "ordered_on": "2026-02-01",
        "baris-TOTAL_FORMS": "2", "baris-INITIAL_FORMS": "0",
        "baris-0-line": str(line.pk), "baris-0-quantity": "600", "baris-0-due_on": "2026-03-01",
        "baris-1-line": str(line.pk), "baris-1-quantity": "400", "baris-1-due_on": "2026-03-10", **changed,
    }  # fmt: skip


def test_two_dates_of_a_part_are_one_line_with_a_schedule(client, login, enterprise, buyer):
    login(Role.STAFF)
    agreement = agreement_between([enterprise], [buyer])
    address = reverse("partnerships:add_order", args=[agreement.code])
    assert client.post(address, order_form(agreement.lines.get())).status_code == 302
    line = PurchaseOrder.objects.get().lines.get()
    assert (line.quantity, line.unit_price, line.schedule.count()) == (1000, 35_000, 2)


@pytest.mark.parametrize(
    "changed, message",
    [
        ({"kind": "regular"}, "belum siap pasok"),
        ({"kind": ""}, "Pilih jenis pesanan."),
        ({"number": ""}, "Isi nomor PO."),
        ({"baris-0-quantity": "0"}, "paling sedikit 1"),
        ({"baris-0-due_on": "2026-01-31"}, "mendahului tanggal PO"),
        ({"baris-1-unit_price": "40.000"}, "harus sama pada setiap tanggal"),
        ({"baris-0-line": "", "baris-0-quantity": "", "baris-0-due_on": "",
          "baris-1-line": "", "baris-1-quantity": "", "baris-1-due_on": ""}, "Isi paling sedikit satu part."),
    ],
)  # fmt: skip
def test_a_bad_order_is_told_and_nothing_is_saved(client, login, enterprise, buyer, changed, message):
    login(Role.STAFF)
    agreement = agreement_between([enterprise], [buyer])
    data = order_form(agreement.lines.get(), **changed)
    page = client.post(reverse("partnerships:add_order", args=[agreement.code]), data).content.decode()
    assert message in page
    assert not PurchaseOrder.objects.exists()


def test_a_review_without_a_decision_is_not_saved(client, login, enterprise, buyer):
    login(Role.STAFF)
    agreement = agreement_between([enterprise], [buyer])
    ModuleFactory(code="5R", name="5R", name_en="5S")
    address = reverse("partnerships:add_review", args=[agreement.code])
    data = {"key": str(uuid4()), "held_on": "2026-04-07", "minutes": "Notulen yang diketik",
            "keputusan-TOTAL_FORMS": "3", "keputusan-INITIAL_FORMS": "0", "keputusan-0-kind": "training"}  # fmt: skip
    page = client.post(address, data).content.decode()
    assert "paling sedikit satu keputusan" in page
    assert "Notulen yang diketik" in page
    need = data | {
        "keputusan-0-text": "Ulangi 5R",
        "keputusan-0-responsible": "Petugas",
        "keputusan-0-due_on": "2026-12-15",
    }
    assert "Pilih modul yang menjawab kebutuhan ini." in client.post(address, need).content.decode()
    assert not ReviewMeeting.objects.exists()
    need |= {"keputusan-0-module_code": "5R", "keputusan-0-enterprise": str(enterprise.pk)}
    response = client.post(address, need, follow=True)
    assert "Ulangi 5R" in response.content.decode()


# --- What others must not read ------------------------------------------------------------------------
@pytest.fixture
def shared(enterprise, owner, buyer, contact):
    """An agreement of two IKM and two buyers; what belongs to the others carries prices one would recognise."""
    other_ikm, other = EnterpriseFactory(name="Pesaing Contoh"), BuyerFactory(name="PT Saingan")
    agreement = agreement_between([enterprise, other_ikm], [buyer, other], price=35_000)
    agreement.lines.exclude(enterprise=enterprise, buyer=buyer).update(
        unit_price=77_777, part_name="Part rahasia"
    )
    for ikm, firm in ((enterprise, other), (other_ikm, other), (other_ikm, buyer)):
        order = OrderFactory(agreement=agreement, enterprise=ikm, buyer=firm, number=f"PO-{firm}-{ikm}-7777")
        line = OrderLineFactory(order=order, unit_price=77_777, part_name="Part rahasia")
        ScheduleFactory(line=line)
        DeliveryFactory(line=line, note_number=f"SJ-{firm}-{ikm}-7777", status="confirmed")
        InvoiceFactory(order=order, number="INV-7777", amount=77_777_000)
    return agreement


BUYER_PAGES = ["agreements", "deliveries", "confirmations", "suppliers"]
OWNER_PAGES = ["agreements", "deliveries", "my_supply", "send_delivery"]


def test_a_buyer_never_reads_another_buyers_prices_or_any_turnover(
    client, login, shared, contact, enterprise, buyer
):
    enterprise.annual_figures.create(year=2025, annual_sales=88_888_000_000)
    login(contact)
    addresses = [reverse(f"partnerships:{name}") for name in BUYER_PAGES] + [shared.get_absolute_url()]
    for address in addresses:
        page = client.get(address).content.decode()
        assert "88.888" not in page
        assert "PT Saingan-" not in page  # orders and delivery notes of the other buyer
    page = client.get(shared.get_absolute_url()).content.decode()
    assert "35.000" in page
    others = [order for order in PurchaseOrder.objects.exclude(buyer=buyer)]
    assert all(client.get(order.get_absolute_url()).status_code == 404 for order in others)


def test_an_owner_never_reads_another_ikms_prices(client, login, shared, owner, enterprise):
    login(owner)
    for name in OWNER_PAGES:
        assert "Pesaing Contoh-7777" not in client.get(reverse(f"partnerships:{name}")).content.decode()
    page = client.get(shared.get_absolute_url()).content.decode()
    assert "35.000" in page
    assert "Pesaing Contoh-7777" not in page
    others = PurchaseOrder.objects.exclude(enterprise=enterprise)
    assert all(client.get(order.get_absolute_url()).status_code == 404 for order in others)


def test_figures_of_a_shared_agreement_are_the_readers_own(client, login, shared, contact):
    login(contact)
    page = client.get(shared.get_absolute_url()).content.decode()
    # two lines at Rp35.000 were promised to this buyer, 4 quarters of 3.000 each; the other buyer's are not in it
    assert "Rp840&nbsp;juta" in page or "Rp840\N{NO-BREAK SPACE}juta" in page


@pytest.mark.parametrize("name", ["agreements", "deliveries", "buyers"])
def test_list_queries_do_not_grow_with_rows(client, login, name):
    login(Role.STAFF)

    def fill():
        ikm, firm = EnterpriseFactory(), BuyerContactFactory().buyer
        agreement = agreement_between([ikm], [firm])
        line = OrderLineFactory(order=OrderFactory(agreement=agreement, enterprise=ikm, buyer=firm))
        ScheduleFactory(line=line)
        DeliveryFactory(line=line, status="confirmed")
        ReviewFactory(agreement=agreement)

    assert queries(client, name, fill, 1) == queries(client, name, fill, 4)


def queries(client, name, fill, rows):
    for _row in range(rows):
        fill()
    with CaptureQueriesContext(connection) as context:
        assert client.get(reverse(f"partnerships:{name}")).status_code == 200
    return len(context)


def test_the_list_finds_what_the_task_counts(client, login, enterprise, buyer):
    """In force and over within 30 days, the last of them too; the task leads here."""
    today = timezone.localdate()
    for title, days in (("Hari ini", 0), ("Batas", 30), ("Nanti", 31)):
        agreement_between(
            [enterprise], [buyer], title=title, starts_on=today - timedelta(days=90),
            ends_on=today + timedelta(days=days), status="active",
        )  # fmt: skip
    lead = login(Role.LEAD)
    (task,) = [one for one in tasks_for(lead) if "status=ending" in one.url]
    page = client.get(task.url).content.decode()
    assert task.count == 2 and "Hari ini" in page and "Batas" in page and "Nanti" not in page


def test_the_list_filters_and_keeps_its_words(client, login, enterprise, buyer):
    login(Role.STAFF)
    mine = agreement_between([enterprise], [buyer], title="MoU dicari")
    agreement_between([EnterpriseFactory()], [BuyerFactory()], title="MoU lain", status="draft")
    for query in ("?q=Nira", f"?pembeli={buyer.code}", "?status=active", "?q=dicari"):
        page = client.get(reverse("partnerships:agreements") + query).content.decode()
        assert mine.title in page
        assert "MoU lain" not in page
    page = client.get(reverse("partnerships:agreements") + "?q=tidakada").content.decode()
    assert "Tidak ada perjanjian yang cocok" in page


def test_pages_speak_english(client, login, enterprise, buyer, settings):
    login(Role.STAFF)
    agreement = agreement_between([enterprise], [buyer], ends_on=date(2027, 6, 30))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(agreement.get_absolute_url()).content.decode()
    assert "Realised, accepted" in page
    assert "Diterima baik" not in page

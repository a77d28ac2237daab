"""The pages of one enterprise: facts, forms, people, papers, history."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.core.models import new_id
from participants import actions
from participants.models import Document, Enterprise, Person
from tests.factories.accounts import UserFactory
from tests.factories.participants import (
    AnnualFigureFactory,
    ConsentFactory,
    DocumentFactory,
    EnterpriseFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db
ADD = reverse("participants:add")


def address(name, enterprise, *more):
    return reverse(f"participants:{name}", args=[enterprise.code, *more])


def filled_in(**more):
    return {
        "key": str(new_id()),
        "name": "Contoh Tempa",
        "legal_form": "cv",
        "nib": "9120 0000 00001",
        "npwp": "51.884.472.5-898.000",
        "regency": "33.28",
        "employees_male": "12",
        "capital": "1,5 M",
        "kbli": "25910",
        "products": "Bracket\n\nClamp",
        "person_name": "Sulastri",
        "person_phone": "0812-3456-7890",
        "sales_year": "2025",
        "annual_sales": "750 juta",
        "has_consent": "on",
        "consent_channel": "Kertas",
        **more,
    }


def test_adding_reads_everything_as_people_write_it(client, login):
    login(Role.STAFF)
    response = client.post(ADD, filled_in())
    enterprise = Enterprise.objects.get()
    assert response.url == address("detail", enterprise)
    assert (enterprise.nib, enterprise.npwp) == ("9120000000001", "0518844725898000")
    assert (enterprise.capital, enterprise.employees_male, enterprise.employees_female) == (
        1_500_000_000,
        12,
        None,
    )
    assert [product.name for product in enterprise.products.all()] == ["Bracket", "Clamp"]
    assert enterprise.people.get().phone == "+6281234567890"
    assert enterprise.annual_figures.get().annual_sales == 750_000_000
    assert enterprise.consents.get().channel == "Kertas"


def test_the_same_form_sent_twice_makes_one_record(client, login):
    login(Role.STAFF)
    data = filled_in(nib="", npwp="")
    client.post(ADD, data)
    page = client.post(ADD, data, follow=True).content.decode()
    assert Enterprise.objects.count() == 1
    assert "sudah tersimpan" in page


@pytest.mark.parametrize(
    "wrong, message",
    [
        ({"name": ""}, "Isi nama usaha."),
        ({"nib": "123"}, "NIB harus 13 angka"),
        ({"npwp": "123456789012345"}, "Angka periksa NPWP tidak cocok"),
        ({"regency": ""}, "Pilih kabupaten/kota."),
        ({"regency": "99.99"}, "Kabupaten/kota ini tidak dikenal"),
        ({"regency": "tegal"}, "Pilih salah satu. Mungkin: Kabupaten Tegal, Kota Tegal."),
        ({"postal_code": "012"}, "Kode pos harus 5 angka"),
        ({"founded_year": "1800"}, "Tahun berdiri harus antara"),
        ({"founded_year": "dua ribu"}, "Tulis tahunnya"),
        ({"employees_male": "-1"}, "Jumlah harus paling sedikit 0."),
        ({"employees_male": "banyak"}, "Tulis jumlahnya dengan angka"),
        ({"capital": "lumayan"}, "Jumlah tidak terbaca"),
        ({"capital": "1.5"}, "dibaca dua cara"),
        ({"kbli": "2591"}, "KBLI harus lima angka"),
        ({"person_phone": "12"}, "Nomor ini tidak dikenali"),
        ({"sales_year": ""}, "Isi tahun omzet ini."),
        ({"sales_year": "2999"}, "belum terjadi"),
        ({"has_consent": ""}, "Minta persetujuan IKM dulu"),
        ({"email": "bukan email"}, "Tulis alamat email seperti"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_what_was_typed_stays(client, login, wrong, message):
    login(Role.STAFF)
    response = client.post(ADD, filled_in(**wrong))
    page = response.content.decode()
    assert response.status_code == 200
    assert message in page
    assert "Kesalahan: " in page
    (name, typed), *_ = wrong.items()
    if typed and name not in ("regency", "has_consent"):
        assert f'value="{typed}"' in page
    assert 'value="Sulastri"' in page
    assert not Enterprise.objects.exists()


def test_a_number_of_another_is_told_beside_its_field(client, login):
    EnterpriseFactory(nib="9120000000001")
    login(Role.STAFF)
    assert "NIB ini sudah dipakai IKM lain" in client.post(ADD, filled_in()).content.decode()
    assert Enterprise.objects.count() == 1


def edited(client, enterprise, **more):
    """Return what a browser would send from the form as it is shown, with some fields changed."""
    form = client.get(address("edit", enterprise)).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data["processes"] = [process.pk for process in data["processes"] or []]
    return {name: value for name, value in data.items() if value not in (None, "")} | more


def test_saving_the_form_as_it_is_shown_changes_nothing(client, login, codes):
    enterprise = EnterpriseFactory(npwp="0518844725898000", phone="+62283351234", website="https://contoh.id")
    actions.update_enterprise(enterprise, by=None, kbli="25910", products=["Baut"])
    login(Role.STAFF)
    before = Event.objects.count()
    response = client.post(address("edit", enterprise), edited(client, enterprise))
    assert response.status_code == 302
    assert Event.objects.count() == before


def test_a_stale_form_is_refused_and_kept(client, login):
    enterprise = EnterpriseFactory(name="Semula")
    login(Role.STAFF)
    data = edited(client, enterprise, name="Punyaku")
    actions.update_enterprise(enterprise, by=UserFactory(), name="Orang lain")

    page = client.post(address("edit", enterprise), data).content.decode()

    assert "baru saja diubah orang lain" in page
    assert 'value="Punyaku"' in page
    enterprise.refresh_from_db()
    assert enterprise.name == "Orang lain"


def test_identity_numbers_show_their_last_four_and_a_full_look_is_recorded(client, login):
    enterprise = EnterpriseFactory(nib="9120000001234", npwp="3328011203850002")
    staff = login(Role.STAFF)
    page = client.get(address("detail", enterprise)).content.decode()
    assert "•••••••••1234" in page and "9120000001234" not in page and "3328011203850002" not in page
    assert not Event.objects.exists()

    page = client.post(address("identity", enterprise)).content.decode()

    assert "9120000001234" in page and "3328011203850002" in page
    event = Event.objects.get()
    assert (event.verb, event.actor_id, event.enterprise_id) == (
        "enterprise.identity_viewed",
        staff.pk,
        enterprise.pk,
    )


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MENTOR, Role.ASSESSOR, Role.LEAD])
def test_a_full_look_is_for_those_who_need_it_and_a_refused_one_is_no_look(client, login, role):
    enterprise = EnterpriseFactory(nib="9120000001234", npwp="3328011203850002")
    who = login(role)
    answer = client.post(address("identity", enterprise))
    may = who.may(Permission.IDENTITY_VIEW_FULL)
    assert may == (role == Role.LEAD)
    assert answer.status_code == (200 if may else 403)
    assert ("9120000001234" in answer.content.decode()) == may
    assert Event.objects.filter(verb="enterprise.identity_viewed", actor_id=who.pk).count() == may
    assert client.get(address("identity", enterprise)).status_code == 405


def test_phones_are_masked_for_those_who_only_look_on(client, login):
    person = PersonFactory(phone="+6281234567890")
    login(Role.VIEWER)
    page = client.get(address("detail", person.enterprise)).content.decode()
    assert "08xx-xxxx-x890" in page and "0812-3456-7890" not in page


def test_legal_size_is_told_by_both_laws_with_the_year(client, login):
    enterprise = AnnualFigureFactory(
        enterprise__capital=1_000_000_000, annual_sales=2_000_000_001, year=2025
    ).enterprise
    login(Role.STAFF)
    page = client.get(address("detail", enterprise)).content.decode()
    assert "PP 7/2021" in page and "Permenperin 64/M-IND/PER/7/2016" in page
    sizes = client.get(address("detail", enterprise)).context["sizes"]
    assert [size.size for size in sizes] == ["mikro", "kecil", None]


def test_unknown_is_told_and_never_zero(client, login):
    enterprise = EnterpriseFactory(capital=None, employees_male=None)
    login(Role.STAFF)
    page = client.get(address("detail", enterprise)).content.decode()
    assert "Belum ada data" in page and "Rp0" not in page


def test_inviting_mails_a_link_after_the_commit(client, login):
    person = PersonFactory(user=None, email="sulastri@contoh.id")
    login(Role.STAFF)
    client.post(address("invite_person", person.enterprise, person.pk))
    assert [message.to for message in mail.outbox] == [["sulastri@contoh.id"]]
    person.refresh_from_db()
    assert person.user.role == Role.OWNER


def test_who_cannot_be_invited_is_told_why(client, login):
    person = PersonFactory(user=None)
    login(Role.STAFF)
    page = client.post(address("invite_person", person.enterprise, person.pk), follow=True)
    assert "Isi email orang ini dulu" in page.content.decode()
    assert not mail.outbox


def test_a_person_of_another_enterprise_is_not_found(client, login):
    person = PersonFactory()
    login(Role.STAFF)
    assert client.get(address("edit_person", EnterpriseFactory(), person.pk)).status_code == 404


def test_people_are_added_once_and_changed(client, login):
    enterprise = EnterpriseFactory()
    login(Role.STAFF)
    data = {"key": str(new_id()), "full_name": "Budi", "position": "quality", "phone": "0812 3456 7890"}
    for _ in range(2):
        client.post(address("add_person", enterprise), data)
    person = Person.objects.get()
    assert (person.phone, person.is_primary) == ("+6281234567890", True)

    data |= {"full_name": "Budi Santoso", "is_primary": "on", "is_active": "on"}
    client.post(address("edit_person", enterprise, person.pk), data)
    person.refresh_from_db()
    assert person.full_name == "Budi Santoso"


PDF = b"%PDF-1.7\ncontoh"


@pytest.mark.parametrize(
    "content, name, message",
    [
        (PDF, "iso.pdf", ""),
        (b"<script>alert(1)</script>", "iso.pdf", "bukan PDF, JPG, atau PNG"),
        (b"MZ\x90", "iso.png", "bukan PDF, JPG, atau PNG"),
        (b"", "iso.pdf", "Berkas ini kosong"),
    ],
)
def test_only_papers_and_pictures_are_taken_told_by_their_content(client, login, content, name, message):
    enterprise = EnterpriseFactory()
    login(Role.STAFF)
    data = {"key": str(new_id()), "kind": "iso9001", "file": SimpleUploadedFile(name, content)}
    page = client.post(address("add_document", enterprise), data, follow=True).content.decode()
    if message:
        assert message in page
        assert not Document.objects.exists()
    else:
        document = Document.objects.get()
        assert document.file.name == f"documents/{document.created_at:%Y/%m}/{document.pk}.pdf"
        got = client.get(reverse("participants:document", args=[document.pk]))
        assert got.content == PDF
        assert got.headers["Content-Disposition"] == 'attachment; filename="iso-9001.pdf"'
        assert got.headers["X-Content-Type-Options"] == "nosniff"


def test_a_paper_without_number_and_file_or_with_turned_dates_is_refused(client, login):
    enterprise = EnterpriseFactory()
    login(Role.STAFF)
    data = {"key": str(new_id()), "kind": "iso9001"}
    assert "unggah berkasnya" in client.post(address("add_document", enterprise), data).content.decode()
    data |= {"number": "1", "issued_on": "2026-02-02", "expires_on": "2026-02-01"}
    assert "sebelum tanggal terbit" in client.post(address("add_document", enterprise), data).content.decode()


def test_a_paper_without_a_file_has_nothing_to_download(client, login):
    login(Role.STAFF)
    assert client.get(reverse("participants:document", args=[DocumentFactory().pk])).status_code == 404


def test_a_year_is_recorded_and_recorded_again(client, login):
    enterprise = EnterpriseFactory()
    login(Role.STAFF)
    for sales in ("750 juta", "800 juta"):
        client.post(address("add_figure", enterprise), {"year": "2025", "annual_sales": sales})
    assert enterprise.annual_figures.get().annual_sales == 800_000_000
    page = client.post(address("add_figure", enterprise), {"year": "2025"}).content.decode()
    assert "Isi omzet atau jumlah karyawan." in page


def test_consent_is_given_and_withdrawn(client, login):
    enterprise = EnterpriseFactory()
    login(Role.STAFF)
    client.post(address("add_consent", enterprise), {"purpose": "sharing", "channel": "Kertas"})
    consent = enterprise.consents.get()
    ask = client.get(address("withdraw_consent", enterprise, consent.pk)).content.decode()
    assert "Tarik persetujuan ini?" in ask
    client.post(address("withdraw_consent", enterprise, consent.pk))
    consent.refresh_from_db()
    assert consent.withdrawn_at


def test_the_history_is_told_in_plain_words_newest_first(client, login):
    staff = login(Role.STAFF)
    enterprise = EnterpriseFactory()
    actions.update_enterprise(enterprise, by=staff, founded_year=2012)
    actions.give_consent(enterprise, by=staff, purpose="sharing", channel="Kertas")
    response = client.get(address("timeline", enterprise))
    assert [str(event.title) for event in response.context["events"]] == [
        "Persetujuan diberikan",
        "Data usaha diubah",
    ]
    assert "Berubah: tahun berdiri" in response.content.decode()


def test_the_owner_reads_the_history_but_not_what_is_still_discussed(client, login):
    person = PersonFactory()
    Event.objects.create(
        actor_name="Lead",
        verb="classdecision.proposed",
        target_type="assessments.classdecision",
        target_id="1",
        target_name="Usulan",
        enterprise_id=person.enterprise_id,
    )
    actions.record_identity_view(person.enterprise, by=UserFactory())
    login(person.user)
    titles = [
        str(event.title) for event in client.get(address("timeline", person.enterprise)).context["events"]
    ]
    assert titles == ["Nomor identitas lengkap dilihat"]


def test_an_owner_corrects_own_data_but_not_the_identity(client, login):
    person = PersonFactory(enterprise__name="Semula")
    login(person.user)
    page = client.get(reverse("participants:my_enterprise")).content.decode()
    assert "htmx" not in page and "CV Semula" in page
    data = {
        "phone": "(0283) 351234",
        "address": "Jl. Baru 1",
        "name": "Lain",
        "nib": "1",
        "capital": "2 M",
        "version": "1",
    }
    client.post(reverse("participants:edit_my_enterprise"), data)
    enterprise = Enterprise.objects.get(pk=person.enterprise_id)
    assert (enterprise.phone, enterprise.address) == ("+62283351234", "Jl. Baru 1")
    assert (enterprise.name, enterprise.capital) == ("Semula", 2_000_000_000)
    assert enterprise.nib == person.enterprise.nib


def test_an_owner_of_two_chooses_and_a_strangers_is_not_among_them(client, login):
    first = PersonFactory(enterprise__name="Arum")
    second = PersonFactory(enterprise__name="Bayu", user=first.user)
    stranger = PersonFactory(enterprise__name="Cempaka")
    login(first.user)
    mine = reverse("participants:my_enterprise")
    for code, name in [("", "Arum"), (second.enterprise.code, "Bayu"), (stranger.enterprise.code, "Arum")]:
        assert client.get(mine, {"ikm": code}).context["enterprise"].name == name


def test_an_owner_uploads_a_paper(client, login):
    person = PersonFactory()
    login(person.user)
    data = {"key": str(new_id()), "kind": "iso9001", "file": SimpleUploadedFile("iso.pdf", PDF)}
    for _ in range(2):
        client.post(reverse("participants:my_documents"), data)
    assert Document.objects.get().enterprise == person.enterprise


def test_an_account_without_an_enterprise_is_told_whom_to_ask(client, login):
    login(Role.OWNER)
    for name in ("my_enterprise", "my_documents"):
        page = client.get(reverse(f"participants:{name}")).content.decode()
        assert "belum terhubung dengan IKM" in page
    assert client.get(reverse("participants:edit_my_enterprise")).status_code == 302


def test_a_consent_of_another_enterprise_is_not_found(client, login):
    consent = ConsentFactory()
    login(Role.STAFF)
    assert client.post(address("withdraw_consent", EnterpriseFactory(), consent.pk)).status_code == 404


def test_two_people_at_one_person_are_shown_both_values(client, login):
    person = PersonFactory(full_name="Budi", phone="")
    login(Role.STAFF)
    page = address("edit_person", person.enterprise, person.pk)
    seen = client.get(page).context["form"].initial["seen"]
    actions.update_person(person, by=UserFactory(), full_name="Budi Santoso")
    data = {"full_name": "Budiman", "position": "owner", "is_primary": "on", "is_active": "on", "seen": seen}
    answer = client.post(page, data)
    assert "Tersimpan sekarang: Budi Santoso." in answer.content.decode()
    assert Person.objects.get().full_name == "Budi Santoso"
    client.post(page, data | {"seen": answer.context["form"]["seen"].value()})
    assert Person.objects.get().full_name == "Budiman"


def test_a_phone_of_two_enterprises_is_pointed_out_and_not_refused(client, login):
    first = PersonFactory(phone="+6281234567890")
    other = PersonFactory(phone="+6281234567890")
    login(Role.STAFF)
    page = client.get(address("detail", first.enterprise)).content.decode()
    assert "Dipakai juga di:" in page and str(other.enterprise) in page


def test_a_size_says_its_law_and_the_year_of_its_figures(client, login):
    enterprise = EnterpriseFactory(employees_male=None, employees_female=None, investment_value=None)
    AnnualFigureFactory(enterprise=enterprise, year=2024, annual_sales=10**9)
    AnnualFigureFactory(enterprise=enterprise, year=2025, annual_sales=None, employee_count=12)
    login(Role.STAFF)
    capital, sales, industry = client.get(address("detail", enterprise)).context["sizes"]
    assert (sales.law, str(sales.size.label), sales.year) == ("PP 7/2021", "Mikro", 2024)
    assert (capital.year, industry.year, industry.size) == (None, 2025, None)


def test_who_has_no_nib_is_marked_as_not_verified(client, login):
    login(Role.STAFF)
    for nib, is_marked in ((None, True), ("9120000000001", False)):
        page = client.get(address("detail", EnterpriseFactory(nib=nib))).content.decode()
        assert ("Belum terverifikasi" in page) == is_marked

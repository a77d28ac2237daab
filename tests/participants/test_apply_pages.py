"""The public form: few questions, nothing lost, nothing seen of anybody else."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from participants.forms.apply import ApplicationForm
from participants.models import Application, Enterprise
from tests.client import PortalClient
from tests.factories.applications import ApplicationFactory, judged, open_cohort

pytestmark = pytest.mark.django_db
MOST_QUESTIONS = 12

TYPED = {
    "name": "CV Tirta Selang",
    "legal_form": "cv",
    "nib": "9120 0000 00001",
    "regency": "kab. tegal",
    "products": "selang rem,  Bracket ",
    "employee_count": "12",
    "annual_sales": "750 juta",
    "motivation": "Menurunkan barang cacat.",
    "owner_name": "Sulastri",
    "phone": "62812-3456 7890",
    "email": "",
    "consent": "on",
}


@pytest.fixture
def cohort(reference):
    return open_cohort(name="Angkatan Terbuka")


@pytest.fixture
def draft(cohort):
    return ApplicationFactory(draft=True, cohort=cohort, name="", owner_name="", phone="", nib=None)


def send(client, draft, **changes):
    return client.post(draft.public_path, {**TYPED, "go": "send", **changes})


def test_the_form_asks_at_most_twelve_questions(client, draft):
    assert len(ApplicationForm.base_fields) <= MOST_QUESTIONS
    page = client.get(draft.public_path).content.decode()
    form = page.split("<form", 1)[1].split("</form>", 1)[0]
    names = set(re.findall(r'<(?:input|select|textarea)[^>]*\bname="(\w+)"', form))
    assert names - {"csrfmiddlewaretoken", "homepage"} == set(ApplicationForm.base_fields)
    assert 'type="file"' not in page


def test_without_sign_in_from_the_first_page_to_the_receipt(client, cohort):
    page = client.get(reverse("participants:apply"))
    assert "Angkatan Terbuka" in page.content.decode()
    answer = client.post(page.request["PATH_INFO"], {"angkatan": cohort.code, "key": str(uuid4())})
    draft = Application.objects.get()
    assert answer.url == draft.public_path
    assert send(client, draft).url == draft.public_path
    receipt = client.get(draft.public_path).content.decode()
    assert draft.code in receipt and "Jawaban paling lambat" in receipt
    draft.refresh_from_db()
    assert (draft.name, draft.nib, draft.phone) == ("Tirta Selang", "9120000000001", "+6281234567890")
    assert (draft.regency_id, draft.products, draft.annual_sales) == (
        "33.28",
        "selang rem, Bracket",
        750_000_000,
    )


def test_a_double_press_opens_one_draft_and_a_key_never_opens_anothers(client, cohort):
    press = {"angkatan": cohort.code, "key": str(uuid4())}
    first = client.post(reverse("participants:apply"), press)
    assert client.post(reverse("participants:apply"), press).url == first.url
    assert Application.objects.count() == 1
    Application.objects.update(answers={"name": "Rahasia"})
    assert client.post(reverse("participants:apply"), press).url != first.url


def test_saving_for_later_keeps_everything_even_what_cannot_be_read(client, draft):
    client.post(draft.public_path, {"go": "later", "name": "CV Tirta", "nib": "12", "phone": "nol delapan"})
    page = PortalClient().get(draft.public_path).content.decode()
    assert all(f'value="{text}"' in page for text in ("CV Tirta", "12", "nol delapan"))


def test_the_script_saves_the_same(client, draft):
    address = reverse("participants:save_application_draft", args=[draft.token])
    answer = client.post(address, {"name": "CV Tirta", "homepage": "x", "status": "accepted"})
    assert answer.content.decode().startswith("Draf tersimpan")
    draft.refresh_from_db()
    assert (draft.answers, draft.status) == ({"name": "CV Tirta"}, "draft")
    send(client, draft)
    assert client.post(address, {"name": "Lain"}).status_code == 409


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("name", "", "Isi nama usaha."),
        ("name", "CV", "Tulis nama usaha dengan lengkap."),
        ("legal_form", "ud", "Nama usaha menyebut bentuk lain."),
        ("nib", "12345", "13 angka"),
        ("regency", "Tegal", "Pilih salah satu. Mungkin: "),
        ("regency", "Tegall Kab", "tidak dikenal"),
        ("annual_sales", "750", "juta"),
        ("employee_count", "banyak", "angka"),
        ("phone", "123", "nomor"),
        ("email", "bukan alamat", "nama@contoh.id"),
        ("products", " , ", "sedikitnya satu produk"),
        ("consent", "", "Beri tanda setuju."),
    ],
)
def test_a_fault_is_said_at_its_field_and_nothing_typed_is_lost(client, draft, field, text, message):
    page = send(client, draft, **{field: text}).content.decode()
    assert message in page
    assert 'value="62812-3456 7890"' in page or field == "phone"
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert draft.answers["motivation"] == "Menurunkan barang cacat."


@pytest.mark.parametrize("nib", ["", "belum punya", "-"])
def test_who_has_no_nib_applies_all_the_same(client, draft, nib):
    send(client, draft, nib=nib)
    draft.refresh_from_db()
    assert (draft.status, draft.nib) == ("submitted", None)


def test_a_hall_behind_one_address_is_not_locked_out(client, cohort):
    for number in range(40):
        draft = ApplicationFactory(draft=True, cohort=cohort)
        send(client, draft, nib="", phone=f"0812 3456 {7000 + number}")
    assert cohort.applications.filter(status="submitted").count() == 40


def test_the_hidden_question_stops_a_machine_and_tells_a_person(client, draft):
    page = send(client, draft, homepage="https://contoh.id").content.decode()
    assert "Kosongkan kotak ini, lalu kirim lagi" in page
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_one_link_shows_nothing_of_another_application(client, cohort):
    other = ApplicationFactory(cohort=cohort)
    mine = ApplicationFactory(cohort=cohort)
    page = client.get(mine.public_path).content.decode()
    assert mine.name in page
    theirs = (other.name, other.owner_name, other.phone, other.email, other.code, other.nib, other.token)
    assert not [text for text in theirs if text in page]
    signature = mine.token.partition(".")[2]
    for guess in (other.code, f"{other.code}.{signature}", f"{mine.code}.{signature[:-1]}", "x"):
        for name in ("application_form", "withdraw_application"):
            assert client.get(reverse(f"participants:{name}", args=[guess])).status_code == 404
        saving = reverse("participants:save_application_draft", args=[guess])
        assert client.post(saving, {"name": "x"}).status_code == 404


def test_the_receipt_shows_numbers_only_in_part_and_no_reviewer(client, cohort, world):
    application = judged(3, 1, reviewers=(world.mentor, world.assessor), cohort=cohort)
    page = client.get(application.public_path).content.decode()
    assert application.nib not in page and application.phone not in page
    assert str(world.mentor) not in page and str(world.assessor) not in page
    assert "sedang dinilai" in page
    assert "no-store" in client.get(application.public_path).headers["Cache-Control"]


def test_taking_it_back_asks_first(client, cohort):
    application = ApplicationFactory(cohort=cohort)
    address = reverse("participants:withdraw_application", args=[application.token])
    assert "Tarik pendaftaran ini?" in client.get(address).content.decode()
    client.post(address)
    page = client.get(application.public_path).content.decode()
    assert "Pendaftaran ditarik" in page and application.name not in page


def test_no_cohort_open_says_so(client, reference):
    open_cohort(status="running")
    assert "Belum ada pendaftaran yang dibuka" in client.get(reverse("participants:apply")).content.decode()


def test_nobody_is_on_the_register_by_applying(client, draft):
    send(client, draft)
    assert not Enterprise.objects.exists()

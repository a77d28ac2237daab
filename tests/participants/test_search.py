"""Search by whatever somebody remembers, by index, with the reason told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closedloop.regions.models import Regency
from participants.models import Enterprise, EnterpriseKbli, Kbli, Process, Product, SearchWord
from participants.search import Search
from tests.factories.participants import EnterpriseFactory, PersonFactory

pytestmark = pytest.mark.django_db


def found(text):
    return [enterprise.name for enterprise in Enterprise.objects.search(text)]


def maker(name, *, kbli=None, process=None, regency="33.28", products=(), **fields):
    enterprise = EnterpriseFactory(name=name, regency=Regency.objects.get(code=regency), **fields)
    Product.objects.bulk_create(Product(enterprise=enterprise, name=one) for one in products)
    if kbli:
        EnterpriseKbli.objects.create(
            enterprise=enterprise, kbli=Kbli.objects.get(code=kbli), is_primary=True
        )
    if process:
        enterprise.processes.add(Process.objects.get(code=process))
    return enterprise


@pytest.fixture
def makers(codes):
    """Makers that are found by different things, and one that is found by none of them."""
    maker("Mutiara Knalpot")
    maker("Arum Kenalpot Jaya", regency="35.15")
    maker("Bayu", products=["Knalpot Racing"])
    maker("Cempaka", kbli="30912")
    maker("Dahlia", process="turning", regency="33.72")
    maker("Zaitun Plastik", regency="32.73")


@pytest.mark.parametrize("text", ["knalpot", "kenalpot", "Knalpott", "KNALPOT"])
def test_a_word_finds_its_makers_however_it_is_spelt_on_either_side(makers, text):
    names = found(text)
    assert set(names) == {"Mutiara Knalpot", "Arum Kenalpot Jaya", "Bayu", "Cempaka"}
    assert names[-2:] == ["Bayu", "Cempaka"]  # by product, then by activity


@pytest.mark.parametrize(
    "text, names",
    [
        ("PT Mutiara", {"Mutiara Knalpot"}),
        ("mutiara knalpt", {"Mutiara Knalpot"}),
        ("kenalpot tegal", {"Mutiara Knalpot", "Bayu", "Cempaka"}),
        ("knalpot jatim", {"Arum Kenalpot Jaya"}),
        ("knalpot racing", {"Bayu"}),
        ("solo", {"Dahlia"}),
        ("bubut", {"Dahlia"}),
        ("bubut solo", {"Dahlia"}),
        ("plastik jabar", {"Zaitun Plastik"}),
        ("industri plastik", {"Zaitun Plastik"}),
        ("zaitun surabaya", set()),
        ("raya", set()),
        ("30912", {"Cempaka"}),
    ],
)
def test_every_word_must_fit_somewhere(makers, text, names):
    assert set(found(text)) == names


def test_the_surest_comes_first(codes):
    maker("Toko Baja", products=["Baut Baja"])
    maker("Sumber Baut")
    maker("Baut Jaya")
    maker("Sumber Bautindo")
    assert found("baut") == ["Baut Jaya", "Sumber Baut", "Sumber Bautindo", "Toko Baja"]


def test_whom_only_the_title_of_an_activity_names_comes_last(makers):
    """Known for it by product or person first, whatever the names say in the alphabet."""
    maker("Aa Bubut", kbli="30912")
    both = maker("Zz Jaya", kbli="30912")
    PersonFactory(enterprise=both, full_name="Knalpot Sutarno")
    assert found("knalpot tegal") == ["Mutiara Knalpot", "Bayu", "Zz Jaya", "Aa Bubut", "Cempaka"]


@pytest.mark.parametrize(
    "typed",
    ["9120000077777", "9120 0000 77777", "91200000", "7777", "51.884.472.5-898.000", "0518844725898000"],
)
def test_a_number_is_found_whole_from_its_start_or_by_its_last_digits(typed):
    EnterpriseFactory(name="Arum", nib="9120000077777", npwp="0518844725898000")
    EnterpriseFactory(name="Bayu", nib="8000000000000")
    assert found(typed) == ["Arum"]


@pytest.mark.parametrize(
    "typed", ["0812-3456-7890", "+62 812 3456 7890", "62812345678", "81234567890", "7890"]
)
def test_a_telephone_however_it_is_typed(typed):
    of_person, of_firm = (
        EnterpriseFactory(name="Arum"),
        EnterpriseFactory(name="Bayu", phone="+6281234567890"),
    )
    PersonFactory(enterprise=of_person, phone="+6281234567890")
    PersonFactory(enterprise=EnterpriseFactory(name="Lama"), phone="+6281234567890", is_active=False)
    assert found(typed) == [of_person.name, of_firm.name]


def test_a_code_read_aloud(makers):
    enterprise = Enterprise.objects.get(name="Dahlia")
    assert found(enterprise.code.lower())[0] == "Dahlia"


@pytest.mark.parametrize(
    "text", ["'", "\\", "a'b & | ! (c:*", "\x00", "???", "-", "%", "x" * 500, "a b c d e f g h i j k"]
)
def test_no_text_is_a_fault(makers, text):
    assert isinstance(found(text), list)


def test_an_empty_text_leaves_the_list_alone(makers):
    assert Enterprise.objects.search("  ").count() == 6


@pytest.mark.parametrize(
    "text, name, reasons",
    [
        ("knalpot", "Mutiara Knalpot", []),
        ("knalpot", "Bayu", ["produk: Knalpot Racing"]),
        ("kenalpot tegal", "Bayu", ["produk: Knalpot Racing"]),
        (
            "knalpot",
            "Cempaka",
            ["hanya judul KBLI: 30912 Industri Komponen dan Perlengkapan Sepeda M…"],
        ),
        ("bubut", "Dahlia", ["proses: Bubut dan CNC"]),
    ],
)
def test_it_says_why(makers, text, name, reasons):
    row = Enterprise.objects.with_reasons().get(name=name)
    assert Search(text).reasons(row) == reasons


def test_of_a_number_it_says_which_and_shows_only_its_end():
    enterprise = EnterpriseFactory(nib="9120000077777")
    PersonFactory(enterprise=enterprise, phone="+6281234567777", full_name="Sulastri")
    row = Enterprise.objects.with_reasons().get()
    assert Search("7777").reasons(row) == ["NIB: •••••••••7777", "telepon: 08xx-xxxx-x777"]
    assert Search("sulastri").reasons(row) == ["orang: Sulastri"]


def test_words_are_kept_by_the_database_also_of_bulk_rows():
    known = set(SearchWord.objects.values_list("word", flat=True))
    one = EnterpriseFactory(name="Qwertz Uiopa")
    Product.objects.bulk_create(
        [Product(enterprise=one, name="Asdfgh"), Product(enterprise=one, name="Yxcvbn")]
    )
    Enterprise.objects.filter(pk=one.pk).update(name="Qwertz Lkjhgf")
    new = sorted(SearchWord.objects.exclude(word__in=known).values_list("word", flat=True))
    assert new == ["asdfgh", "lkjhgf", "qwertz", "uiopa", "yxcvbn"]
    assert found("asdfgk") == ["Qwertz Lkjhgf"]


def test_every_look_up_goes_by_index(makers):
    """With reading through forbidden as far as it can be, no table of the register is read through."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for text in ("kenalpot", "bubut solo", "0812-3456-7890", "7777"):
            with CaptureQueriesContext(connection) as asked:
                list(Enterprise.objects.search(text)[:25])
            cursor.execute("EXPLAIN " + asked.captured_queries[-1]["sql"])
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert "Seq Scan" not in plan, f"{text}:\n{plan}"
            assert "words" in plan

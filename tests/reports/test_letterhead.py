from datetime import date

from django.utils import translation

from closedloop.core.letterhead import letter_number, letterhead


def test_a_number_follows_the_pattern_of_the_letterhead(settings):
    assert letter_number("LPI", date(2026, 11, 24), 42, letterhead()) == "LPI/0042/IKM-CL/XI/2026"
    settings.REPORT_LETTERHEAD = {"unit": "KADIN", "number_pattern": "{seq:03}/{unit}/{month}/{year}"}
    assert letter_number("LPI", date(2027, 1, 4), 7, letterhead()) == "007/KADIN/I/2027"


def test_the_letterhead_speaks_the_language_of_the_report():
    with translation.override("en"):
        english = letterhead().plain()
    assert english["tagline"] != letterhead().plain()["tagline"]
    assert english["city"] == "Jakarta"

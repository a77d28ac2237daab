"""A stranger points a telephone at a paper: its QR is read as a picture, and its address opened."""

import re
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings

from closedloop.accounts.roles import Role
from closedloop.reports.models import Kind
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory
from tests.factories.trainings import CertificateFactory
from tests.reports.issuing import bytes_of, issue

PHONE = {"width": 390, "height": 844}
DOTS_PER_INCH = 110  # a page held before a cheap camera
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(120),
]


def scanned(content: bytes) -> list[str]:
    """Return what the QR codes on the pages of a PDF say, read from grey pictures of them."""
    document = pypdfium2.PdfDocument(content)
    pictures = [page.render(scale=DOTS_PER_INCH / 72).to_pil().convert("L") for page in document]
    document.close()
    codes = [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]
    return list(dict.fromkeys(codes))


@pytest.mark.parametrize("kind", [Kind.ENTERPRISE, Kind.TRAINING])
def test_a_stranger_scans_a_paper_and_reads_what_it_must_say(transactional_db, visitor, kind):
    lead = UserFactory(role=Role.LEAD)
    subject = EnterpriseFactory(name="Contoh Stamping") if kind == Kind.ENTERPRISE else CertificateFactory()
    job = issue(kind, subject, by=lead)
    [address] = scanned(bytes_of(job))
    assert address.startswith(f"{settings.SITE_URL}/")
    stranger = visitor(PHONE)
    page = stranger.page
    page.goto(stranger.server.url + urlsplit(address).path)
    page.get_by_text(re.compile("diterbitkan oleh portal dan (masih )?berlaku")).wait_for()
    number = job.number if kind == Kind.ENTERPRISE else subject.number
    assert page.get_by_text(number).count()
    assert lead.full_name not in page.content()
    stranger.picture(f"scanned-{kind}-390")

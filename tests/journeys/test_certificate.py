"""A stranger with a phone reads whether a certificate is ours, from its QR's address or from the code on it."""

import pytest
from django.utils import timezone

from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.trainings import CertificateFactory
from trainings import actions

SMALL = {"width": 360, "height": 740}
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]


def test_a_stranger_verifies_a_certificate_and_unmasks_forged_ones(transactional_db, visitor):
    certificate = CertificateFactory(issued_on=timezone.localdate())
    stranger = visitor(SMALL)
    page = stranger.open("trainings:certificate", certificate.code)
    page.get_by_text("diterbitkan oleh portal dan berlaku").wait_for()
    for printed in (certificate.number, str(certificate.person), str(certificate.enrolment.enterprise)):
        assert page.get_by_text(printed, exact=True).count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    stranger.picture("certificate-360")

    # a forged link: one sign of the code is another
    forged = certificate.code[:-1] + ("A" if certificate.code[-1] != "A" else "B")
    page = stranger.open("trainings:certificate", forged)
    page.get_by_text("Kode ini salah ketik.").wait_for()
    assert str(certificate.person) not in page.content()

    # the printed number is no key: it can be guessed, so it opens nothing
    page.get_by_label("Kode verifikasi pada sertifikat").fill(certificate.number)
    page.get_by_role("button", name="Periksa").click()
    page.get_by_text("Kode ini salah ketik.").wait_for()
    assert str(certificate.person) not in page.content()

    # the code as people type it: small letters, with spaces
    typed = " ".join(certificate.code.lower()[at : at + 4] for at in range(0, 12, 4))
    page.get_by_label("Kode verifikasi pada sertifikat").fill(typed)
    page.get_by_role("button", name="Periksa").click()
    page.get_by_text("diterbitkan oleh portal dan berlaku").wait_for()

    # the browser's own console reports the two answers "not found"; nothing else may be there
    assert all("404" in fault for fault in stranger.faults)
    stranger.faults.clear()

    actions.revoke_certificate(certificate, "Kehadiran dipalsukan", by=UserFactory(role=Role.STAFF))
    page.reload()
    page.get_by_text("Sertifikat ini dicabut").wait_for()
    page.get_by_text("Alasan: Kehadiran dipalsukan").wait_for()

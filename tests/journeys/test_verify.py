"""A stranger with a phone holds a paper against the portal: by its QR's address, and by its file."""

import io
import re
from urllib.parse import urlsplit

import pytest
import segno
from pypdf import PdfReader

from closedloop.accounts.roles import Role
from closedloop.reports import actions
from closedloop.reports.models import Kind
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory
from tests.reports.issuing import bytes_of, issue, links_in

PHONE = {"width": 390, "height": 844}
DROP = """([bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], 'laporan.pdf', { type: 'application/pdf' }));
  document.querySelector('form.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
}"""
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(120),
]


def test_a_stranger_verifies_a_paper_by_its_qr_and_by_its_file(transactional_db, visitor, tmp_path):
    lead = UserFactory(role=Role.LEAD)
    job = issue(Kind.ENTERPRISE, EnterpriseFactory(name="Contoh Stamping"), by=lead)
    content = bytes_of(job)
    address = next(link for link in links_in(content) if "#" not in link)  # what the QR beside it holds
    assert segno.make(address, error="m").version <= 6  # coarse enough for a cheap camera

    stranger = visitor(PHONE)
    page = stranger.page
    page.goto(stranger.server.url + urlsplit(address).path)
    page.get_by_text("diterbitkan oleh portal dan masih berlaku").wait_for()
    printed = re.sub(
        r"\s+", " ", " ".join(one.extract_text() for one in PdfReader(io.BytesIO(content)).pages)
    )
    for figure in job.snapshot["figures"].values():
        assert figure["text"] in printed and figure["text"] in page.locator(f"#{figure['mark']}").inner_text()
    assert lead.full_name not in page.content()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    stranger.picture("verify-390")

    true, changed = tmp_path / "laporan.pdf", tmp_path / "diubah.pdf"
    true.write_bytes(content)
    changed.write_bytes(content[:-2] + b"x" + content[-1:])
    page.set_input_files("#berkas", changed)
    page.get_by_text("Tidak sama.").wait_for()
    page.evaluate(DROP, [list(content)])
    page.get_by_text("Sama persis.").wait_for()
    assert not page.get_by_text("Tidak sama.").is_visible()

    page.set_input_files("#berkas", changed)  # and on the server
    page.get_by_role("button", name="Bandingkan di server").click()
    page.get_by_text("Berkas Anda bukan berkas yang diterbitkan.").wait_for()
    page.set_input_files("#berkas", true)
    page.get_by_role("button", name="Bandingkan di server").click()
    page.get_by_text("Berkas Anda sama persis dengan yang diterbitkan.").wait_for()

    actions.revoke(job, "Nilai tes akhir salah masuk.", by=lead)
    page.goto(stranger.server.url + urlsplit(address).path)
    page.get_by_text("Alasan: Nilai tes akhir salah masuk.").wait_for()
    stranger.picture("verify-revoked-390")

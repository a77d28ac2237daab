"""The renderer: what comes out, and what it refuses to take in."""

import io
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.utils import translation
from pypdf import PdfReader

from closedloop.core.letterhead import letterhead
from closedloop.reports import kinds, pdf  # noqa: TID253 this is its test
from closedloop.reports.fetcher import ReportURLFetcher
from closedloop.reports.kinds import enterprise
from closedloop.reports.work import ReportDataError
from tests.factories.participants import EnterpriseFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
]
AS_OF = datetime(2026, 11, 24, 3, tzinfo=UTC)


def snapshot_of(subject, language="id"):
    with translation.override(language):
        (found,) = enterprise.snapshots([subject], language=language, by=None, as_of=AS_OF)
        return kinds.identified(found, "LPI", 42, "HFJTY7X59R2B", letterhead())


def read(rendered) -> PdfReader:
    return PdfReader(io.BytesIO(rendered.content))


def text_of(rendered) -> str:
    return " ".join(page.extract_text() for page in read(rendered).pages)


def fonts_of(reader: PdfReader) -> set[str]:
    return {
        font.get_object()["/BaseFont"].split("+")[-1]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }


def test_a_report_is_a_tagged_titled_pdf_in_one_typeface():
    rendered = pdf.render(snapshot_of(EnterpriseFactory(name="Contoh Stamping")))
    reader = read(rendered)
    root = reader.trailer["/Root"]
    assert rendered.pages == len(reader.pages) == 3
    assert root["/Lang"] == "id" and root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Laporan Perkembangan IKM – CV Contoh Stamping"
    assert b"pdfaid:part" in rendered.content or b"pdfaid" in root["/Metadata"].get_data()
    assert all(name.startswith("Figtree") for name in fonts_of(reader)), fonts_of(reader)
    assert next(entry.title for entry in reader.outline) == "CV Contoh Stamping"
    assert not reader.attachments


def test_it_says_what_a_report_must_say():
    words = text_of(pdf.render(snapshot_of(EnterpriseFactory(name="Contoh Stamping"))))
    for phrase in (
        "LPI/0042/IKM-CL/XI/2026",
        "HFJT-Y7X5-9R2B",
        "Halaman 1 dari 3",
        "24 November 2026, 10.00",
        "WIB",
        "Belum ada data",
        "perintah di server",
        "Menyetujui,",
    ):
        assert phrase in words.replace("\xa0", " "), phrase


def test_the_same_snapshot_gives_the_same_bytes():
    snapshot = snapshot_of(EnterpriseFactory())
    assert pdf.render(snapshot).content == pdf.render(snapshot).content


def test_english_reports_are_english():
    rendered = pdf.render(snapshot_of(EnterpriseFactory(), language="en"))
    assert read(rendered).trailer["/Root"]["/Lang"] == "en"


def test_the_fast_way_draws_the_same_text_as_plain_weasyprint():
    """`ReportHTML` uses private surface of WeasyPrint; this is what tells when an upgrade moves it."""
    snapshot = snapshot_of(EnterpriseFactory())
    with translation.override("id"):
        source, drawings = pdf.source(snapshot)
    engine = pdf.engine()
    roots = {"aset": engine.static, "media": settings.MEDIA_ROOT}
    plain = pdf.HTML(
        string=f"<!doctype html>{source}", base_url="aset:/", url_fetcher=ReportURLFetcher(roots, drawings)
    ).write_pdf(stylesheets=[engine.css], font_config=engine.fonts)
    fast = pdf.render(snapshot)
    assert text_of(fast) == text_of(pdf.Rendered(plain, 0))


HOSTILE = [
    '<img src="file:///etc/passwd"/>',
    '<img src="http://127.0.0.1:9/x.png"/>',
    "<link rel=attachment href=file:///etc/passwd>",
    "]]><script>alert(1)</script>",
    '"><style>@import "http://127.0.0.1:9/x.css";</style>',
    "{{ settings.SECRET_KEY }} {% include 'x' %}",
    "bell \x07 and unit \x1f separators",
    "&nbsp; &lt; & <b>",
]


@pytest.mark.parametrize("payload", HOSTILE)
def test_what_people_type_stays_text(payload):
    subject = EnterpriseFactory(name=payload[:160], address=payload, certificates=payload)
    rendered = pdf.render(snapshot_of(subject))
    assert rendered.pages >= 3 and not read(rendered).attachments


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/x",
        "https://contoh.id/x",
        "data:text/plain,x",
        "ftp://contoh.id/x",
        "aset:/../closedloop/settings.py",
        "aset:/%2e%2e/closedloop/settings.py",
        "aset://contoh.id/reports/logo.svg",
        "media:/../../etc/passwd",
        "bagan:lain",
        "//contoh.id/x",
        "/etc/passwd",
    ],
)
def test_the_fetcher_refuses_everything_it_does_not_know(address):
    fetcher = ReportURLFetcher(
        {"aset": settings.BASE_DIR / "static", "media": settings.MEDIA_ROOT}, {"radar": "<svg/>"}
    )
    with pytest.raises(pdf.FatalURLFetchingError):
        fetcher.fetch(address)


def test_the_fetcher_serves_assets_and_charts():
    fetcher = ReportURLFetcher({"aset": settings.BASE_DIR / "static"}, {"radar": "<svg/>"})
    assert b"<svg" in fetcher.fetch("aset:/reports/logo.svg").read()
    assert fetcher.fetch("bagan:radar").read() == b"<svg/>"


def test_a_link_out_of_the_asset_folder_is_not_followed(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "secret").write_text("rahasia")
    (tmp_path / "assets" / "door").symlink_to(tmp_path / "secret")
    with pytest.raises(pdf.FatalURLFetchingError):
        ReportURLFetcher({"aset": tmp_path / "assets"}).fetch("aset:/door")


def test_a_refused_address_fails_the_report_with_a_sentence():
    page = '<html lang="id"><body><img src="file:///etc/passwd" alt="x"/></body></html>'
    with pytest.raises(ReportDataError, match="tidak diizinkan"):
        pdf.engine().pdf(page, {}, "LPI/1")

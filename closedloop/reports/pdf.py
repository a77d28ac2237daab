"""From a snapshot to a PDF: tagged (PDF/UA-1), archivable (PDF/A-3a), the same bytes for the same snapshot.

WeasyPrint takes a second to import, so this module is imported only by workers and commands, inside the
function that renders. What makes it fast is measured in pdf.md §4: fonts and style parsed once per process,
well-formed templates read by expat, charts as images, no garbage collection while rendering.
"""

import gc
import hashlib
import re
import shutil
import xml.etree.ElementTree as ET
from functools import lru_cache
from pathlib import Path

import cssselect2
from celery.signals import worker_shutdown
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from weasyprint import CSS, HTML  # noqa: TID253 slow itself
from weasyprint.text.fonts import FontConfiguration  # noqa: TID253
from weasyprint.urls import FatalURLFetchingError  # noqa: TID253

from closedloop.reports import kinds
from closedloop.reports.fetcher import ReportURLFetcher
from closedloop.reports.work import Rendered, ReportDataError

# what XML cannot hold; people paste such characters from other programmes
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# the elements our templates use; WeasyPrint's own sheet has 256 lines that every element is matched against
USER_AGENT = """
html, body, div, figure, figcaption, footer, h1, h2, h3, header, main, ol, p, section, ul { display: block }
head, link, meta, style, title { display: none }
table { display: table } caption { display: table-caption } colgroup { display: table-column-group }
col { display: table-column } thead { display: table-header-group } tbody { display: table-row-group }
tfoot { display: table-footer-group } tr { display: table-row } td, th { display: table-cell }
b, strong { font-weight: bolder } li { display: list-item } br::before { content: '\\A'; white-space: pre-line }
"""

ACCESSIBLE = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


class ReportHTML(HTML):
    """Well-formed XHTML read by expat (1 ms, not 60) under a user agent sheet of a dozen rules.

    Both are WeasyPrint's private surface; a test renders the same document through plain HTML() and compares.
    """

    def __init__(self, xhtml: str, url_fetcher: ReportURLFetcher):
        root = ET.fromstring(xhtml)  # noqa: S314 our own template, autoescaped; it declares no entities
        self.base_url, self.url_fetcher, self.media_type = "aset:/", url_fetcher, "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms=False):
        return [user_agent()]


@lru_cache(maxsize=1)
def user_agent() -> CSS:
    return CSS(string=USER_AGENT)


class Engine:
    """Fonts and style sheet, parsed once per process."""

    def __init__(self, static: Path):
        self.static = static
        self.fonts = FontConfiguration()
        style = static / "reports" / "report.css"
        fetcher = ReportURLFetcher({"aset": static})
        self.css = CSS(
            string=style.read_text(), base_url="aset:/", url_fetcher=fetcher, font_config=self.fonts
        )
        gc.collect()
        gc.freeze()

    def pdf(self, xhtml: str, drawings: dict[str, str], number: str) -> Rendered:
        """Return the PDF of one well-formed page source. Raises ReportDataError for a refused address."""
        roots = {"aset": self.static, "media": Path(settings.MEDIA_ROOT)}
        html = ReportHTML(FORBIDDEN.sub("", xhtml), ReportURLFetcher(roots, drawings))
        gc.disable()
        try:
            document = html.render(stylesheets=[self.css], font_config=self.fonts, pdf_variant="pdf/a-3a")
            content = document.write_pdf(
                pdf_variant="pdf/a-3a",
                pdf_identifier=hashlib.sha256(number.encode()).digest()[:16],
                finisher=finish,
            )
        except FatalURLFetchingError as error:  # a BaseException: `except Exception` would not see it
            raise ReportDataError(
                _("Laporan memuat alamat atau berkas yang tidak diizinkan atau sudah tidak ada.")
            ) from error
        finally:
            gc.enable()
            gc.collect()
        return Rendered(content, len(document.pages))


@lru_cache(maxsize=1)
def engine() -> Engine:
    """Return this process's engine."""
    return Engine(Path(settings.BASE_DIR) / "static")


def render(snapshot: dict) -> Rendered:
    """Return the PDF of a snapshot. Reads nothing but the snapshot and the files it names."""
    with translation.override(snapshot["language"]):
        xhtml, drawings = source(snapshot)
        return engine().pdf(xhtml, drawings, snapshot["number"])


def source(snapshot: dict) -> tuple[str, dict[str, str]]:
    """Return the page source of a report and the drawings it names, in the language in force."""
    maker = kinds.KINDS[snapshot["kind"]]
    context = maker.context(snapshot)
    return render_to_string(maker.TEMPLATE, context), context["drawings"]


def finish(document, pdf) -> None:
    """Add what readers of tags want and WeasyPrint leaves out of a PDF/A."""
    add_scope(pdf)
    add_accessible_mark(pdf)


def add_accessible_mark(pdf) -> None:
    """Say in XMP that the file is PDF/UA-1 too: WeasyPrint writes one of the two marks.

    PDF/A allows a foreign mark only with its schema described beside it (ISO 19005-3, 6.6.2.3).
    """
    (metadata,) = (item for item in pdf.objects if getattr(item, "extra", {}).get("Type") == "/Metadata")
    (xmp,) = metadata.stream
    metadata.stream = [xmp.replace(b"</rdf:RDF>", ACCESSIBLE + b"</rdf:RDF>")]


def add_scope(pdf) -> None:
    """Give header cells the Scope that PDF/UA checkers ask for; WeasyPrint gives data cells their Headers."""
    objects = {item.reference: item for item in pdf.objects}
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("S") == "/TH" and "A" in item:
            group = objects[objects[item["P"]]["P"]]
            item["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


@worker_shutdown.connect
def remove_unpacked_fonts(**_signal) -> None:
    """Remove the folder of unpacked fonts, which WeasyPrint leaves behind when a worker ends."""
    if engine.cache_info().currsize and (folder := getattr(engine().fonts, "_folder", None)):
        shutil.rmtree(folder, ignore_errors=True)

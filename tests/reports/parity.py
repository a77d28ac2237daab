"""Read the figures of one issued report back from its paper and from its pages."""

import io
import re
from decimal import Decimal

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from pypdf import PdfReader

from closedloop.figures import catalogue as figures
from closedloop.figures.catalogue import Scope, Value
from closedloop.reports.models import Kind, ReportJob
from tests.reports.issuing import bytes_of

WITHOUT_MEANINGS = {Kind.CARD}  # one page: its tiles alone, their meanings are on the page of its code


def plain(text: str) -> str:
    """Return the text without any white space: lines break where the paper and the page want."""
    return re.sub(r"\s+", "", text)


def assert_paper_says(job: ReportJob) -> int:
    """Every figure stands on the paper beside its own short code, its code and its meaning; returns how many."""
    reader = PdfReader(io.BytesIO(bytes_of(job)))
    paper = plain(" ".join(page.extract_text() for page in reader.pages))
    shown = [figure for figure in job.snapshot["figures"].values() if not figure["withheld"]]
    for figure in shown if job.batch.kind not in WITHOUT_MEANINGS else []:
        line = f"{figure['mark']} · {figure['code']} {figure['text']} {figure['definition'][:24]}"
        assert plain(line) in paper, line
    for code in job.snapshot["headlines"]:
        figure = job.snapshot["figures"][code]
        tile = f"{figure['name']} {figure['mark']} {figure['short'] if figure['known'] else figure['text']}"
        assert figure["withheld"] or plain(tile + figure["of"]) in paper, tile
    for words in (
        job.snapshot["as_of_text"],
        job.snapshot["requested_by"],
        *dict(job.snapshot["filters"]).values(),
    ):
        assert plain(words) in paper, words
    for name, version in job.snapshot["versions"]:
        assert plain(f"{name}{version}") in paper, name
    return len(shown)


def assert_service_says(job: ReportJob, scope: Scope) -> None:
    """Every figure is what the one figure service says of the same scope now."""
    with translation.override(job.batch.language):
        for code, figure in job.snapshot["figures"].items():
            value = figures.value(code, scope)
            assert (figure["text"], figure["of"], figure["records"]) == (
                value.text,
                value.of,
                value.records,
            ), code
            assert [part["text"] for part in figure["parts"]] == [
                value.figure.unit.write(part.value) for part in value.parts
            ], code


def assert_public_page_says(job: ReportJob, client) -> None:
    """Every figure stands on the page of the paper's code, in a line of its own."""
    page = client.get(reverse("reports:verify", args=[job.code])).content.decode()
    lines = dict(re.findall(r'<tr id="(A\d+)"(.*?)</tr>', page, re.DOTALL))
    for figure in job.snapshot["figures"].values():
        if not figure["withheld"]:
            line = plain(lines.pop(figure["mark"]))
            assert plain(f"{figure['text']}") in line and f">{figure['records']}<" in line, figure["code"]
    assert not lines


def assert_sheet_says(job: ReportJob, client) -> int:
    """Every figure stands in the report's Excel as a number of the same value; returns how many."""
    response = client.post(reverse("reports:download_sheet", args=[job.code]))
    headers, *rows = load_workbook(io.BytesIO(response.content), read_only=True).worksheets[0].values
    with translation.override(job.batch.language):
        at = {name: headers.index(_(name)) for name in ("Nilai", "Kode", "Jumlah data", "Angka", "Tertulis")}
    lines = {row[at["Kode"]]: row for row in reversed(rows) if row[at["Kode"]]}  # the figure before its parts
    shown = 0
    for code, figure in job.snapshot["figures"].items():
        row = lines[code]
        value = None if figure["value"] is None else Decimal(figure["value"])
        found = row[at["Nilai"]]
        assert (found is None) == (value is None), code
        assert value is None or abs(Decimal(str(found)) - value) <= abs(value) * Decimal("1e-12"), code
        assert figure["withheld"] or row[at["Tertulis"]] == figure["text"], code
        assert row[at["Jumlah data"]] == figure["records"], code
        shown += not figure["withheld"]
    return shown


def values_on(response) -> dict[str, Value]:
    """Return {code: value} of the figures that a page was given to draw."""
    found: dict[str, Value] = {}

    def walk(item) -> None:
        if isinstance(item, Value) and item.figure:
            found.setdefault(item.figure.code, item)
        elif isinstance(item, dict):
            for one in item.values():
                walk(one)
        elif isinstance(item, list | tuple):
            for one in item:
                walk(one)

    for layer in response.context:
        walk(layer.flatten() if hasattr(layer, "flatten") else layer)
    return found


def assert_portal_page_says(job: ReportJob, response) -> int:
    """Every figure that both the report and a page of the portal show is the same; returns how many there are."""
    both = {code: value for code, value in values_on(response).items() if code in job.snapshot["figures"]}
    page = plain(response.content.decode())
    for code, value in both.items():
        assert value.text == job.snapshot["figures"][code]["text"], code
        assert plain(value.short) in page or plain(value.text) in page, code
    return len(both)

"""What one report costs, as ratios of CPU time to WeasyPrint used plainly; all ways in turn, over the same rounds."""

import hashlib
import time
from collections.abc import Callable
from statistics import median

import pytest
from django.conf import settings
from django.utils import translation

from closedloop.reports import pdf  # noqa: TID253 this is its bench
from closedloop.reports.fetcher import ReportURLFetcher
from closedloop.reports.models import Kind
from tests.reports.papers import lengthened, shortest, snapshot_of

pytestmark = [pytest.mark.bench, pytest.mark.django_db, pytest.mark.timeout(1200)]
ROUNDS = 20
AT_LEAST = {"plain": 1.6, "archive": 1.4}  # times the plain way of WeasyPrint


def cpu(way: Callable[[], object]) -> float:
    before = time.process_time()
    way()
    return time.process_time() - before


def ways_of(snapshot: dict) -> dict[str, Callable[[], object]]:
    """Return the plain way of WeasyPrint, ours without archive and tags, and ours as it is issued."""
    engine = pdf.engine()
    with translation.override("id"):
        source, drawings = pdf.source(snapshot)
    roots = {"aset": engine.static, "media": settings.MEDIA_ROOT}

    def naive():
        fetcher = ReportURLFetcher(roots, drawings)
        style = '<link rel="stylesheet" href="aset:/reports/report.css"/></head>'
        page = f"<!doctype html>{source.replace('</head>', style)}"
        return pdf.HTML(string=page, base_url="aset:/", url_fetcher=fetcher).write_pdf()

    def plain():
        html = pdf.ReportHTML(source, ReportURLFetcher(roots, drawings))
        pdf.gc.disable()
        try:
            return html.render(stylesheets=[engine.css], font_config=engine.fonts).write_pdf()
        finally:
            pdf.gc.enable()
            pdf.gc.collect()

    return {"naive": naive, "plain": plain, "archive": lambda: pdf.render(snapshot)}


@pytest.mark.parametrize("full", [False, True], ids=["shortest", "full"])
@pytest.mark.parametrize("kind", [Kind.ENTERPRISE, Kind.CARD, Kind.REVIEW], ids=lambda kind: kind.value)
def test_a_report_costs_a_fraction_of_plain_weasyprint(kind, full):
    snapshot = snapshot_of(kind, shortest(kind))
    snapshot = lengthened(snapshot) if full else snapshot
    ways = ways_of(snapshot)
    for way in ways.values():
        way()  # warm
    spent = [{name: cpu(way) for name, way in ways.items()} for _ in range(ROUNDS)]
    ratios = {name: median(round["naive"] / round[name] for round in spent) for name in AT_LEAST}
    said = ", ".join(
        f"{name} {ratios[name]:.2f}x naive ({median(round[name] for round in spent) * 1000:.0f} ms)"
        for name in AT_LEAST
    )
    content = pdf.render(snapshot).content
    print(f"\nreports, {kind.value}{' full' * full}: {said}, {len(content) // 1024} KB")
    assert hashlib.sha256(content).digest() == hashlib.sha256(pdf.render(snapshot).content).digest()
    assert len(content) <= 130 * 1024
    for name, wanted in AT_LEAST.items():
        assert ratios[name] >= wanted, said

"""Forty texts that want more than to be read, in every field of one paper, through the real renderer."""

import io
import json
from itertools import cycle, islice

import pytest
from pypdf import PdfReader

from closedloop.reports import pdf  # noqa: TID253 this is its test
from closedloop.reports.fetcher import ReportURLFetcher
from closedloop.reports.models import Kind
from tests.reports.papers import changed, shortest, snapshot_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
]
HERE = "http://127.0.0.1:9/x"
PAYLOADS = [
    '<img src="file:///etc/passwd"/>',
    "<img src=file:///etc/hostname>",
    f'<img src="{HERE}.png"/>',
    '<img src="ftp://127.0.0.1/x"/>',
    '<img src="aset:/../closedloop/settings.py"/>',
    '<img src="media:/../../etc/passwd"/>',
    '<img src="bagan:lain"/>',
    '<img srcset="https://contoh.id/a.png 2x"/>',
    f'<link rel="stylesheet" href="{HERE}.css"/>',
    '<link rel="attachment" href="file:///etc/passwd"/>',
    '<a rel="attachment" href="file:///etc/passwd">x</a>',
    '<a href="javascript:alert(1)">x</a>',
    f'<style>@import "{HERE}.css";</style>',
    f"<style>@font-face {{ font-family: x; src: url({HERE}.woff2) }}</style>",
    "<style>* { display: none }</style>",
    f'<p style="background: url({HERE}.png)">x</p>',
    '" style="position: fixed; inset: 0; background: #fff',
    "' onerror='alert(1)",
    "</td></tr></table><table><tr><td>",
    "</main></body></html>",
    "]]><script>alert(1)</script>",
    "<![CDATA[ x ]]>",
    "<!-- x",
    "--> x",
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    "<?xml version='1.0'?>",
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    f'<object data="{HERE}"></object><embed src="{HERE}"/>',
    f'<iframe src="{HERE}"></iframe>',
    f'<base href="{HERE}"/>',
    f'<meta http-equiv="refresh" content="0;url={HERE}"/>',
    "{{ settings.SECRET_KEY }}",
    "{% include 'base.html' %}{% load x %}",
    "%(name)s %s {0} ${x}",
    "&nbsp; &lt; &#0; &#xD800; & <b>",
    "bell \x07, unit \x1f, nul \x00, escape \x1b",
    "\ufffe \uffff \ud83d alone",
    "\u202eterbalik\u202c \u200b\u2066x\u2069",
    '=HYPERLINK("http://127.0.0.1:9/x")',
    "A" * 400,
]


@pytest.mark.parametrize("each", [4, pytest.param(len(PAYLOADS), marks=pytest.mark.long)])
def test_what_people_type_stays_text_and_loads_nothing(each, monkeypatch):
    """So many of the forty in each field, in turn; in the long run all of them in every field."""
    loaded, fetch = [], ReportURLFetcher.fetch

    def watched(self, url, headers=None):
        loaded.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(ReportURLFetcher, "fetch", watched)
    assert len(set(PAYLOADS)) == 40
    turn = cycle(PAYLOADS)
    snapshot = snapshot_of(Kind.REVIEW, shortest(Kind.REVIEW))
    said = changed(snapshot, lambda text: "\n".join(islice(turn, each)))
    rendered = pdf.render(said)
    whole = json.dumps(said, ensure_ascii=False)
    assert all(json.dumps(one, ensure_ascii=False)[1:-1] in whole for one in PAYLOADS)
    ours = ("aset:/reports/logo.svg", "aset:/dist/fonts/", "bagan:")
    assert [url for url in loaded if not url.startswith(ours)] == []
    reader = PdfReader(io.BytesIO(rendered.content))
    words = "".join(page.extract_text() for page in reader.pages)
    words = "".join(words.split())
    for text in ("file:///etc/hostname", "{{settings.SECRET_KEY}}", "<!--x", "=HYPERLINK("):
        assert text in words, text
    assert "root:" not in words
    assert not reader.attachments and "/JavaScript" not in str(reader.trailer["/Root"])
    links = {link.partition("#")[0] for page in reader.pages for link in links_of(page)}
    assert links == {snapshot["url"]}


def links_of(page) -> list[str]:
    marks = [mark.get_object() for mark in page.get("/Annots", [])]
    return [mark["/A"]["/URI"] for mark in marks if "/URI" in mark.get("/A", {})]

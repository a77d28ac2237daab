"""What all reports have in common: the frame of a snapshot, and the context its template needs.

A snapshot is plain JSON in the language of the report: words as they will be printed, numbers where a chart
needs them. From it alone the report is drawn, today and years later.
"""

import io
from collections.abc import Iterable
from datetime import datetime

import segno
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.core import formats
from closedloop.core.letterhead import Letterhead, letter_number
from closedloop.figures.catalogue import Sheet, Value
from closedloop.figures.rules import rules_version
from closedloop.reports.models import Kind

SCHEMA = 1  # of the snapshots; a renderer that no longer knows an old schema says so


def frame(
    kind: Kind,
    *,
    heading: str,
    line: str,
    filters: list[tuple[str, str]],
    language: str,
    by: User | None,
    as_of: datetime,
) -> dict:
    """Return the title block of a report: what it is of, as of when, for whom, within which filters."""
    now = timezone.localtime(as_of)
    return {
        "schema": SCHEMA,
        "kind": kind.value,
        "language": language,
        "title": str(kind.label),
        "heading": heading,
        "line": line,
        "as_of": as_of.isoformat(),
        "as_of_text": formats.moment(as_of),
        "issued_on": formats.date_medium(now.date()),
        "day": now.date().isoformat(),
        "requested_role": str(by.get_role_display()) if by else _("perintah di server"),
        "requested_by": f"{by.full_name}, {by.get_role_display()}" if by else _("perintah di server"),
        "filters": [list(pair) for pair in filters],
        "versions": [],
        "figures": {},
        "headlines": [],
    }


def identified(snapshot: dict, prefix: str, sequence: int | None, code: str, head: Letterhead) -> dict:
    """Return the snapshot with its number, verification code and letterhead.

    Without a sequence it is a draft: it has no number and cannot be verified, and says so.
    """
    day = datetime.fromisoformat(snapshot["day"]).date()
    number = letter_number(prefix, day, sequence, head) if sequence is not None else _("tanpa nomor")
    spoken = "-".join(code[i : i + 4] for i in range(0, len(code), 4))
    return {
        **snapshot,
        "number": number,
        "code": code,
        "code_text": spoken,
        "url": f"{settings.SITE_URL}/periksa/{code}/" if code else "",
        "letterhead": head.plain(),
    }


def entry(value: Value) -> dict:
    """Return one figure as a report keeps it: its words, its number, its definition and its records."""
    figure = value.figure
    return {
        "code": figure.code,
        "name": str(figure.name),
        "unit": figure.unit.value,
        "definition": str(figure.definition),
        "source": figure.source,
        "value": plain(value.value),
        "n": plain(value.n),
        "m": plain(value.m),
        "records": value.records,
        "known": value.is_known,
        "withheld": value.withheld,
        "text": value.text,
        "short": value.short,
        "of": value.of,
        "parts": [
            {
                "key": part.key,
                "name": part.name,
                "value": plain(part.value),
                "text": figure.unit.write(part.value),
            }
            for part in value.parts
        ],
    }


def plain(number) -> str | None:
    """Return a number as JSON keeps it without losing digits."""
    return None if number is None else str(number)


def add_figures(snapshot: dict, sheet: Sheet, codes: list[str], *, headlines: list[str]) -> None:
    """Put the figures into the snapshot, each with its short code; the headlines stand above the others."""
    values = sheet.values(codes).items()
    snapshot["figures"] = {
        code: {"mark": f"A{place}", **entry(value)} for place, (code, value) in enumerate(values, start=1)
    }
    snapshot["headlines"] = headlines
    snapshot["versions"].append([_("Aturan angka"), rules_version()])


def text(value) -> str:
    """Return the value as text, or the words for not knowing it."""
    return formats.unknown() if value is None or value == "" else str(value)


def base_context(snapshot: dict, drawings: dict[str, str] | None = None) -> dict:
    """Return what the frame of every report template needs, beside the snapshot itself."""
    figures = snapshot["figures"]
    drawn = dict(drawings or {})
    if snapshot["url"]:
        drawn["qr"] = qr(snapshot["url"])
    return {
        "report": snapshot,
        "figures": {code.replace(".", "_"): figure for code, figure in figures.items()},
        "headlines": [figures[code] for code in snapshot["headlines"]],
        "definitions": in_order(figure for figure in figures.values() if not figure["withheld"]),
        "drawings": drawn,
    }


def in_order(figures: Iterable[dict]) -> list[dict]:
    """Return figures by their short codes; the database keeps them in no order."""
    return sorted(figures, key=lambda figure: int(figure.get("mark", "")[1:] or 0))


def qr(url: str) -> str:
    """Return the QR code of the verification address as SVG."""
    out = io.BytesIO()
    segno.make(url, error="m").save(
        out, kind="svg", border=0, xmldecl=False, omitsize=True, dark="#10212b", svgclass=None, lineclass=None
    )
    return out.getvalue().decode()


def pairs(facts: list) -> list[tuple]:
    """Return facts two by two, as the four columns of a table show them."""
    padded = [*facts, ["", ""]] if len(facts) % 2 else facts
    return list(zip(padded[::2], padded[1::2], strict=True))

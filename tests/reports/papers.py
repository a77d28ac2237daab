"""One subject of every kind of report, empty and full, and the paper that is drawn of it."""

from datetime import UTC, datetime

from django.utils import timezone, translation

from assessments import actions
from closedloop.accounts.roles import Role
from closedloop.core.letterhead import letterhead
from closedloop.reports import kinds
from closedloop.reports.kinds import card
from closedloop.reports.kinds.programme import PROGRAMME
from closedloop.reports.models import Kind
from tests.factories.accounts import UserFactory
from tests.factories.assessments import (
    AssessmentFactory,
    waiting_decision,
)
from tests.factories.participants import CohortFactory, EnrolmentFactory, EnterpriseFactory
from tests.factories.partnerships import BuyerFactory, ReviewFactory, agreement_between
from tests.factories.trainings import (
    CertificateFactory,
    SessionFactory,
)

AS_OF = datetime(2026, 11, 24, 3, tzinfo=UTC)
CODE = "HFJTY7X59R2B"


def snapshot_of(kind: str, subject, *, language="id", by=None) -> dict:
    """Return what the paper would say, identified as an issued one is."""
    maker = kinds.KINDS[kind]
    with translation.override(language):
        (found,) = maker.snapshots([subject], language=language, by=by, as_of=timezone.now())
        return kinds.identified(found, maker.PREFIX, 42, CODE, letterhead())


def shortest(kind: str):
    """Return the least that this kind can be about."""
    match kind:
        case Kind.ENTERPRISE | Kind.CARD:
            return EnterpriseFactory(name="Kosong")
        case Kind.COHORT:
            return CohortFactory(name="Angkatan Kosong")
        case Kind.AGREEMENT:
            return agreement_between([EnterpriseFactory()], [BuyerFactory()])
        case Kind.PROGRAMME:
            return PROGRAMME
        case Kind.MINUTES | Kind.CLASS:
            return decided(EnrolmentFactory())
        case Kind.TRAINING:
            return CertificateFactory()
        case Kind.REGISTER:
            return SessionFactory()
        case Kind.AUDIT:
            return AssessmentFactory(filled=3, submitted=True, approved=True)
        case Kind.REVIEW:
            return ReviewFactory(attendees="", minutes="Tidak ada bahasan.")
    raise AssertionError(kind)


def decided(enrolment):
    """Return a decision that raised an IKM."""
    members = [UserFactory(role=Role.ASSESSOR)]
    return actions.decide(
        waiting_decision(enrolment), "promoted", members=members, by=UserFactory(role=Role.LEAD)
    )


# what a paper is known by, and what charts and pages compute with
KEPT = {
    *("schema", "kind", "language", "title", "as_of", "day", "code", "code_text", "url", "number"),
    *("letterhead", "figures", "headlines", "filters", "own", "public", "signers", "src", "mark", "tone"),
    *("value", "values", "first", "last", "target", "targets", "moment", "months", "on_time", "ppm", "names"),
    *("hash", "sha256", "reached", "columns", "scores", "dimension", "rows_of"),
}
AT_MOST = 28


def changed(found, say, key=""):
    """Return the snapshot with every text that people could have typed said by `say`."""
    if key in KEPT:
        return found
    if isinstance(found, dict):
        return {name: changed(value, say, name) for name, value in found.items()}
    if isinstance(found, list):
        return [changed(value, say) for value in found]
    return say(found) if isinstance(found, str) and found else found


def lengthened(snapshot: dict) -> dict:
    """Return the snapshot as of somebody with long names and full tables."""
    if snapshot["kind"] == Kind.CARD:
        return full_card(snapshot)

    def say(text: str) -> str:
        return text if len(text) > 60 else f"{text} dengan keterangan yang lebih panjang dari biasanya"

    def repeat(found, key=""):
        if key in KEPT or not isinstance(found, dict | list):
            return found
        if isinstance(found, dict):
            return {name: repeat(value, name) for name, value in found.items()}
        full = [repeat(value) for value in found]
        is_table = bool(full) and isinstance(full[0], dict) and key not in ONCE
        return (full * AT_MOST)[:AT_MOST] if is_table else full

    return changed(repeat(snapshot), say)


# lists of dicts that no real paper has more of: the dimensions, the parts of an audit, the columns of a table
ONCE = {"scores", "parts", "groups", "areas", "sessions", "modules"}


def full_card(snapshot: dict) -> dict:
    """Return the card with as much as its kind lets onto it."""
    line = ("Butir yang diperiksa dengan nama panjang " * 3)[: card.LONGEST_LINE]
    short = line[: card.SHORTER_LINE]
    dimension = {"code": "K3L", "name": "Kesehatan dan keselamatan", "last": 61.5, "last_text": "61,5"}
    module = {"code": "M1", "name": short, "rate": "100%", "state": "Belum lulus", "tone": "tidak"}
    session = {
        "on": "Selasa, 24 November 2026",
        "time": "09.00\u201312.00 WIB",
        "title": short,
        "place": short,
    }
    return {
        **snapshot,
        "heading": f"{snapshot['heading']} Nama Usaha yang Sangat Panjang Sekali Sampai Dua Baris",
        "missing": {"lines": [line] * card.MOST_MISSING, "more": 8},
        "steps": {"lines": [line] * card.MOST_STEPS, "more": 13},
        "findings": {"lines": [line] * card.MOST_FINDINGS, "more": 5},
        "scores": [{**dimension, "target": 60.0}] * 7,
        "modules": [module] * card.MOST_MODULES,
        "sessions": [session] * card.MOST_SESSIONS,
    }

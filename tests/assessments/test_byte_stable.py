"""A decided decision is read as it was, byte for byte, whatever is done to the records it rested on (D8)."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone, translation

from assessments import actions
from assessments.actions.board import Condition
from assessments.models import BoardMember, ClassDecision, DecisionCondition, Objection
from closedloop.accounts.roles import Role
from closedloop.core.letterhead import letterhead
from closedloop.reports import kinds
from closedloop.reports.kinds import minutes
from participants.models import Document, Enterprise
from tests.factories.accounts import UserFactory
from tests.factories.assessments import FindingFactory, ScorecardFactory
from tests.factories.frozen import past_the_guards
from tests.guards.ours import our_models
from trainings.actions import load_reference

pytestmark = [
    pytest.mark.django_db,
]

# the record of the decision itself, and what is no source of it
NOT_A_SOURCE = {ClassDecision, BoardMember, DecisionCondition, Objection}
NO_APPS = {"audit", "notifications", "reports", "core", "regions"}
# what opens the pages at all: who signs in, and the codes in their addresses; and that a cohort is a rehearsal,
# which every page says above itself
KEEPS = {
    "password",
    "email",
    "role",
    "is_active",
    "is_superuser",
    "is_staff",
    "code",
    "last_login",
    "is_practice",
}

# what differs at every request, and the one line of chrome that names the reader
MASKS = (
    re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(rb'"X-CSRFToken": "[^"]*"'),
    re.compile(rb'name="form_key" value="[^"]*"'),
    re.compile(rb'nonce="[^"]*"'),
    re.compile(rb'<span class="avatar".*?</span>'),  # the reader's initials
    re.compile(rb'<a class="strong" href="/akun/">.*?</a>'),  # and name
    re.compile(rb'<p class="print-only small muted">.*?</p>', re.DOTALL),  # when and by whom it is printed
)


@pytest.fixture
def decision(world):
    """Conditional, against the recommendation, with evidence, papers, months and a critical finding behind it."""
    enterprise = world.enrolment.enterprise
    load_reference()
    Document.objects.create(enterprise=enterprise, kind="iso9001", number="QMS-1")
    ScorecardFactory(enterprise=enterprise, promised_value=5)
    FindingFactory(enterprise=enterprise, is_critical=True)
    member = UserFactory(role=Role.ASSESSOR, full_name="Anggota Sidang", title="Auditor mutu")
    return actions.decide(
        world.decision,
        "conditional",
        reason="Pembeli menunggu dan perbaikan di lini terlihat nyata.",
        conditions=[Condition("APAR diisi ulang", timezone.localdate() + timedelta(days=30))],
        members=[member],
        by=world.lead,
    )


def masked(page: bytes) -> bytes:
    for mask in MASKS:
        page = mask.sub(b"", page)
    return page


def paper(decision, language) -> bytes:
    """The PDF that anybody gets: only its own number and code are given, so that two can be compared."""
    from closedloop.reports import pdf  # slow import

    fresh = ClassDecision.objects.get(pk=decision.pk)
    with translation.override(language):
        (snapshot,) = minutes.snapshots([fresh], language=language, by=None, as_of=timezone.now())
        whole = kinds.identified(snapshot, minutes.PREFIX, 1, "ABCDEFGHJKMN", letterhead())
    return pdf.render(whole).content


def seen(client, login, decision, readers) -> dict[str, bytes]:
    found = {}
    for language in ("id", "en"):
        found[f"pdf {language}"] = paper(decision, language)
        for name, reader in readers.items():
            login(reader)
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
            page = client.get(decision.get_absolute_url())
            assert page.status_code == 200
            found[f"{name} {language}"] = masked(page.content)
    return found


def sources():
    return [m for m in our_models() if m not in NOT_A_SOURCE and m._meta.app_label not in NO_APPS]


def others(field, quoted: str) -> list[str]:
    """SQL for other values of the field's kind, to be tried in turn; none where all would mean the same."""
    if field.primary_key or field.is_relation or field.name in KEEPS or field.choices:
        return []
    match field:
        case models.CharField() | models.TextField():
            length = field.max_length or 500
            return [f"CASE WHEN {quoted} = '' THEN '' ELSE left('Zz' || {quoted}, {length}) END"]
        case models.DecimalField() | models.IntegerField():
            return [f"{quoted} + 1", f"{quoted} - 1"]
        case models.BooleanField():
            return [f"NOT {quoted}"]
        case models.DateField():
            return [f"{quoted} - interval '1 day'"]
        case models.JSONField():
            return ["'{}'::jsonb"]
    return []


def change_everything() -> dict[str, int]:
    """Give every column of every source another value, past triggers; what a CHECK refuses stays as it is."""
    changed = {}
    with past_the_guards(), connection.cursor() as cursor:
        for model in sources():
            for field in model._meta.local_concrete_fields:
                quoted = connection.ops.quote_name(field.column)
                for value in others(field, quoted):
                    if rows := written(cursor, f"UPDATE {model._meta.db_table} SET {quoted} = {value}"):
                        changed[f"{model._meta.label}.{field.name}"] = rows
                        break
    return changed


def written(cursor, statement: str) -> int:
    """Return how many rows the statement changed; none where a CHECK refuses it."""
    try:
        with transaction.atomic():
            cursor.execute(statement)
    except DatabaseError:
        return 0
    return cursor.rowcount


# a change of each of these was a leak once, or would be the first that somebody tries
MUST_CHANGE = {
    "participants.Enterprise.name",
    "participants.Enterprise.class_level",
    "participants.Cohort.name",
    "participants.Person.full_name",
    "participants.Document.number",
    "accounts.User.full_name",
    "accounts.User.title",
    "assessments.Assessment.recommendation",
    "assessments.Assessment.overall",
    "assessments.Assessment.dimension_scores",
    "assessments.Score.value",
    "assessments.Evidence.caption",
    "assessments.Evidence.sha256",
    "assessments.Rubric.name",
    "assessments.Dimension.name",
    "assessments.Dimension.name_en",
    "assessments.Dimension.weight",
    "assessments.Criterion.text",
    "assessments.ClassRequirement.threshold",
    "assessments.ClassScheme.name",
    "assessments.Finding.problem",
    "assessments.Finding.found_on",
    "assessments.Scorecard.delivered_quantity",
    "trainings.Module.name",
}


def test_page_and_paper_stay_what_they_were(decision, world, client, login, count):
    readers = {"lead": world.lead, "owner": world.owner}
    before = seen(client, login, decision, readers)
    changed = change_everything()
    assert {name for name in MUST_CHANGE if name not in changed} == {"participants.Enterprise.class_level"}
    Enterprise.objects.update(class_level=4)
    count("byte stable", columns=len(changed), rows=sum(changed.values()))
    after = seen(client, login, decision, readers)
    for name in before:
        assert after[name] == before[name], name

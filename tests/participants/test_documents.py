"""Papers are never overwritten: a new version keeps the old, and what is taken out keeps who and why."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from assessments.inputs import _valid_papers
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.core.models import new_id
from participants import actions
from participants.models import Document
from participants.templatetags.participants import document_badge
from partnerships.clearance import Paper
from partnerships.readiness import papers_of
from tests.factories.accounts import UserFactory
from tests.factories.participants import DocumentFactory, PersonFactory

pytestmark = pytest.mark.django_db


def address(name, paper):
    return reverse(f"participants:{name}", args=[paper.enterprise.code, paper.pk])


def test_a_newer_version_keeps_the_old_one(client, login):
    old = DocumentFactory(number="QMS-1")
    login(Role.STAFF)
    assert 'value="QMS-1"' in client.get(address("replace_document", old)).content.decode()
    data = {"key": str(new_id()), "number": "QMS-2", "issued_on": "2026-01-05"}
    page = client.post(address("replace_document", old), data, follow=True).content.decode()
    new = Document.objects.get(number="QMS-2")
    assert (new.replaces, new.kind) == (old, old.kind)
    assert list(old.enterprise.documents.current()) == [new]
    assert set(old.enterprise.documents.kept()) == {old, new}
    assert "1 versi lama atau dihapus" in page
    with pytest.raises(ValidationError, match="baru saja diganti"):
        actions.replace_document(old, by=UserFactory(), number="QMS-3")


def test_an_owner_takes_out_a_paper_with_a_reason(client):
    paper = DocumentFactory()
    owner = PersonFactory(enterprise=paper.enterprise).user
    client.force_login(owner)
    assert "Isi alasannya" in client.post(address("remove_document", paper), {"reason": " "}).content.decode()
    client.post(address("remove_document", paper), {"reason": "Salah unggah"})
    paper.refresh_from_db()
    assert (paper.removed_by, paper.removal_reason) == (owner, "Salah unggah")
    assert not paper.enterprise.documents.kept().exists()
    assert Event.objects.get(verb="document.removed").data["reason"] == "Salah unggah"
    assert client.get(address("remove_document", paper)).status_code == 404


def test_what_is_taken_out_no_longer_counts_for_class_or_supply():
    paper = DocumentFactory(kind="environment", issued_on=date(2025, 1, 1), expires_on=None)
    enterprise, day = paper.enterprise, date(2026, 5, 5)

    def judged():
        papers = _valid_papers([enterprise], day)[enterprise.pk]
        return "environment" in papers, papers_of([enterprise], day)[enterprise.pk]["environment"]

    before = judged()
    actions.remove_document(paper, by=UserFactory(), reason="Dicabut")
    assert (before[0], judged()[0]) == (True, False)
    assert before[1] == Paper.VALID and judged()[1] == Paper.MISSING


@pytest.mark.parametrize("days, word", [(-1, "Kedaluwarsa"), (60, "Segera habis"), (61, "Masih berlaku")])
def test_a_paper_asks_for_attention_sixty_days_before_its_end(days, word):
    paper = DocumentFactory.build(
        enterprise=None, issued_on=None, expires_on=timezone.localdate() + timedelta(days=days)
    )
    assert word in document_badge(paper)

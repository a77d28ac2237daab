"""Keberatan: within fourteen days, by the owner, answered by somebody who had no part (domain.md §5.3, rule 7)."""

from datetime import date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from assessments import actions
from assessments.actions.objecting import answerers
from assessments.models import ClassDecision, DecisionCondition, Objection
from assessments.standing import standing_of
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.core.models import new_id
from closedloop.dashboard.tasks import tasks_for
from closedloop.notifications.models import Notification
from closedloop.workflow import TransitionError
from tests.factories.accounts import UserFactory
from tests.guards.rows import MOMENT, one

pytestmark = pytest.mark.django_db
WHY = "Nilai K3L dihitung sebelum APAR kami diisi ulang."
ANSWER = "Foto APAR bertanggal sesudah hari penilaian itu."
JAKARTA = ZoneInfo("Asia/Jakarta")


def object_to(decision, owner, **options):
    return actions.object_to(
        decision, options.pop("reason", WHY), by=owner, id=options.pop("id", new_id()), **options
    )


class TestRaising:
    def test_answerers_are_told_in_the_portals_language(self, world, client, login):
        login(world.owner)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        url = reverse("assessments:object", args=[world.decided_decision.code])
        key = str(new_id())
        answers = {"key": key, "reason": WHY}
        assert client.post(url, answers).status_code == 302
        assert client.post(url, answers).status_code == 302  # pressed twice: one objection
        objection = Objection.objects.get()
        assert (str(objection.pk), objection.raised_by, objection.status) == (key, world.owner, "open")
        told = Notification.objects.filter(kind="objection.raised")
        assert {note.user for note in told} == set(answerers(objection))
        assert world.staff in {note.user for note in told}
        assert world.lead not in {note.user for note in told}
        assert all("keberatan atas keputusan kelas" in note.title for note in told)
        assert Event.objects.filter(verb="objection.raised", actor_id=world.owner.pk).count() == 1

    @pytest.mark.parametrize("length, allowed", [(29, False), (30, True)])
    def test_the_reason_has_thirty_letters(self, world, length, allowed):
        if allowed:
            assert object_to(world.decided_decision, world.owner, reason="x" * length).pk
        else:
            with pytest.raises(ValidationError, match="paling sedikit 30"):
                object_to(world.decided_decision, world.owner, reason=" " * 9 + "x" * length)

    @pytest.mark.parametrize(
        "clock, allowed",
        [("2026-12-08T23:59", True), ("2026-12-09T00:00", False), ("2026-11-24T23:00", True)],
    )
    def test_until_the_fourteenth_local_day(self, world, monkeypatch, clock, allowed):
        decision = world.decided_decision
        decided = datetime(2026, 11, 24, 22, 30, tzinfo=JAKARTA)  # the same day by the server's clock
        ClassDecision.objects.filter(pk=decision.pk).update(decided_at=decided)
        moment = datetime.fromisoformat(clock).replace(tzinfo=JAKARTA)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        if allowed:
            assert object_to(decision, world.owner).pk
        else:
            with pytest.raises(ValidationError, match="sampai 8 Desember 2026"):
                object_to(decision, world.owner)

    def test_the_page_says_until_when_and_after_it_only_that(self, world, client, login):
        decision = world.decided_decision
        login(world.owner)
        url = reverse("assessments:object", args=[decision.code])
        assert "Dapat diajukan sampai" in client.get(url).content.decode()
        assert url in client.get(decision.get_absolute_url()).content.decode()
        ClassDecision.objects.update(decided_at=timezone.now() - timedelta(days=15))
        page = client.get(url).content.decode()
        assert "Keberatan hanya dapat diajukan sampai" in page
        assert "<textarea" not in page
        assert url not in client.get(decision.get_absolute_url()).content.decode()

    def test_one_open_objection_per_decision(self, world):
        object_to(world.decided_decision, world.owner)
        with pytest.raises(ValidationError, match="menunggu jawaban"):
            object_to(world.decided_decision, world.owner)

    def test_a_photo_goes_with_it_and_a_wrong_file_is_told_beside_its_field(self, world, client, login):
        login(world.owner)
        url = reverse("assessments:object", args=[world.decided_decision.code])
        wrong = SimpleUploadedFile("x.exe", b"MZ" + b"0" * 99)
        page = client.post(url, {"key": str(new_id()), "reason": WHY, "file": wrong}).content.decode()
        assert "bukan PDF, JPG, atau PNG" in page
        assert WHY in page
        out = BytesIO()
        Image.new("RGB", (40, 30), "green").save(out, "PNG")
        photo = SimpleUploadedFile("apar.png", out.getvalue())
        client.post(url, {"key": str(new_id()), "reason": WHY, "file": photo})
        objection = Objection.objects.get()
        assert len(objection.sha256) == 64
        assert client.get(objection.file_url)["Content-Type"] == "image/jpeg"


class TestAnswering:
    @pytest.fixture
    def objection(self, world):
        return object_to(world.decided_decision, world.owner)

    def test_rejected_with_a_reason_the_owner_reads(self, objection, world, client, login):
        actions.answer_objection(objection, accept=False, answer=ANSWER, by=world.staff)
        objection.refresh_from_db()
        assert (objection.status, objection.answered_by, objection.new_decision) == (
            "rejected",
            world.staff,
            None,
        )
        assert Notification.objects.filter(kind="objection.answered", user=world.owner).count() == 1
        login(world.owner)
        assert ANSWER in client.get(objection.get_absolute_url()).content.decode()
        assert ClassDecision.objects.waiting().count() == 0

    def test_accepted_it_goes_before_the_board_again_and_the_old_one_stays(
        self, objection, world, client, login
    ):
        old = world.decided_decision
        today = timezone.localdate()
        assert standing_of(old, [objection], today=today).word == "Dalam keberatan"
        actions.answer_objection(objection, accept=True, answer=ANSWER, by=world.staff)
        new = ClassDecision.objects.waiting().get()
        assert (objection.new_decision, new.proposed_by) == (new, world.staff)
        assert standing_of(old, [objection], today=today).word == "Sidang ulang"
        member = UserFactory(role=Role.ASSESSOR)
        reason = "Sidang ulang: APAR terbukti terisi sebelum penilaian."
        actions.decide(new, "retained", reason=reason, members=[member], by=UserFactory(role=Role.LEAD))
        login(world.owner)
        page = client.get(old.get_absolute_url()).content.decode()
        assert "Diganti" in page
        assert old.record_number in page
        assert new.get_absolute_url() in page
        with pytest.raises(ValidationError, match="sudah diterima"):
            object_to(old, world.owner)

    def test_one_that_waits_already_is_heard_instead_of_a_second(self, objection, world):
        waiting = actions.propose_decision(world.enrolment, by=world.proposer)
        actions.answer_objection(objection, accept=True, answer=ANSWER, by=world.staff)
        assert objection.new_decision == waiting

    def test_answered_once(self, objection, world):
        stale = Objection.objects.get()
        actions.answer_objection(objection, accept=False, answer=ANSWER, by=world.staff)
        with pytest.raises(TransitionError):
            actions.answer_objection(stale, accept=True, answer=ANSWER, by=world.staff)
        assert ClassDecision.objects.waiting().count() == 0

    @pytest.mark.parametrize("who", ["decided_by", "assessor", "proposed_by", "member", "owner"])
    def test_nobody_with_a_part_in_it_answers(self, objection, world, who):
        """In the code, and by the database where somebody writes past it."""
        decision = objection.decision
        people = {"member": decision.board.get().user, "owner": world.owner}
        user = people.get(who) or getattr(decision, who)
        user.role = Role.LEAD
        user.save()
        with pytest.raises(ValidationError, match="orang lain menjawab"):
            actions.answer_objection(objection, accept=False, answer=ANSWER, by=user)
        with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE assessments_objection SET status = 'rejected', answer = 'x', answered_at = %s,"
                " answered_by_id = %s WHERE id = %s",
                [MOMENT, user.pk, objection.pk],
            )
        name = refusal.value.__cause__.diag.constraint_name
        assert name in {"objection_answer_is_independent", "objection_is_answered_by_another"}

    def test_who_must_answer_has_it_among_the_tasks_and_sees_when_it_is_late(
        self, objection, world, client, login
    ):
        def task_of(user):
            found = [task for task in tasks_for(user) if task.url.endswith("keberatan")]
            return [(task.count, task.tone) for task in found]

        assert task_of(world.staff) == [(1, "todo")]
        assert task_of(world.lead) == []  # decided
        Objection.objects.update(created_at=timezone.now() - timedelta(days=15))
        assert task_of(world.staff) == [(1, "bad")]
        login(world.staff)
        page = client.get(reverse("assessments:decisions"), {"tampil": "keberatan"}).content.decode()
        assert "Lewat batas" in page


class TestConditions:
    def test_somebody_says_once_whether_it_was_met(self, world):
        condition = world.condition
        with pytest.raises(ValidationError, match="apa yang dilihat"):
            actions.settle_condition(condition, is_met=True, note=" ", by=world.staff)
        actions.settle_condition(condition, is_met=False, note="Tabung masih kosong", by=world.staff)
        condition.refresh_from_db()
        assert (condition.is_met, condition.settled_by) == (False, world.staff)
        assert Event.objects.filter(verb="decisioncondition.unmet").count() == 1
        assert Notification.objects.filter(kind="decision.condition", user=world.owner).exists()
        with pytest.raises(TransitionError, match=f"oleh {world.staff}"):
            actions.settle_condition(condition, is_met=True, note="Terisi", by=world.staff)

    @pytest.mark.parametrize("days, found", [(-1, 1), (0, 0)])
    def test_it_is_overdue_from_the_day_after(self, days, found):
        today = date(2026, 12, 1)
        one(DecisionCondition, due_on=today + timedelta(days=days))
        assert DecisionCondition.objects.overdue(today).count() == found

    def test_an_overdue_one_is_among_the_tasks_of_staff(self, world):
        DecisionCondition.objects.filter(pk=world.condition.pk).update(due_on=date(2026, 1, 1))
        assert [task.count for task in tasks_for(world.staff) if task.url.endswith("syarat")] == [1]

"""Tests taken on phones: opened by the trainer at a session, answered once by each person who is there."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from participants.models import Enrolment, Person
from trainings.models.curriculum import Module
from trainings.models.questions import Question
from trainings.models.results import TestResult
from trainings.models.session import TrainingSession


class QuizQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Tests of the sessions one may know of."""
        return self.filter(session__in=TrainingSession.objects.visible_to(user))

    def running(self):
        """Those that can be answered now."""
        return self.filter(is_open=True, session__status=TrainingSession.Status.OPEN)


class Quiz(Record):
    """The test before or after a module, at one session. Who opened and stopped it is in the trail."""

    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="quizzes")
    kind = models.CharField(_("jenis"), max_length=4, choices=TestResult.Kind)
    is_open = models.BooleanField(default=True, editable=False)

    objects = QuizQuerySet.as_manager()

    class Meta:
        ordering = ["session", "kind"]
        verbose_name = _("tes sesi")
        constraints = [
            models.UniqueConstraint(fields=["session", "kind"], name="one_test_of_a_kind_per_session"),
            models.CheckConstraint(name="quiz_kind_is_known", condition=Q(kind__in=["pre", "post"])),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.session}"

    @property
    def is_running(self) -> bool:
        """Whether it can be answered now: closing the session ends its tests."""
        return self.is_open and self.session.status == TrainingSession.Status.OPEN


class AttemptQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Attempts of the enrolments one may know of."""
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))

    def handed_in(self):
        return self.filter(right__isnull=False)


class Attempt(Record):
    """One person's answers; begun with the first answer, `right` is counted when handed in."""

    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    # as the quiz's session has them, so that the database knows one attempt per person, module and kind
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="attempts")
    kind = models.CharField(_("jenis"), max_length=4, choices=TestResult.Kind)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attempts")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="attempts")
    delegate_name = models.CharField(_("diwakili oleh"), max_length=120, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    right = models.PositiveSmallIntegerField(_("benar"), null=True, editable=False)
    asked = models.PositiveSmallIntegerField(_("ditanyakan"), editable=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("jawaban tes")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "module", "kind", "person", "delegate_name"],
                nulls_distinct=False,
                name="one_attempt_per_person_and_test",
            ),
            models.CheckConstraint(
                name="attempt_is_somebodys",
                condition=Q(person__isnull=False, delegate_name="") | (Q(person=None) & ~Q(delegate_name="")),
            ),
            models.CheckConstraint(
                name="attempt_has_no_more_right_than_asked",
                condition=Q(right=None) | Q(right__lte=F("asked")),
            ),
            models.CheckConstraint(name="attempt_asks_something", condition=Q(asked__gte=1)),
            models.CheckConstraint(name="attempt_kind_is_known", condition=Q(kind__in=["pre", "post"])),
        ]

    def __str__(self):
        return f"{self.enrolment.enterprise}: {self.quiz}"

    @property
    def enterprise_id(self):
        """The IKM on whose timeline the attempt's events stand."""
        return self.enrolment.enterprise_id

    @property
    def name(self) -> str:
        """Who answered."""
        return self.delegate_name or str(self.person)


class Answer(Record):
    """What was chosen for one question; the last choice before handing in counts."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    choice = models.PositiveSmallIntegerField(_("pilihan"))

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("jawaban soal")
        constraints = [
            models.UniqueConstraint(fields=["attempt", "question"], name="one_answer_per_question"),
            models.CheckConstraint(name="answer_is_a_choice", condition=Q(choice__lte=3)),
        ]

    def __str__(self):
        return f"{self.question}: {self.question.options[self.choice]}"

    @property
    def is_right(self) -> bool:
        return self.choice == self.question.answer

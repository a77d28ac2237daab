"""Tests answered on a phone: every attempt is kept, one of a person counts, and only staff let them try again."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from participants.models import Enrolment, Person
from trainings.models.curriculum import Module
from trainings.models.questions import Question
from trainings.models.results import TestResult


class AttemptQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Attempts of the enrolments one may know of."""
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))

    def of_test(self, enrolment, module, kind):
        """All attempts of an IKM at one test; a module is the same in every version that has its code."""
        return self.filter(enrolment=enrolment, module__code=module.code, kind=kind)


class Attempt(Record):
    """One person's answers to ten questions; the id is the key that the page gave it.

    `created_at` is when it arrived, by the server's clock, and is what counts. The clocks of phones are kept as
    they said, and decide nothing.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attempts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attempts")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="attempts")
    kind = models.CharField(_("jenis"), max_length=4, choices=TestResult.Kind)
    right = models.PositiveSmallIntegerField(_("benar"), editable=False)
    asked = models.PositiveSmallIntegerField(_("ditanyakan"), editable=False)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    finished_on_phone = models.DateTimeField(null=True, editable=False)
    sent_on_phone = models.DateTimeField(null=True, editable=False)
    reopened_at = models.DateTimeField(null=True, editable=False)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    reopen_reason = models.CharField(_("alasan dibuka lagi"), max_length=300, blank=True, editable=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("jawaban tes")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "person", "module", "kind"],
                condition=Q(reopened_at=None),
                name="one_attempt_per_person_until_reopened",
            ),
            models.CheckConstraint(
                name="attempt_reopening_is_whole",
                condition=Q(reopened_at=None, reopened_by=None, reopen_reason="")
                | (Q(reopened_at__isnull=False, reopened_by__isnull=False) & ~Q(reopen_reason="")),
            ),
            models.CheckConstraint(
                name="attempt_has_no_more_right_than_asked",
                condition=Q(asked__gte=1, right__lte=F("asked")),
            ),
            models.CheckConstraint(name="attempt_kind_is_known", condition=Q(kind__in=["pre", "post"])),
        ]

    def __str__(self):
        return f"{self.person}: {self.module.code} {self.get_kind_display()}"

    def get_absolute_url(self):
        return reverse("trainings:my_attempt", args=[self.pk])

    @property
    def enterprise_id(self):
        """The IKM on whose timeline the attempt's events stand."""
        return self.enrolment.enterprise_id


class Answer(Record):
    """What was chosen for one question, counted from 0 in the question's own order."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
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

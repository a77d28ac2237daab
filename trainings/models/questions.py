"""The question bank of a module, versioned with it: four choices each, one of them right."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from closedloop.core.models import Record
from trainings.models.curriculum import Module


class Question(Record):
    """One question in two languages. `correct` is the place of the right choice, counted from 0."""

    CHOICES = 4

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(_("urutan"))
    text = models.CharField(_("pertanyaan"), max_length=300)
    text_en = models.CharField(_("pertanyaan (Inggris)"), max_length=300)
    choices = ArrayField(models.CharField(max_length=200), verbose_name=_("pilihan"), size=4)
    choices_en = ArrayField(models.CharField(max_length=200), verbose_name=_("pilihan (Inggris)"), size=4)
    correct = models.PositiveSmallIntegerField(_("jawaban"))

    class Meta:
        ordering = ["module__order", "order", "id"]
        verbose_name = _("soal")
        constraints = [
            models.CheckConstraint(name="question_asks_something", condition=~Q(text="") & ~Q(text_en="")),
            models.CheckConstraint(
                name="question_has_four_choices", condition=Q(choices__len=4, choices_en__len=4)
            ),
            models.CheckConstraint(name="question_answer_is_a_choice", condition=Q(correct__lte=3)),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        """The question in the reader's language."""
        return self.text_en if get_language() == "en" else self.text

    @property
    def options(self) -> list[str]:
        """The four choices in the reader's language, in their order."""
        return self.choices_en if get_language() == "en" else self.choices

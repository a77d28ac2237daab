"""Every word by which something in the register can be found, so that a misspelling finds its neighbours."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q


def words_in(*columns: str) -> SearchVector:
    """The words of these columns as they are, of no language: names are not inflected."""
    return SearchVector(*columns, config="simple")


class SearchWord(models.Model):
    """A word of a name, a product, a person or an activity. Triggers of the database add what is new.

    Nothing keeps a word from standing here twice, on purpose: two imports at once must not wait for each other.
    Words that nobody bears any more stay; they find nothing.
    """

    word = models.TextField()

    class Meta:
        ordering = ["word"]
        indexes = [
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="search_word_trigram"),
            models.Index(fields=["word"], opclasses=["text_pattern_ops"], name="search_word_start"),
        ]
        constraints = [models.CheckConstraint(name="search_word_is_a_word", condition=~Q(word=""))]

    def __str__(self):
        return self.word

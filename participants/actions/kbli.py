"""The everyday words by which people look for an activity; the code and the title are those of the statistics."""

from django.db import transaction

from closedloop.accounts.models import User
from closedloop.audit.trail import changes, record
from participants.models import Kbli


@transaction.atomic
def update_kbli_words(kbli: Kbli, *, by: User, words: str) -> Kbli:
    """Change the words of one activity; the next search knows them. Raises ValidationError when too long."""
    kbli = Kbli.objects.select_for_update().get(pk=kbli.pk)
    words = " ".join(words.split())
    before, kbli.words = {"words": kbli.words}, words
    kbli.full_clean()
    if differences := changes(before, {"words": words}):
        kbli.save(update_fields=["words"])
        record("kbli.updated", kbli, by=by, code=kbli.code, changes=differences)
    return kbli

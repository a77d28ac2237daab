"""What somebody may have meant by a word: the spellings of it that occur in the register."""

from django.apps import apps
from django.db.models import Q
from django.db.models.functions import Length

from closedloop.core.likeness import distance, forgiven
from participants import processes

# so many spellings of one word are looked for; the nearest come first
MOST_SPELLINGS = 40
MOST_CANDIDATES = 200
# a shorter word is only the beginning of others; a longer one may also stand within them
SHORTEST_WITHIN = 4


def spellings(word: str) -> tuple[str, ...]:
    """Return the words of the register that this one may be, itself first: its longer forms, and near misses."""
    words = apps.get_model("participants", "SearchWord").objects
    wanted = Q(word=word)
    if len(word) >= SHORTEST_WITHIN:
        wanted |= Q(word__contains=word) | Q(word__trigram_similar=word)
    elif len(word) > 1:
        wanted |= Q(word__startswith=word)
    near = words.filter(wanted).order_by(Length("word"), "word")
    candidates = dict.fromkeys(near.values_list("word", flat=True)[:MOST_CANDIDATES])
    slips = forgiven(word, is_known=word in candidates)
    places = {word: 0}
    for other in candidates:
        if other.startswith(word):
            places.setdefault(other, 1)
        elif len(word) >= SHORTEST_WITHIN and word in other:
            places.setdefault(other, 2)
        elif slips and (off := distance(word, other, slips)) <= slips:
            places[other] = 2 + off
    return tuple(sorted(places, key=lambda other: (places[other], other))[:MOST_SPELLINGS])


def processes_called(words: tuple[str, ...]) -> frozenset[str]:
    """Return the codes of the processes that people call so; a long word may be misspelt."""
    typed = " ".join(words)
    known = processes.words()
    if typed in known:
        return frozenset([known[typed]])
    slips = forgiven(typed, is_known=False) if len(words) == 1 else 0
    if not slips:
        return frozenset()
    return frozenset(code for called, code in known.items() if distance(typed, called, slips) <= slips)

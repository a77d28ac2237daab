"""How far one spelling is from another. Pure functions over text."""

# a word of fewer letters has too many neighbours that mean something else
SHORTEST_FORGIVEN = 4
# from so many letters on a slip is forgiven even where the word as typed is known, and then two
LONG, LONGER = 6, 7


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters must be put in, left out, changed or swapped; above `most` just most + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, another in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != another))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == another:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def forgiven(typed: str, *, is_known: bool) -> int:
    """Return how many slips to forgive in a word that was typed.

    A word that is known as it stands is taken at its word, unless it is long: then one slip, because
    the register has misspellings too. "Jaya" is not "Raya", but "knalpot" is also "kenalpot".
    """
    if len(typed) < SHORTEST_FORGIVEN or not typed.isalpha():
        return 0
    if is_known:
        return int(len(typed) >= LONG)
    return 2 if len(typed) >= LONGER else 1

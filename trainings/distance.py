"""How far a phone said it was from the place of a session. Nothing here refuses anybody."""

FAR = 1_000  # metres beyond what the phone may be wrong by [assumed: a large site with its car park]
FURTHEST = 20_100_000  # metres: half around the earth


def is_far(distance: int | None, accuracy: int | None) -> bool:
    """Whether the phone was more than a kilometre away even if it erred in its owner's favour; metres.

    A phone that said nothing is not far; one that does not know its accuracy is taken at its word.
    """
    return distance is not None and distance - (accuracy or 0) > FAR

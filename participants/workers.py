"""How many people work at an enterprise. Pure functions."""


def workers(male: int | None, female: int | None) -> int | None:
    """Return men and women together; None when nothing is said of either.

    Offices leave the cell blank where nobody works, so the half that is told counts alone. The other half
    itself stays unknown.
    """
    told = [count for count in (male, female) if count is not None]
    return sum(told) if told else None

"""When an owner is asked to rate the own workshop: before each official assessment (domain.md §5.3, rule 1). Pure."""

from datetime import date

QUIET_DAYS = 60  # after an official assessment, in which nobody is asked again; mentors come each quarter


def is_due(*, last_self: date | None, last_official: date | None, today: date) -> bool:
    """Whether no own rating stands for the official assessment that comes next.

    The first one is due at once. A rating of the day of an official visit was made before it and belongs to it.
    """
    if last_official is None:
        return last_self is None
    is_used_up = last_self is None or last_self <= last_official
    return is_used_up and (today - last_official).days >= QUIET_DAYS

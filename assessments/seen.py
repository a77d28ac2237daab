"""What has become done since a person last looked at their list. Pure: what was kept last time in, what to say out.

A visit is a day: whoever opens the page again on the same day still reads what the day brought.
"""

from collections.abc import Iterable, Mapping


def since_last_visit(
    kept: Mapping | None, unmet: Iterable[str], *, today: str, level: int
) -> tuple[dict, list[str], str]:
    """Return what to keep for next time, the keys that are done now, and the day of the visit before ("" if none).

    Another class has another list, so it begins anew.
    """
    now = sorted(unmet)
    if not kept or kept.get("level") != level:
        return {"level": level, "day": today, "was": now, "now": now, "before": ""}, [], ""
    if kept["day"] == today:
        was, before = sorted({*kept["was"], *now}), kept["before"]
    else:
        was, before = kept["now"], kept["day"]
    done = [key for key in was if key not in now]
    return {"level": level, "day": today, "was": was, "now": now, "before": before}, done, before

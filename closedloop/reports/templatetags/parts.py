"""A long table on paper as several: each is laid out alone, and a reader of tags meets none of a hundred pages."""

from collections.abc import Sequence

from django import template

register = template.Library()

MOST = 200  # rows of one table


@register.filter
def in_parts(rows: Sequence) -> list[dict]:
    """Return the rows in parts of at most 200, each with the places of its first and last; a short list whole."""
    starts = range(0, len(rows), MOST)
    return [
        {"rows": rows[start : start + MOST], "first": start + 1, "last": min(start + MOST, len(rows))}
        for start in starts
    ]

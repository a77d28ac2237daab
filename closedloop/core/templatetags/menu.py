"""The menu at the side of every desk page. It is drawn once for all pages on which it looks the same."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

# a section: its title, and of each line label, icon, address, count and mark
Lines = tuple[tuple[str, tuple[tuple[str, str, str, int, str], ...]], ...]


@register.simple_tag
def side_menu(sections) -> SafeString:
    """The sections of Navigation as HTML."""
    lines = tuple(
        (
            str(section.title),
            tuple(
                (str(item.label), item.icon, item.url, item.count or 0, item.current)
                for item in section.items
            ),
        )
        for section in sections
    )
    return drawn(get_language(), lines)


@lru_cache(maxsize=2048)
def drawn(_language: str, lines: Lines) -> SafeString:
    """Draw a menu; all that it shows is in what it is given, so nothing kept can be out of date."""
    return render_to_string("components/side_menu.html", {"sections": lines})

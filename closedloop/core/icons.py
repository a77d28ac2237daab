"""Icons as inline SVG, so that a page needs no icon font and no further request.

`static/icons.txt` lists the names in use; the set-up builds `static/dist/icons.json` from them.
"""

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FRAME = (
    '<svg class="{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
    'stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>'
)


@lru_cache(maxsize=1)
def drawings() -> dict[str, str]:
    """Return the inner markup of every icon; empty when the front end has not been built."""
    path = Path(settings.BASE_DIR) / "static" / "dist" / "icons.json"
    return json.loads(path.read_text()) if path.exists() else {}


@lru_cache(maxsize=2048)
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """Return one icon. Without a label it is decoration and hidden from screen readers.

    A name nobody drew gives an empty square: a missing decoration must never take a page down, and
    tests/core/test_components.py finds it long before. A page has dozens of the same few, so they are kept drawn.
    """
    classes = f"icon {css}".strip()
    reading = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(FRAME, classes, reading, mark_safe(drawings().get(name, "")))  # noqa: S308

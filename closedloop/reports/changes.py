"""What a newer report says otherwise than the one whose place it takes."""

from django.utils.translation import gettext as _


def changed_figures(old: dict, new: dict) -> list[dict]:
    """Return the figures that read differently in two snapshots, in the order of the newer one.

    Each is {mark, code, name, before, after}: `mark` is the figure's short code in the newer report, empty where
    it is no longer there; `before` and `after` are words as printed. A figure whose words stayed is not changed.
    """
    before, after = old["figures"], new["figures"]
    found = [
        {"mark": figure.get("mark", ""), "code": code, "name": figure["name"], "before": words, "after": now}
        for code, figure in after.items()
        if (words := said(before.get(code))) != (now := said(figure))
    ]
    return found + [
        {"mark": "", "code": code, "name": figure["name"], "before": said(figure), "after": said(None)}
        for code, figure in before.items()
        if code not in after
    ]


def said(figure: dict | None) -> str:
    """Return all that a report says of one figure: its value, what it is made of, and its parts."""
    if figure is None:
        return _("tidak ada dalam laporan")
    parts = "; ".join(f"{part['name']} {part['text']}" for part in figure.get("parts", []))
    value = f"{figure['text']} ({figure['of']})" if figure.get("of") else figure["text"]
    return f"{value}: {parts}" if parts else value

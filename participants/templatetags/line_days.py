"""How old a line of the profile is, with the press that says it is still right."""

from django import template
from django.utils import timezone

from participants.line_days import age_in_words, is_old, own_day, said_on

register = template.Library()


@register.inclusion_tag("participants/_line_day.html")
def line_day(row, kind, enterprise, may_change, whole=None, own=None):
    """Return from which day the row speaks and how old that is; `whole` and `own` when they were confirmed."""
    today, own = timezone.localdate(), own or own_day(row)
    # a process is the programme's word; it became the enterprise's own with the enterprise
    on = said_on(enterprise if kind == "proses" else row, whole, own)
    return {
        "row": row,
        "kind": kind,
        "code": enterprise.code,
        "on": on,
        "is_confirmed": on in (whole, own),
        "age": age_in_words(on, today),
        "is_old": is_old(on, today),
        "may_confirm": may_change and on < today,
    }

"""Which complaints a training answers, for whoever reads of the training."""

from django import template

from partnerships.complaint_walk import item_path
from partnerships.models import Complaint

register = template.Library()


@register.inclusion_tag("partnerships/_answered_complaints.html")
def answered_complaints(session, user):
    """Link the complaints that the session answers, of those the reader may know of, with their check item."""
    rows = Complaint.objects.visible_to(user).filter(closing_session=session)
    found = list(rows.select_related("enterprise", "criterion"))
    for one in found:
        one.item_path = item_path(one.enterprise.code, one.criterion.code, user) if one.criterion else ""
    return {"complaints": found}

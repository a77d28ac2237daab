"""Which months asked for a visit, for whoever reads of the visit."""

from django import template

from assessments.models import VisitCall
from assessments.visit_proposal import cause_of

register = template.Library()


@register.inclusion_tag("assessments/_visit_causes.html")
def visit_causes(visit, user):
    """Link the calls that this visit is the first to answer, of those the reader may know of."""
    calls = VisitCall.objects.visible_to(user).for_pages().filter(enterprise=visit.host.enterprise_id)
    answered = calls.filter(session_code=visit.session.code)
    return {"causes": [{"call": call, "cause": cause_of(call)} for call in answered]}

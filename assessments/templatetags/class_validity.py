"""The badge of a class that outlived its twelve months; it stays the class until a board says otherwise."""

from django import template
from django.utils import timezone

from assessments.models import ClassDecision

register = template.Library()


@register.inclusion_tag("assessments/_class_validity.html")
def class_validity(enterprise):
    """Draw "Perlu ditinjau" where the last decision on the enterprise is no longer valid; else nothing."""
    today = timezone.localdate()
    last = ClassDecision.objects.in_force().filter(enterprise=enterprise).only("valid_until").first()
    return {"since": last.valid_until if last and last.valid_until < today else None}

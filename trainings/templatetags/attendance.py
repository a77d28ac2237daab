"""How attendance is said on pages: always n of m sessions and x of y hours, never a percentage alone."""

from django import template

from trainings import words

register = template.Library()
register.filter("share", words.share_text)
register.filter("hours", words.hours_text)
register.filter("why", words.why_text)

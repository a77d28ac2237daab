"""The press that asks for a document, for the page of what it is about."""

from django import template

from closedloop.accounts.permissions import Permission
from closedloop.core.models import new_id

register = template.Library()


@register.inclusion_tag("reports/_ask.html", takes_context=True)
def ask_document(context, kind: str, code, words: str, css: str = "btn btn-2"):
    """Draw the form that asks for one document, for who may ask for documents; `kind` is its word in addresses.

    Each drawing of the page has its own key: pressed twice it makes one document.
    """
    may = context["user"].is_authenticated and context["user"].may(Permission.DOCUMENT_REQUEST)
    return {
        "may": may,
        "kind": kind,
        "code": code,
        "words": words,
        "css": css,
        "key": new_id(),
        "csrf_token": context.get("csrf_token", ""),
    }

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


@register.inclusion_tag("reports/_all_documents.html", takes_context=True)
def all_documents(context, kind: str, cohort: str, words: str, module: str = "", css: str = "btn btn-2"):
    """Draw the link to the documents of a whole cohort or module, for who may ask for them; codes, not records."""
    user = context["user"]
    may = user.is_authenticated and user.may(Permission.REPORT_REQUEST) and user.may(Permission.COHORT_VIEW)
    return {"may": may, "kind": kind, "cohort": cohort, "module": module, "words": words, "css": css}

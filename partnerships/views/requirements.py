"""What buyers need made: the list, and one version with its lines, its history and what differs."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from participants.models import Process
from partnerships.ask_words import link_of, title_of
from partnerships.match_page import names_of
from partnerships.matching import asks_of
from partnerships.models import Buyer, Requirement
from partnerships.requirement_revision import changes_of
from partnerships.requirement_walk import complaints_by_line, rubric_paths
from partnerships.views.shared import page_of


def requirement_of(request, code: str, version: int) -> Requirement:
    rows = (
        Requirement.objects.visible_to(request.user).with_parties().select_related("based_on", "published_by")
    )
    return get_object_or_404(rows, code=code, version=version)


def may_write(user) -> bool:
    """Whether this person may draft, publish and end it; whose it is was asked before."""
    return user.may(Permission.REQUIREMENT_WRITE)


def shows_price(user, requirement: Requirement) -> bool:
    return Requirement.objects.priced_for(user).filter(pk=requirement.pk).exists()


@require_safe
@requires(Permission.REQUIREMENT_VIEW)
def requirements(request):
    """The newest version of each, drafts with those who may see them."""
    given = {name: request.GET.get(name, "").strip() for name in ("q", "status", "proses", "pembeli")}
    visible = Requirement.objects.visible_to(request.user)
    rows = visible.filter(Q(pk__in=visible.current()) | Q(pk__in=visible.drafts()))
    if given["status"] == "draf":
        rows = rows.drafts()
    elif given["status"] in Requirement.Status.values:
        rows = rows.published().filter(status=given["status"])
    if given["proses"]:
        rows = rows.filter(process__code=given["proses"])
    if given["pembeli"]:
        rows = rows.filter(buyer__code=given["pembeli"])
    page = page_of(
        request, rows.search(given["q"]).with_parties().order_by("buyer__name", "part_name", "-version")
    )
    may_add = request.user.role == Role.BUYER and may_write(request.user)
    context = {
        "page": page,
        "given": given,
        "is_filtered": any(given.values()),
        "statuses": [("draf", Requirement().state), *Requirement.Status.choices],
        "processes": Process.objects.filter(requirements__in=visible).distinct(),
        "buyers": Buyer.objects.filter(requirements__in=visible).distinct(),
        "own_companies": Buyer.objects.visible_to(request.user) if may_add else (),
    }
    return render(request, "partnerships/requirements.html", context)


@require_safe
@requires(Permission.REQUIREMENT_VIEW)
def requirement(request, code):
    """The version in force, else the draft: an address that outlives versions."""
    rows = Requirement.objects.visible_to(request.user).filter(code=code)
    found = rows.current().first() or rows.first()
    if found is None:
        raise Http404
    return redirect(found)


@require_safe
@requires(Permission.REQUIREMENT_VIEW)
def requirement_version(request, code, version):
    """One version: its terms, every line with what satisfies it, and what changed since the one before."""
    record = requirement_of(request, code, version)
    names = names_of([record])
    priced = shows_price(request.user, record)
    versions = Requirement.objects.visible_to(request.user).filter(code=code).order_by("-version")
    stored = {str(line.pk): line for line in record.lines.all()}
    complained = complaints_by_line(record, request.user)
    worded = rubric_paths(list(stored.values()), request.user)
    context = {
        "requirement": record,
        "shows_price": priced,
        "lines": [
            {
                "title": title_of(ask, names),
                "asks": link_of(ask, names),
                "stored": (line := stored.get(ask.key)),
                "href": worded.get(line.pk, "") if line else "",
                "complaints": complained.get(line.pk, []) if line else [],
            }
            for ask in asks_of(record)
        ],
        "changes": changes_of(record, with_price=priced),
        "versions": versions,
        "is_current": versions.current().filter(pk=record.pk).exists(),
        "draft": versions.drafts().first(),
        "addressees": record.addressees.all() if priced else (),
        "may_write": may_write(request.user),
    }
    return render(request, "partnerships/requirement.html", context)

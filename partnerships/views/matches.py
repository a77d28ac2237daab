"""IKM beside requirements, in both directions: who could make it, and what one IKM could make."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from participants.models import Consent, Enterprise
from partnerships import actions
from partnerships.match_page import first_open_words, lines_for, names_of
from partnerships.matching import match_of, matches
from partnerships.models import Requirement
from partnerships.views.enterprises import enterprise_of
from partnerships.views.requirements import may_write, requirement_of, shows_price
from partnerships.views.shared import page_of

MOST = 300  # IKM compared on one page; a search narrows a longer list


def makers_for(user):
    """The IKM this person may compare with a requirement; a buyer those who agreed that their profile is shared."""
    if user.role == Role.BUYER:
        return Enterprise.objects.consenting_to(Consent.Purpose.SHARING).distinct()
    return Enterprise.objects.visible_to(user)


def order_of(found) -> tuple:
    """The more lines met the higher, then the fewer known to be unmet."""
    return (-found.met, len(found.unmet))


@require_safe
@requires(Permission.REQUIREMENT_VIEW)
def makers(request, code, version):
    """Every IKM with how many lines it meets and the first it does not; those of the process first asked for."""
    record = requirement_of(request, code, version)
    query, everyone = request.GET.get("q", "").strip(), bool(request.GET.get("semua"))
    rows = makers_for(request.user).filter(name__icontains=query) if query else makers_for(request.user)
    if record.process and not everyone:
        rows = rows.filter(processes=record.process)
    compared = list(rows.select_related("regency").order_by("name")[:MOST])
    found, names = matches([record], compared, timezone.localdate()), names_of([record])
    compared.sort(key=lambda one: (*order_of(found[record.pk, one.pk]), one.name))
    page = page_of(request, compared)
    context = {
        "requirement": record,
        "page": page,
        "rows": [
            {"enterprise": one, "found": match, "first_open": first_open_words(match, names)}
            for one in page.object_list
            for match in [found[record.pk, one.pk]]
        ],
        "query": query,
        "everyone": everyone,
        "is_cut": len(compared) == MOST,
        "most": MOST,
        "is_buyer": request.user.role == Role.BUYER,
    }
    return render(request, "partnerships/makers.html", context)


@require_safe
@requires(Permission.REQUIREMENT_VIEW)
def requirement_match(request, code, version, enterprise_code):
    """One IKM, line by line with its evidence."""
    record = requirement_of(request, code, version)
    maker = get_object_or_404(makers_for(request.user), code=enterprise_code)
    found = match_of(record, maker, timezone.localdate())
    is_addressed = record.addressees.filter(pk=maker.pk).exists()
    context = {
        "requirement": record,
        "enterprise": maker,
        "found": found,
        "lines": lines_for(request.user, maker, found, names_of([record])),
        "is_addressed": is_addressed,
        "may_address": may_write(request.user) and not is_addressed,
        "shows_price": shows_price(request.user, record),
    }
    return render(request, "partnerships/match.html", context)


@require_POST
@requires(Permission.REQUIREMENT_WRITE)
def address_requirement(request, code, version, enterprise_code):
    """Offer the requirement to this IKM: its owner may read it with the target price from now on."""
    record = requirement_of(request, code, version)
    maker = get_object_or_404(makers_for(request.user), code=enterprise_code)
    if actions.address_requirement(record, maker, by=request.user):
        messages.success(request, _("Kebutuhan ditujukan ke %(name)s.") % {"name": maker})
    else:
        messages.info(request, _("Kebutuhan ini sudah ditujukan ke %(name)s.") % {"name": maker})
    return redirect("partnerships:requirement_match", code, version, enterprise_code)


@require_safe
@requires(Permission.REQUIREMENT_VIEW)
def enterprise_requirements(request, code):
    """The requirements that are looked for, by how many lines this IKM meets."""
    maker = enterprise_of(request, code)
    rows, found, names = answers_of(request.user, maker)
    page = page_of(request, rows)
    context = {"enterprise": maker, "page": page, "rows": rows_of(page.object_list, maker, found, names)}
    return render(request, "partnerships/enterprise_requirements.html", context)


def answers_of(user, maker: Enterprise):
    """Return the wanted requirements this person may read, best answered first, with the matches and the names."""
    wanted = list(Requirement.objects.visible_to(user).wanted().with_parties())
    found = matches(wanted, [maker], timezone.localdate())
    wanted.sort(key=lambda one: (*order_of(found[one.pk, maker.pk]), one.part_name))
    return wanted, found, names_of(wanted)


def rows_of(requirements, maker: Enterprise, found, names) -> list[dict]:
    return [
        {"requirement": one, "found": match, "first_open": first_open_words(match, names)}
        for one in requirements
        for match in [found[one.pk, maker.pk]]
    ]

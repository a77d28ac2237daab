"""Where somebody lands."""

from django.shortcuts import redirect, render

from closedloop.accounts.roles import Role

HOMES = {
    Role.OWNER: "dashboard:owner_home",
    Role.MENTOR: "dashboard:mentor_home",
    Role.ASSESSOR: "dashboard:mentor_home",
    Role.BUYER: "dashboard:buyer_home",
}


def start(request):
    """Send each role to its own home."""
    return redirect(HOMES.get(request.user.role, "dashboard:home"))


def help_page(request):
    """What each role does here, in the order in which they do it."""
    return render(request, "dashboard/help.html")

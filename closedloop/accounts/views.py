"""Pages about accounts: one's own, everybody's, and the door for the invited."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from closedloop.accounts import actions
from closedloop.accounts.decorators import requires
from closedloop.accounts.forms import FirstPasswordForm, InvitationForm, OrganisationForm, ProfileForm
from closedloop.accounts.models import Invitation, Organisation, User
from closedloop.accounts.permissions import MAY_INVITE, Permission
from closedloop.accounts.roles import PROGRAMME_ROLES, Role
from closedloop.core.phone import display

MOST_WAITING = 50
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def profile(request):
    """One's own account: name, phone, password, language, signing out."""
    initial = {"full_name": request.user.full_name, "phone": display(request.user.phone)}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.update_profile(request.user, **form.cleaned_data)
        messages.success(request, _("Perubahan tersimpan."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})


@requires(Permission.USER_MANAGE)
def users(request):
    """Everybody who has an account, with search and role filter."""
    query, role = request.GET.get("q", "").strip(), request.GET.get("peran", "")
    rows = User.objects.visible_to(request.user).select_related("organisation").order_by("full_name")
    if query:
        rows = rows.filter(Q(full_name__icontains=query) | Q(email__icontains=query))
    if role in Role.values:
        rows = rows.filter(role=role)
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    return render(request, "accounts/users.html", {"page": page, "query": query, "role": role, "roles": Role})


@requires(Permission.USER_INVITE)
def invite(request):
    """Invite somebody whom the reader may; below the form, who has not used their link yet."""
    form = InvitationForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            user, token = actions.invite(by=request.user, **form.cleaned_data)
            link = activation_link(token)
            transaction.on_commit(lambda: actions.mail_invitation(user, link))
        messages.success(request, _("Undangan dikirim ke %(email)s.") % {"email": user.email})
        return redirect(page_of(user, request.user))
    waiting = renewable_by(request.user).filter(role__in=PROGRAMME_ROLES)
    context = {
        "form": form,
        "waiting": waiting.select_related("organisation").order_by("-created_at")[:MOST_WAITING],
        "may_manage": request.user.may(Permission.USER_MANAGE),
    }
    return render(request, "accounts/invite.html", context)


def renewable_by(reader: User):
    """Return the accounts that were never used and that the reader may invite again."""
    return User.objects.visible_to(reader).invited().filter(role__in=MAY_INVITE.get(reader.role, ()))


def page_of(person: User, reader: User) -> str:
    """Return the page of an account, or of the invitations for who may not open it."""
    if reader.may(Permission.USER_MANAGE):
        return reverse("accounts:user", args=[person.pk])
    return reverse("accounts:invite")


def activation_link(token: str) -> str:
    return settings.SITE_URL + reverse("accounts:activate", args=[token])


@requires(Permission.USER_MANAGE)
def user(request, pk):
    """One account: who, as what, since when, and its invitations."""
    person = get_object_or_404(User.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    return render(
        request, "accounts/user.html", {"person": person, "invitations": person.invitations.all()[:5]}
    )


@require_POST
@requires(Permission.USER_MANAGE)
def set_active(request, pk):
    """Close an account, or open it again."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    try:
        actions.set_active(person, request.POST.get("aktif") == "1", by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Perubahan tersimpan."))
    return redirect("accounts:user", person.pk)


@require_POST
@requires(Permission.USER_INVITE)
def renew_invitation(request, pk):
    """Send a new link to somebody who has not signed in yet."""
    may_manage = request.user.may(Permission.USER_MANAGE)
    rows = User.objects.visible_to(request.user) if may_manage else renewable_by(request.user)
    person = get_object_or_404(rows, pk=pk)
    with transaction.atomic():
        link = activation_link(actions.renew_invitation(person, by=request.user))
        transaction.on_commit(lambda: actions.mail_invitation(person, link))
    messages.success(request, _("Undangan dikirim ke %(email)s.") % {"email": person.email})
    return redirect(page_of(person, request.user))


@requires(Permission.USER_MANAGE)
def organisations(request):
    """The bodies of the programme."""
    rows = Organisation.objects.select_related("province").prefetch_related("members")
    return render(request, "accounts/organisations.html", {"organisations": rows})


@requires(Permission.USER_MANAGE)
def edit_organisation(request, pk=None):
    """Add or change one body."""
    organisation = get_object_or_404(Organisation, pk=pk) if pk else None
    form = OrganisationForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        actions.save_organisation(form.save(commit=False), by=request.user)
        messages.success(request, _("Perubahan tersimpan."))
        return redirect("accounts:organisations")
    return render(request, "accounts/organisation.html", {"form": form, "organisation": organisation})


@login_not_required
@sensitive_post_parameters("password")
def activate(request, token):
    """The door for the invited: set a first password and walk in."""
    invitation = Invitation.objects.with_token(token).open().select_related("user").first()
    if invitation is None:
        return render(request, "accounts/activation_expired.html", status=410)
    form = FirstPasswordForm(request.POST or None, user=invitation.user)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.accept_invitation(invitation, form.cleaned_data["password"])
        except ValidationError:
            return render(request, "accounts/activation_expired.html", status=410)
        login(request, person, backend=BACKEND)
        messages.success(request, _("Selamat datang. Akun Anda sudah aktif."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/activate.html", {"form": form, "person": invitation.user})

"""The people of an enterprise: added, changed, invited to the portal."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from closedloop.accounts.actions import mail_invitation
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.accounts.views import activation_link
from participants import actions
from participants.forms.people import EditPersonForm, NewPersonForm
from participants.models import Person
from participants.views.clashes import saved_knowingly
from participants.views.enterprises import enterprise_of, form_page
from participants.views.saving import is_good, refused, saved


@requires(Permission.ENTERPRISE_EDIT)
def add_person(request, code):
    """Add somebody to an enterprise."""
    enterprise = enterprise_of(request, code)
    form = NewPersonForm(request.POST or None)
    if is_good(request, form):
        twin = Person.objects.filter(pk=form.cleaned_data["key"], enterprise=enterprise).first()
        if twin or saved(form, actions.add_person, enterprise, by=request.user, **form.values()):
            messages.success(request, _("Orang ditambahkan."))
            return redirect("participants:detail", code)
    return form_page(request, enterprise, form, _("Tambah orang"))


@requires(Permission.ENTERPRISE_EDIT)
def edit_person(request, code, pk):
    """Change somebody of an enterprise."""
    enterprise = enterprise_of(request, code)
    person = get_object_or_404(enterprise.people, pk=pk)
    form = EditPersonForm(request.POST or None, instance=person)
    if is_good(request, form):
        form, changed = saved_knowingly(request, form, actions.update_person, person)
        if changed:
            messages.success(request, _("Perubahan tersimpan."))
            return redirect("participants:detail", code)
    return form_page(request, enterprise, form, _("Ubah data orang"))


@require_POST
@requires(Permission.ENTERPRISE_EDIT)
def invite_person(request, code, pk):
    """Send somebody of an enterprise the link to their account."""
    enterprise = enterprise_of(request, code)
    person = get_object_or_404(enterprise.people, pk=pk)
    try:
        with transaction.atomic():
            user, token = actions.invite_person(person, by=request.user)
            if token:
                transaction.on_commit(lambda: mail_invitation(user, activation_link(token)))
    except ValidationError as error:
        refused(request, error)
    else:
        text = (
            _("Undangan dikirim ke %(email)s.") if token else _("%(email)s sekarang juga mewakili IKM ini.")
        )
        messages.success(request, text % {"email": user.email})
    return redirect("participants:detail", code)

"""What views do with the answer of an action."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from closedloop.core.forms import KeyedForm


def is_good(request, form) -> bool:
    """Whether the form was sent and has no faults of its own."""
    return request.method == "POST" and form.is_valid()


def key_of(request):
    """Return the hidden key of a form that was sent, or None for one that is no key."""
    form = KeyedForm(request.POST)
    form.is_valid()
    return form.cleaned_data.get("key")


def saved(form, action, *args, **keywords):
    """Return what the action returns; what it refuses is said beside the field, and None is returned.

    Either all of it is saved or nothing.
    """
    try:
        with transaction.atomic():
            return action(*args, **keywords)
    except ValidationError as error:
        say(form, error)
    except IntegrityError:
        form.add_error(None, _("Data ini bentrok dengan yang baru saja disimpan. Muat ulang halaman ini."))
    return None


def say(form, error: ValidationError) -> None:
    """Put the messages of an action beside the fields they name, the others on top of the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def refused(request, error: ValidationError) -> None:
    """Say why an act without a form could not be done."""
    messages.error(request, " ".join(error.messages))

"""Two people at one record: nothing is overwritten unseen, and the second is shown both values."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants import actions
from participants.actions import StaleRecord
from participants.forms.enterprises import MARKS
from participants.models import Enterprise
from participants.seen import ChangedMeanwhile
from participants.views.saving import say


def saved_knowingly(request, form, action, row):
    """Save a form that carries the mark of what it was drawn with; returns the form to show and the result.

    Where somebody else saved meanwhile nothing is overwritten: each field that differs says what is stored
    now, and the form takes the new mark, so that saving again is a choice made with both values in view.
    """
    try:
        with transaction.atomic():
            return form, action(row, by=request.user, **form.values())
    except ChangedMeanwhile as error:
        model = form._meta.model
        pk = form.instance.pk if not form.instance._state.adding else None
        stored = model.objects.filter(pk=pk).first() if pk else model.objects.filter(enterprise=row).first()
        return both_values(form, type(form)(instance=stored), error, marks=("seen",)), None
    except ValidationError as error:
        say(form, error)
        return form, None


def saved_enterprise(request, form, enterprise: Enterprise):
    """Save the form of an enterprise under the version it was drawn with; as saved_knowingly."""
    try:
        with transaction.atomic():
            changed = actions.update_enterprise(
                enterprise,
                by=request.user,
                version=form.cleaned_data["version"],
                seen=form.cleaned_data["seen"],
                **form.values(),
            )
            return form, changed
    except StaleRecord as error:
        stored = type(form)(instance=Enterprise.objects.get(pk=enterprise.pk))
        return both_values(form, stored, error, marks=MARKS), None
    except ValidationError as error:
        say(form, error)
        return form, None


def both_values(form, stored_form, error: ValidationError, *, marks: Sequence[str]):
    """Return the form as it was sent, with the stored value beside each field that differs, and new marks."""
    data = form.data.copy()
    for mark in marks:
        data[mark] = stored_form.initial[mark]
    again = type(form)(data, instance=stored_form.instance)
    again.is_valid()
    differing = {}
    for name, field in again.fields.items():
        if field.widget.is_hidden:
            continue
        stored, typed = stored_form[name].value(), again[name].value()
        cleaned = field.prepare_value(again.cleaned_data.get(name))
        if shown(field, stored) not in (shown(field, typed), shown(field, cleaned)):
            differing[name] = shown(field, stored)
    for name, words in differing.items():
        again.add_error(name, _("Tersimpan sekarang: %(value)s.") % {"value": words})
    again.add_error(None, error.messages[0])
    return again


def shown(field, value) -> str:
    """Return a value of a form as it would show it, on one line."""
    labels = dict(flattened(field.choices)) if hasattr(field, "choices") else {}
    values = value if isinstance(value, list | tuple) else str("" if value is None else value).splitlines()
    words = [labels.get(str(getattr(one, "pk", one)), str(one)) for one in values if one not in (None, "")]
    return ", ".join(sorted(words) if labels else words) or _("kosong")


def flattened(choices):
    """Yield (value, label) of choices, out of their groups."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from flattened(label)
        else:
            yield str(getattr(key, "value", key)), str(label)

"""Factory actions given to IKM after a session: set, changed, taken back, or said to be none."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from closedloop.accounts.models import User
from closedloop.audit.trail import changes, record
from closedloop.core.formats import date_long
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell
from closedloop.workflow import TransitionError
from participants.consents import people_to_ask
from participants.models import Enrolment, Person
from trainings.actions.marks import main_person
from trainings.models import Attendance, FactoryAction, TrainingSession

GIVING = (TrainingSession.Status.OPEN, TrainingSession.Status.CLOSED)


@transaction.atomic
def set_actions(
    session: TrainingSession,
    enrolments: Iterable[Enrolment],
    texts: Iterable[str],
    *,
    due_on: date,
    by: User,
    owner: Person | None = None,
) -> list[FactoryAction]:
    """Give each IKM the actions and tell its people once; what an IKM has already is not given again.

    Without `owner` whoever came to the session does it, else the IKM's main person. Of several IKM those that
    have three already are passed over. Raises ValidationError for no text, a day that is over, an IKM of
    another cohort, or when no IKM has room; TransitionError for a session that has not begun.
    """
    session = TrainingSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if session.status not in GIVING:
        raise TransitionError(_("Aksi pabrik diberikan pada sesi yang berlangsung atau sudah selesai."))
    texts = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
    if not texts:
        raise ValidationError({"text": _("Tulis aksinya.")})
    if due_on < timezone.localdate():
        raise ValidationError({"due_on": _("Tenggat tidak boleh sebelum hari ini.")})
    made: list[FactoryAction] = []
    is_full = False
    for enrolment in enrolments:
        given, no_room = _give(session, enrolment, texts, due_on=due_on, by=by, owner=owner)
        is_full |= no_room
        made += given
    if not made and is_full:
        raise ValidationError({"text": _("IKM ini sudah punya tiga aksi dari sesi ini.")})
    if made and session.no_action_reason:
        session.no_action_reason = ""
        session.save(update_fields=["no_action_reason"])
    return made


@transaction.atomic
def change_action(
    action: FactoryAction, *, text: str, owner: Person | None, due_on: date, by: User
) -> FactoryAction:
    """Say it better, give it to somebody else or another day; its people are told of a new day.

    Raises TransitionError once it is reported, ValidationError for a day before today or somebody else's person.
    """
    action = FactoryAction.objects.select_for_update(of=("self",)).for_lists().get(pk=action.pk)
    if not action.waits_for_owner:
        raise TransitionError(_("Aksi ini sudah dilaporkan, jadi tidak dapat diubah."))
    before = {name: getattr(action, name) for name in ("text", "owner", "due_on")}
    action.text, action.owner, action.due_on = text.strip(), owner, due_on
    changed = changes(before, {name: getattr(action, name) for name in before})
    if not changed:
        return action
    if "due_on" in changed and due_on < timezone.localdate():
        raise ValidationError({"due_on": _("Tenggat tidak boleh sebelum hari ini.")})
    _refuse_strangers(action.enrolment, owner)
    action.full_clean()
    action.save(update_fields=["text", "owner", "due_on"])
    record("factoryaction.changed", action, by=by, changes=changed)
    if "due_on" in changed:
        with for_others():
            title = _("Tenggat aksi berubah: %(action)s") % {"action": action}
            _tell(action.enrolment, "factoryaction.changed", title, action)
    return action


@transaction.atomic
def remove_action(action: FactoryAction, *, by: User) -> None:
    """Take back what was given by mistake and nobody has worked on; the trail keeps what it was.

    Raises TransitionError once something was reported or shown.
    """
    action = FactoryAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if action.status != FactoryAction.Status.OPEN or action.before:
        raise TransitionError(_("Aksi ini sudah dikerjakan, jadi tidak dapat dihapus."))
    record("factoryaction.removed", action, by=by, session=action.session.code, due_on=action.due_on)
    action.delete()


@transaction.atomic
def say_no_action(session: TrainingSession, reason: str, *, by: User) -> None:
    """Say why a session sets nothing in motion; TransitionError where it has actions or has not begun."""
    session = TrainingSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if session.status not in GIVING or session.factory_actions.exists():
        raise TransitionError(_("Sesi ini sudah punya aksi atau belum berlangsung."))
    if not reason.strip():
        raise ValidationError({"reason": _("Tulis mengapa sesi ini tanpa aksi.")})
    session.no_action_reason = reason.strip()
    session.full_clean(validate_constraints=False)
    session.save(update_fields=["no_action_reason"])
    record("trainingsession.without_action", session, by=by, reason=session.no_action_reason)


def _give(
    session: TrainingSession,
    enrolment: Enrolment,
    texts: list[str],
    *,
    due_on: date,
    by: User,
    owner: Person | None,
) -> tuple[list[FactoryAction], bool]:
    """Return the actions made for one IKM, and whether some found no room."""
    came = Attendance.objects.present().filter(session=session, enrolment=enrolment)
    # who makes up for a session of another cohort is given the same as the others
    is_here = enrolment.cohort_id == session.cohort_id or came.exists()
    if not is_here or enrolment.status == Enrolment.Status.WITHDRAWN:
        raise ValidationError({"enrolment": _("Pilih IKM dari angkatan sesi ini.")})
    _refuse_strangers(enrolment, owner)
    known = list(FactoryAction.objects.filter(session=session, enrolment=enrolment))
    said = {one.text.casefold() for one in known}
    new = [text for text in texts if text.casefold() not in said]
    free = [
        number for number in range(1, FactoryAction.MOST + 1) if number not in {one.order for one in known}
    ]
    doer = owner or _who_came(session, enrolment) or main_person(enrolment)
    made = []
    for order, text in zip(free, new, strict=False):
        action = FactoryAction(
            session=session, enrolment=enrolment, order=order, text=text, owner=doer, due_on=due_on
        )
        action.full_clean()
        action.save(force_insert=True)
        record("factoryaction.set", action, by=by, session=session.code, due_on=due_on)
        made.append(action)
    if made:
        _tell_of_given(enrolment, made)
    return made, len(new) > len(free)


def _who_came(session: TrainingSession, enrolment: Enrolment) -> Person | None:
    marks = Attendance.objects.present().filter(session=session, enrolment=enrolment, person__isnull=False)
    mark = marks.select_related("person").order_by("marked_at").first()
    return mark.person if mark else None


def _refuse_strangers(enrolment: Enrolment, owner: Person | None) -> None:
    if owner and (owner.enterprise_id != enrolment.enterprise_id or not owner.is_active):
        raise ValidationError({"owner": _("Pilih orang dari IKM itu.")})


@for_others()
def _tell_of_given(enrolment: Enrolment, made: list[FactoryAction]) -> None:
    count = len(made)
    title = (
        _("Aksi pabrik: %(action)s") % {"action": made[0]}
        if count == 1
        else ngettext("%(count)d aksi pabrik baru", "%(count)d aksi pabrik baru", count) % {"count": count}
    )
    _tell(enrolment, "factoryaction.set", title, made[0])


@for_others()
def _tell(enrolment: Enrolment, kind: str, title: str, action: FactoryAction) -> None:
    body = _("Tenggat %(day)s. Laporkan dengan foto sesudahnya.") % {"day": date_long(action.due_on)}
    tell(people_to_ask(enrolment.enterprise), kind, title, body=body, path=action.get_absolute_url())

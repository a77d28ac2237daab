"""Lists under a name: kept, changed, shared and thrown away by the person whose they are."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.audit.trail import changes, record
from participants.models import SavedView

# more tabs than this nobody reads
MOST_VIEWS = 20


@transaction.atomic
def save_view(
    *, by: User, name: str, query: str, is_shared: bool = False, id: UUID | None = None
) -> SavedView:
    """Keep a list under a name; with the id of a view that is there already, return that one.

    Raises ValidationError for a name in use, too many views, or sharing by somebody who may not.
    """
    User.objects.select_for_update().get(pk=by.pk)
    if id and (present := SavedView.objects.owned_by(by).filter(pk=id).first()):
        return present
    if SavedView.objects.owned_by(by).count() >= MOST_VIEWS:
        raise ValidationError(
            _("Sudah ada %(count)d tampilan. Hapus satu yang tidak dipakai lagi.") % {"count": MOST_VIEWS}
        )
    require_may_share(by, is_shared)
    view = SavedView(owner=by, name=name, query=query, is_shared=is_shared, **({"id": id} if id else {}))
    require_free_name(view)
    view.full_clean(validate_constraints=False)
    view.save(force_insert=True)
    record("saved_view.created", view, by=by, is_shared=is_shared)
    return view


@transaction.atomic
def change_view(
    view: SavedView,
    *,
    by: User,
    name: str | None = None,
    query: str | None = None,
    is_shared: bool | None = None,
) -> SavedView:
    """Rename a view of one's own, change what it shows, or share it; what is None stays as it is."""
    view = SavedView.objects.owned_by(by).select_for_update(of=("self",)).get(pk=view.pk)
    asked = {"name": name, "query": query, "is_shared": is_shared}
    after = {field: value for field, value in asked.items() if value is not None}
    before = {field: getattr(view, field) for field in after}
    require_may_share(by, bool(is_shared))
    for field, value in after.items():
        setattr(view, field, value)
    require_free_name(view)
    view.full_clean(validate_constraints=False)
    if differences := changes(before, after):
        view.save(update_fields=list(after))
        record("saved_view.changed", view, by=by, changes=differences)
    return view


@transaction.atomic
def delete_view(view: SavedView, *, by: User) -> None:
    """Throw away a view of one's own; the enterprises it showed are untouched."""
    record("saved_view.deleted", view, by=by, query=view.query)
    view.delete()


def require_may_share(by: User, is_shared: bool) -> None:
    if is_shared and not by.may(Permission.ENTERPRISE_EDIT):
        raise ValidationError({"is_shared": _("Hanya petugas program yang dapat membagikan tampilan.")})


def require_free_name(view: SavedView) -> None:
    others = SavedView.objects.owned_by(view.owner).exclude(pk=view.pk)
    if others.filter(name__iexact=view.name).exists():
        raise ValidationError({"name": _("Anda sudah punya tampilan dengan nama ini.")})

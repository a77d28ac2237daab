"""Writes to the papers of an enterprise. A paper is never overwritten: a new version follows, the old is kept."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from participants.actions.standing import hold
from participants.models import Document, Enterprise


@transaction.atomic
def add_document(
    enterprise: Enterprise,
    *,
    by: User,
    kind: str,
    number: str = "",
    issuer: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
    file: File | None = None,
    replaces: Document | None = None,
    id=None,
) -> Document:
    """Add a paper; the file has been checked by the form. An `id` makes a second press of a form fail.

    `replaces` is the paper whose newer version this is; it stays on record, and may still be in force.
    """
    hold(enterprise)
    document = Document(
        enterprise=enterprise,
        kind=kind,
        number=number,
        issuer=issuer,
        issued_on=issued_on,
        expires_on=expires_on,
        file=file or "",
        replaces=replaces,
        **({"id": id} if id else {}),
    )
    document.full_clean(validate_constraints=False)
    document.save(force_insert=True)
    record("document.replaced" if replaces else "document.added", document, by=by, kind=str(kind))
    return document


@transaction.atomic
def replace_document(document: Document, *, by: User, **fields) -> Document:
    """Put a newer version in the place of a paper; ValidationError where somebody else did so before."""
    old = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if old.removed_at or Document.objects.filter(replaces=old).exists():
        raise ValidationError(_("Dokumen ini baru saja diganti atau dihapus. Muat ulang halaman ini."))
    return add_document(old.enterprise, by=by, kind=old.kind, replaces=old, **fields)


@transaction.atomic
def remove_document(document: Document, *, by: User, reason: str) -> Document:
    """Take a paper out of every list and every check; its row and file stay, with who and why."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if not reason.strip():
        raise ValidationError({"reason": _("Isi alasannya.")})
    if document.removed_at is None:
        document.removed_at, document.removed_by = timezone.now(), by
        document.removal_reason = reason.strip()
        document.save(update_fields=["removed_at", "removed_by", "removal_reason"])
        record("document.removed", document, by=by, kind=document.kind, reason=reason.strip())
    return document

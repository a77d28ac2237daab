"""Rows of an import that change nothing but columns of known enterprises, written a thousand at a time.

Most changed rows are such: an address, a telephone, a capital. One after another each takes a dozen statements;
here a thousand take three, and leave the same values, versions and events (tests/participants/test_import_plain.py).
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record_many
from participants.actions.enterprises import traced
from participants.actions.import_check import PLAIN_FIELDS
from participants.models import Enterprise, ImportBatch, ImportRow

AT_ONCE = 1000


def is_plain(row: ImportRow) -> bool:
    """Whether a row changes columns of an enterprise and nothing else, and is no sheet of ours that comes back."""
    changes = row.values["changes"]
    return bool(changes) and not row.values.get("is_edit") and changes.keys() <= set(PLAIN_FIELDS)


def update_plainly(
    rows: Iterable[ImportRow], batch: ImportBatch, *, by: User | None, back: bool = False
) -> None:
    """Write what the rows change, or with `back` what it was before.

    Raises ValidationError for a number that another enterprise has by now.
    """
    told = {row.enterprise_id: row for row in rows}
    held = Enterprise.objects.select_for_update(of=("self",)).order_by("pk").in_bulk(list(told))
    if len(held) < len(told):  # merged in this very moment
        raise ValidationError(_("Data IKM berubah sejak berkas diperiksa. Unggah lagi berkas ini."))
    acts: list[tuple[str, Enterprise, dict]] = []
    touched: set[str] = set()
    for key, enterprise in held.items():
        changes = told[key].values["changes"]
        names = [name for name in PLAIN_FIELDS if name in changes]
        before = {name: getattr(enterprise, name) for name in names}
        for name in names:
            old, new = changes[name]
            setattr(enterprise, name, old if back else new)
        enterprise.clean_fields(exclude={one.name for one in Enterprise._meta.fields} - set(names))
        after = {name: getattr(enterprise, name) for name in names}
        if differences := traced(before, after):
            enterprise.version += 1
            enterprise.updated_at = timezone.now()
            touched |= set(names)
            acts.append(
                ("enterprise.updated", enterprise, {"changes": differences, "source": batch.file_name})
            )
    if not acts:
        return
    try:
        with transaction.atomic():
            Enterprise.objects.bulk_update(
                [enterprise for _verb, enterprise, _data in acts], [*touched, "version", "updated_at"]
            )
    except IntegrityError as error:
        raise ValidationError(_("NIB atau NPWP ini sudah dipakai IKM lain.")) from error
    record_many(acts, by=by)

"""Writes to the pictures of an enterprise. What is stored was rebuilt from pixels (closedloop.core.photos)."""

from functools import partial
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from PIL import Image

from closedloop.accounts.models import User
from closedloop.audit.trail import changes, record
from closedloop.core.photos import CleanPhoto
from participants.actions.standing import hold, hold_by_key
from participants.models import Enterprise, Photo, Product

MOST_PHOTOS = 24
SMALL = (480, 360)
SMALL_BYTES = 30 * 1024
QUALITIES = (78, 66, 54, 42, 30)


def small_copy(photo: CleanPhoto) -> bytes:
    """Return a JPEG for lists of at most 480 x 360 px and 30 KB, whatever the picture shows."""
    with Image.open(BytesIO(photo.content), formats=("JPEG",)) as picture:
        picture.thumbnail(SMALL)
        pixels = picture.convert("RGB")
    content = b""
    for quality in QUALITIES:
        out = BytesIO()
        pixels.save(out, "JPEG", quality=quality, optimize=True)
        content = out.getvalue()
        if len(content) <= SMALL_BYTES:
            return content
    pixels.thumbnail((SMALL[0] // 2, SMALL[1] // 2))  # pure noise: fewer pixels instead of worse ones
    out = BytesIO()
    pixels.save(out, "JPEG", quality=QUALITIES[-1], optimize=True)
    return out.getvalue()


@transaction.atomic
def add_photo(
    enterprise: Enterprise,
    photo: CleanPhoto,
    *,
    by: User,
    subject: str,
    caption: str,
    product: Product | None = None,
    id=None,
) -> Photo:
    """Add a picture behind those there are; the same picture twice is one. Whole or not at all.

    Raises ValidationError beyond 24 pictures.
    """
    hold(enterprise)
    if known := enterprise.photos.filter(sha256=photo.sha256).first():
        return known
    if enterprise.photos.count() >= MOST_PHOTOS:
        raise ValidationError(
            _("Sudah ada %(limit)d foto. Hapus satu sebelum menambah.") % {"limit": MOST_PHOTOS}
        )
    last = enterprise.photos.aggregate(last=Max("order"))["last"] or 0
    row = Photo(
        enterprise=enterprise,
        product=product,
        subject=subject,
        caption=caption,
        order=last + 1,
        sha256=photo.sha256,
        uploaded_by=by,
        **({"id": id} if id else {}),
    )
    row.file.save(photo.name, ContentFile(photo.content), save=False)
    row.thumbnail.save(f"kecil-{photo.name}", ContentFile(small_copy(photo)), save=False)
    row.full_clean(validate_constraints=False)
    row.save(force_insert=True)
    record("photo.added", row, by=by, subject=str(subject))
    return row


@transaction.atomic
def update_photo(photo: Photo, *, by: User, caption: str) -> Photo:
    """Say differently what a picture shows."""
    photo = Photo.objects.select_for_update(of=("self",)).get(pk=photo.pk)
    before = {"caption": photo.caption}
    photo.caption = caption
    photo.full_clean(validate_constraints=False)
    if differences := changes(before, {"caption": caption}):
        photo.save(update_fields=["caption"])
        record("photo.updated", photo, by=by, changes=differences)
    return photo


@transaction.atomic
def put_photo_first(photo: Photo, *, by: User) -> None:
    """Move a picture to the front, where lists take it from."""
    hold_by_key(photo.enterprise_id)
    others = list(Photo.objects.filter(enterprise=photo.enterprise_id).exclude(pk=photo.pk))
    for order, row in enumerate([photo, *others], start=1):
        Photo.objects.filter(pk=row.pk).update(order=order)
    record("photo.put_first", photo, by=by)


@transaction.atomic
def remove_photo(photo: Photo, *, by: User) -> None:
    """Take a picture away, with both its files once that is certain."""
    record("photo.removed", photo, by=by)
    files = [(file.storage, str(file.name)) for file in (photo.file, photo.thumbnail)]
    photo.delete()
    for storage, name in files:
        transaction.on_commit(partial(storage.delete, name))

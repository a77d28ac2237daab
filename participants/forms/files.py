"""Papers that people upload: only PDF, JPEG and PNG, told by their content and not by their name."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from closedloop.core.photos import clean_photo

MAX_BYTES = 10 * 1024 * 1024
PDF = b"%PDF-"


def read_document(upload: UploadedFile) -> ContentFile:
    """Return the paper as it may be kept: a PDF as sent, a picture rebuilt from its pixels.

    A picture loses place, device and whatever hides behind it. Raises ValidationError in words for the sender.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(_("Berkas lebih dari 10 MB. Pilih berkas yang lebih kecil."), code="too_large")
    upload.seek(0)
    content = upload.read()
    if content.startswith(PDF):
        return ContentFile(content, name="dokumen.pdf")
    try:
        photo = clean_photo(upload)
    except ValidationError as error:
        raise ValidationError(
            _("Berkas ini bukan PDF, JPG, atau PNG. Pilih berkas lain."), code="unreadable"
        ) from error
    return ContentFile(photo.content, name=photo.name)

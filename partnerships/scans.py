"""Signed papers that people upload: a PDF as it is, or a photo rebuilt from its pixels; nothing else."""

from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from closedloop.core.photos import clean_photo

MAX_BYTES = 15 * 1024 * 1024


@dataclass(frozen=True)
class Scan:
    """The bytes that are stored, under a name of our own; `sha256` is of `content`."""

    content: bytes
    sha256: str
    suffix: str

    @property
    def name(self) -> str:
        return f"{self.sha256[:20]}.{self.suffix}"


def read_scan(upload: UploadedFile) -> Scan:
    """Return the scan; raises ValidationError in words for the sender."""
    if not upload.size:
        raise ValidationError(_("Berkas ini kosong. Pilih berkas lain."), code="empty")
    if upload.size > MAX_BYTES:
        raise ValidationError(
            _("Berkas lebih dari 15 MB. Pindai dengan mutu lebih rendah."), code="too_large"
        )
    upload.seek(0)
    if upload.read(5) == b"%PDF-":
        upload.seek(0)
        content = upload.read()
        return Scan(content, sha256(content).hexdigest(), "pdf")
    try:
        photo = clean_photo(upload)
    except ValidationError as error:
        if error.code == "not_a_photo":
            raise ValidationError(_("Berkas ini bukan PDF atau foto."), code="not_a_scan") from error
        raise
    return Scan(photo.content, photo.sha256, "jpg")

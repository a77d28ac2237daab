"""Photos that strangers send: only clean pictures get in (reliability F1–F3, M12).

What is stored is never what was sent. The picture is decoded by one of three decoders, turned upright, made
smaller, and written anew from its pixels: place, person, device, comments and anything hidden behind the
picture are gone. Pictures that claim more pixels than a phone makes are refused before they are decoded.
"""

import warnings
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 2048
MAX_SIDE_RATIO = 40  # a strip of 1 x 65,000 pixels is no photo
QUALITY = 85

# the strictest of both worlds: Pillow's own guard warns at this size, and a warning is an error below
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


@dataclass(frozen=True)
class CleanPhoto:
    """A JPEG made by us: upright, at most 2048 px, no metadata. `sha256` is of `content`."""

    content: bytes
    sha256: str
    width: int
    height: int

    @property
    def name(self) -> str:
        """A file name of our own; what the sender called it is not kept."""
        return f"{self.sha256[:20]}.jpg"


def clean_photo(upload: UploadedFile) -> CleanPhoto:
    """Return the photo rebuilt from its pixels; raises ValidationError in words for the sender."""
    if not upload.size:
        raise ValidationError(_("Foto ini kosong. Pilih foto lain."), code="empty")
    if upload.size > MAX_BYTES:
        raise ValidationError(_("Foto lebih dari 15 MB. Pilih foto yang lebih kecil."), code="too_large")
    upload.seek(0)
    # WeasyPrint, where a process has imported it, tells Pillow to take half a picture for a whole one
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=FORMATS) as picture:
                _refuse_giants(picture)
                pixels = _pixels_of(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except UnidentifiedImageError:
        raise ValidationError(_("Berkas ini bukan foto JPG, PNG, atau WEBP."), code="not_a_photo") from None
    except ValidationError:
        raise
    except Exception:  # a decoder fed with hostile bytes may raise anything; the sender can only send another
        raise ValidationError(
            _("Foto ini rusak dan tidak dapat dibuka. Ambil ulang."), code="broken"
        ) from None
    return _written_anew(pixels)


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("Foto ini terlalu besar: lebih dari 40 juta piksel. Pilih foto yang lebih kecil."),
        code="too_many_pixels",
    )


def _refuse_giants(picture: Image.Image) -> None:
    """Judge by the header, before a single pixel is decoded."""
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if max(width, height) > MAX_SIDE_RATIO * min(width, height):
        raise ValidationError(
            _("Gambar ini terlalu panjang untuk sebuah foto. Pilih foto lain."), code="strip"
        )


def _pixels_of(picture: Image.Image) -> Image.Image:
    """Return the upright picture as plain RGB in a fresh image that knows nothing of the old one."""
    picture.draft("RGB", (MAX_SIDE, MAX_SIDE))  # lets the JPEG decoder skip detail nobody will see
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    if upright.has_transparency_data:
        layered = upright.convert("RGBA")
        flat = Image.new("RGB", layered.size, "white")
        flat.paste(layered, mask=layered.getchannel("A"))
    else:
        flat = upright.convert("RGB")
    return Image.frombytes("RGB", flat.size, flat.tobytes())


def _written_anew(pixels: Image.Image) -> CleanPhoto:
    out = BytesIO()
    pixels.save(out, "JPEG", quality=QUALITY, optimize=True)
    content = out.getvalue()
    return CleanPhoto(content, sha256(content).hexdigest(), *pixels.size)


class PhotoInput(forms.FileInput):
    """A native file input that opens the camera on phones."""

    allow_multiple_selected = True

    def __init__(self, attrs=None, *, multiple: bool = False):
        super().__init__(
            {"accept": "image/*", "capture": "environment", **({"multiple": True} if multiple else {})}
            | (attrs or {})
        )


class PhotoField(forms.FileField):
    """Cleans to a CleanPhoto, or with `multiple=True` to a list of them (empty when none was chosen)."""

    default_error_messages = {
        "required": gettext_lazy("Tambah foto."),
        "too_many": gettext_lazy("Paling banyak %(limit)d foto sekali kirim."),
    }

    def __init__(self, *, multiple: bool = False, limit: int = 8, **options):
        self.multiple, self.limit = multiple, limit
        options.setdefault("widget", PhotoInput(multiple=multiple))
        super().__init__(**options)

    def clean(self, data, initial=None):
        uploads = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not uploads:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return [] if self.multiple else None
        if len(uploads) > (self.limit if self.multiple else 1):
            raise ValidationError(
                self.error_messages["too_many"],
                code="too_many",
                params={"limit": self.limit if self.multiple else 1},
            )
        photos = [clean_photo(upload) for upload in uploads]
        return photos if self.multiple else photos[0]

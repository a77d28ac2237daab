"""Only clean pictures get in, and nothing of the person, place or device stays (reliability F1–F3)."""

import struct
import time
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from closedloop.core.photos import MAX_BYTES, MAX_SIDE, PhotoField, clean_photo

CANARY = b"RAHASIA-6.8694S-109.1402E"


def sent(content: bytes, name: str = "foto.jpg", kind: str = "image/jpeg"):
    return SimpleUploadedFile(name, content, kind)


def picture(format="JPEG", size=(640, 480), mode="RGB", **options) -> bytes:
    out = BytesIO()
    image = Image.new(mode, size, 128 if mode in ("L", "I;16", "P") else (180, 60, 20, 255)[: len(mode)])
    image.save(out, format, **options)
    return out.getvalue()


def phone_photo(orientation=6) -> bytes:
    """A photo as a phone writes it: position, device, time, a comment, a colour profile, an XMP packet."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Pabrikan Contoh"
    exif[0x0110] = CANARY.decode()
    gps = exif.get_ifd(0x8825)
    gps.update({1: "S", 2: (6.0, 52.0, 9.8), 3: "E", 4: (109.0, 8.0, 24.7), 29: CANARY.decode()})
    half = Image.new("RGB", (600, 400), "navy")
    half.paste("gold", (0, 0, 300, 400))
    out = BytesIO()
    half.save(out, "JPEG", exif=exif, comment=CANARY, icc_profile=CANARY * 10, xmp=CANARY * 3)
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A few bytes that say they are an enormous picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def refused(upload) -> str:
    with pytest.raises(ValidationError) as error:
        clean_photo(upload)
    return error.value.code


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NOT_PHOTOS = {
    "svg": SVG,
    "html": b"<!doctype html><script>alert(1)</script>",
    "javascript": b"alert(document.domain)//",
    "php": b"<?php system($_GET['c']); ?>",
    "pdf": b"%PDF-1.7\n1 0 obj\n",
    "zip": b"PK\x03\x04" + b"\0" * 60,
    "text": b"halo",
    "gif": picture("GIF", mode="P"),
    "tiff": picture("TIFF"),
    "ico": picture("ICO", size=(64, 64)),
    "bmp": picture("BMP"),
    "ppm": picture("PPM"),
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40,
    "only a jpeg's first bytes": b"\xff\xd8\xff\xe0",
}


@pytest.mark.parametrize("kind", NOT_PHOTOS)
def test_what_is_no_photo_is_refused_whatever_its_name_says(kind):
    assert refused(sent(NOT_PHOTOS[kind])) in {"not_a_photo", "broken"}


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_truncated_pictures_are_refused(format):
    whole = picture(format, size=(900, 700), **({"quality": 95} if format != "PNG" else {}))
    assert refused(sent(whole[: len(whole) // 2])) in {"broken", "not_a_photo"}


def test_an_empty_and_an_oversized_file_are_refused():
    assert refused(sent(b"")) == "empty"
    assert refused(sent(picture() + b"\0" * MAX_BYTES)) == "too_large"


@pytest.mark.parametrize("size", [(20_000, 20_000), (6325, 6325), (65_000, 65_000)])
def test_bombs_are_refused_before_they_are_decoded(size):
    began = time.perf_counter()
    assert refused(sent(png_claiming(*size), "bom.png")) == "too_many_pixels"
    assert time.perf_counter() - began < 0.3


def test_forty_megapixels_are_accepted_and_a_strip_is_not():
    photo = clean_photo(sent(picture(size=(8000, 5000), quality=30)))
    assert (photo.width, photo.height) == (2048, 1280)
    assert refused(sent(png_claiming(60_000, 2), "garis.png")) == "strip"


@pytest.mark.parametrize(
    "format, mode",
    [
        ("JPEG", "RGB"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "RGBA"),
        ("PNG", "LA"),
        ("PNG", "P"),
        ("PNG", "I;16"),
        ("PNG", "1"),
        ("WEBP", "RGBA"),
    ],
)
def test_every_kind_of_photo_becomes_a_plain_jpeg(format, mode):
    out = BytesIO()
    Image.new(mode, (300, 200)).save(out, format)
    photo = clean_photo(sent(out.getvalue()))
    made = Image.open(BytesIO(photo.content))
    assert (made.format, made.mode, made.size) == ("JPEG", "RGB", (300, 200))
    assert photo.name == f"{photo.sha256[:20]}.jpg"


def test_an_animation_becomes_its_first_picture():
    frames = [Image.new("RGB", (80, 60), color) for color in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], duration=100)
    made = Image.open(BytesIO(clean_photo(sent(out.getvalue())).content)).convert("RGB")
    red, _green, blue = made.getpixel((40, 30))
    assert red > 200 > 50 > blue


def test_large_photos_are_made_smaller_and_small_ones_are_left():
    assert (clean_photo(sent(picture(size=(4000, 3000)))).width) == MAX_SIDE
    assert clean_photo(sent(picture(size=(320, 240)))).width == 320


@pytest.mark.parametrize("orientation", range(1, 9))
def test_nothing_of_place_person_or_device_stays(orientation):
    photo = clean_photo(sent(phone_photo(orientation)))
    assert CANARY not in photo.content
    assert CANARY[:7] not in photo.content
    for mark in (b"Exif", b"ICC_PROFILE", b"http://ns.adobe.com", b"Pabrikan"):
        assert mark not in photo.content
    made = Image.open(BytesIO(photo.content))
    assert dict(made.getexif()) == {}
    assert set(made.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_photo_is_turned_upright():
    photo = clean_photo(sent(phone_photo(orientation=6)))  # taken sideways: gold must come on top
    assert (photo.width, photo.height) == (400, 600)
    made = Image.open(BytesIO(photo.content))
    assert made.getpixel((200, 40))[0] > 200
    assert made.getpixel((200, 560))[0] < 60


def test_what_hides_behind_the_picture_is_gone():
    photo = clean_photo(sent(picture() + b"<script>" + CANARY + b"</script>"))
    assert CANARY not in photo.content


def test_hidden_text_of_a_png_is_gone():
    from_png = picture("PNG")  # a text chunk is put right after the header
    text = b"tEXt" + b"Comment\0" + CANARY
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    assert CANARY not in clean_photo(sent(from_png[:33] + chunk + from_png[33:], "foto.png")).content


def test_the_senders_name_of_the_file_does_not_matter():
    for name in ("../../etc/passwd", "foto\u202egpj.exe", "a" * 65_000 + ".jpg", "foto.php;.jpg"):
        photo = clean_photo(sent(picture(), name))
        assert photo.name.endswith(".jpg")
        assert len(photo.name) == 24


def test_the_same_pixels_give_the_same_file():
    assert clean_photo(sent(picture())).sha256 == clean_photo(sent(picture())).sha256


class TestPhotoField:
    def test_one_photo(self):
        assert PhotoField().clean(sent(picture())).width == 640

    def test_a_required_photo_is_asked_for(self):
        with pytest.raises(ValidationError, match="Tambah foto"):
            PhotoField().clean(None)

    def test_an_optional_field_without_photos(self):
        assert PhotoField(required=False).clean(None) is None
        assert PhotoField(required=False, multiple=True).clean([]) == []

    def test_several_photos_up_to_a_limit(self):
        field = PhotoField(multiple=True, limit=2)
        assert len(field.clean([sent(picture()), sent(picture("PNG"))])) == 2
        with pytest.raises(ValidationError, match="2 foto"):
            field.clean([sent(picture())] * 3)

    def test_one_bad_photo_spoils_the_lot_and_says_why(self):
        with pytest.raises(ValidationError, match="bukan foto JPG"):
            PhotoField(multiple=True).clean([sent(picture()), sent(SVG)])

"""Pictures of the workshop and the products: clean, small in lists, in order, and removable."""

import io
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from closedloop.core.models import new_id
from closedloop.core.photos import CleanPhoto, clean_photo
from participants import actions
from participants.actions.photos import MOST_PHOTOS, SMALL_BYTES, small_copy
from participants.models import Photo, Product
from tests.factories.accounts import UserFactory
from tests.factories.capability import PhotoFactory, jpeg
from tests.factories.participants import EnterpriseFactory, PersonFactory

pytestmark = pytest.mark.django_db


def address(name, enterprise, *more):
    return reverse(f"participants:{name}", args=[enterprise.code, *more])


@pytest.fixture
def mine(client):
    person = PersonFactory()
    client.force_login(person.user)
    return person.enterprise


def upload(content=None):
    return SimpleUploadedFile("foto.jpg", content or jpeg("teal"), "image/jpeg")


def noise(width: int, height: int) -> CleanPhoto:
    """The picture that compresses worst."""
    pixels = Image.frombytes("RGB", (width, height), Random(7).randbytes(3 * width * height))
    out = io.BytesIO()
    pixels.save(out, "JPEG", quality=95)
    return clean_photo(SimpleUploadedFile("derau.jpg", out.getvalue()))


def test_the_small_copy_is_small_whatever_the_picture_shows():
    assert len(small_copy(noise(1600, 1200))) <= SMALL_BYTES
    assert len(small_copy(clean_photo(upload()))) <= SMALL_BYTES


def test_an_owner_adds_a_picture_of_a_product(client, mine):
    product = Product.objects.create(enterprise=mine, name="Bracket")
    data = {
        "key": str(new_id()),
        "photo": upload(),
        "subject": "workshop",
        "product": product.pk,
        "caption": "Bracket tampak depan",
    }
    page = client.post(address("add_photo", mine), data, follow=True).content.decode()
    photo = Photo.objects.get()
    assert (photo.subject, photo.product, photo.order) == ("product", product, 1)
    assert "Bracket tampak depan" in page
    small = client.get(reverse("participants:photo_small", args=[photo.pk]))
    assert small["Content-Type"] == "image/jpeg" and len(small.content) <= SMALL_BYTES
    assert Image.open(io.BytesIO(client.get(reverse("participants:photo", args=[photo.pk])).content)).size


def test_what_is_no_picture_is_refused_beside_the_field(client, mine):
    data = {
        "key": str(new_id()),
        "photo": upload(b"GIF89a bukan foto"),
        "subject": "workshop",
        "caption": "X",
    }
    assert "bukan foto" in client.post(address("add_photo", mine), data).content.decode()
    assert not Photo.objects.exists()


def test_the_same_picture_is_kept_once_and_there_is_an_end():
    enterprise, by = EnterpriseFactory(), UserFactory()
    photo = clean_photo(upload())
    first = actions.add_photo(enterprise, photo, by=by, subject="workshop", caption="Depan")
    assert actions.add_photo(enterprise, photo, by=by, subject="workshop", caption="Lagi") == first
    PhotoFactory.create_batch(MOST_PHOTOS - 1, enterprise=enterprise)
    other = clean_photo(upload(jpeg("crimson")))
    with pytest.raises(ValidationError, match="Sudah ada 24 foto"):
        actions.add_photo(enterprise, other, by=by, subject="workshop", caption="Satu lagi")


def test_pictures_are_described_put_first_and_taken_away(client, mine, django_capture_on_commit_callbacks):
    one, two = PhotoFactory(enterprise=mine, order=1), PhotoFactory(enterprise=mine, order=2)
    client.post(address("edit_photo", mine, two.pk), {"caption": "Mesin baru"})
    client.post(address("put_photo_first", mine, two.pk))
    assert [photo.caption for photo in mine.photos.all()] == ["Mesin baru", one.caption]
    storage, names = two.file.storage, [two.file.name, two.thumbnail.name]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address("remove_photo", mine, two.pk))
    assert list(mine.photos.all()) == [one]
    assert not any(storage.exists(name) for name in names)

"""What an enterprise can make, with pictures that are real ones."""

import io

import factory
from django.core.files.base import ContentFile
from PIL import Image

from closedloop.accounts.roles import Role
from participants.models import Capability, Machine, Material, MeasuringTool, Photo
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnterpriseFactory


def jpeg(colour: str = "steelblue", size: tuple[int, int] = (64, 48)) -> bytes:
    """Return a small picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


class CapabilityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Capability

    enterprise = factory.SubFactory(EnterpriseFactory)
    tolerance_mm = "0.020"
    tolerance_note = "Lubang bor diameter 10"
    shift_count = 2
    hours_per_shift = 8
    days_per_week = 6


class MachineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Machine

    enterprise = factory.SubFactory(EnterpriseFactory)
    kind = "Mesin press"
    brand = "Contoh Press"
    count = 2
    year = 2015
    capacity = 110
    capacity_unit = "ton"


class MaterialFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Material

    enterprise = factory.SubFactory(EnterpriseFactory)
    name = "Plat baja"
    grade = factory.Sequence(lambda n: f"SPCC {n} mm")


class MeasuringToolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MeasuringTool

    enterprise = factory.SubFactory(EnterpriseFactory)
    name = "Jangka sorong"
    accuracy_mm = "0.020"


class PhotoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Photo

    enterprise = factory.SubFactory(EnterpriseFactory)
    subject = Photo.Subject.WORKSHOP
    caption = "Lini press dua"
    order = factory.Sequence(lambda n: n + 1)
    sha256 = factory.Sequence(lambda n: f"{n:064d}")
    file = factory.LazyFunction(lambda: ContentFile(jpeg(), name="foto.jpg"))
    thumbnail = factory.LazyFunction(lambda: ContentFile(jpeg(size=(16, 12)), name="kecil-foto.jpg"))
    uploaded_by = factory.SubFactory(UserFactory, role=Role.STAFF)

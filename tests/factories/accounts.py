import factory

from closedloop.accounts.models import Organisation, User
from closedloop.accounts.roles import Role

PASSWORD = "baja-kunyit-sebelas"


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Lembaga Contoh {n}")
    short_name = factory.Sequence(lambda n: f"LC{n}")
    kind = Organisation.Kind.MENTOR_BODY


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"orang{n}@contoh.id")
    full_name = factory.Sequence(lambda n: f"Orang Contoh {n}")
    role = Role.STAFF
    password = factory.django.Password(PASSWORD)

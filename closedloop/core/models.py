"""What every table of the portal has in common."""

import secrets

from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7

# no 0 O 1 I L, so that a code can be read aloud and typed from paper
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def now():
    """Return the present moment, asked for each time: a default that Django can be told another time for."""
    return timezone.now()


def new_id():
    """Return a UUIDv7: public, not guessable, and in the order of creation, so that indexes stay small."""
    return uuid7()


def new_code(length: int = 6) -> str:
    """Return a random code of `length` characters that survives being read aloud."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))


class Record(models.Model):
    """A row with a public id; row numbers never leave the database."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True


class Money(models.DecimalField):
    """Whole Rupiah, net of PPN; at most 15 digits."""

    def __init__(self, *args, **options):
        super().__init__(*args, **{**options, "max_digits": 15, "decimal_places": 0})

    def deconstruct(self):
        name, path, args, options = super().deconstruct()
        del options["max_digits"], options["decimal_places"]
        return name, path, args, options


class Heartbeat(models.Model):
    """When a background process last said it lives; /readyz reads it."""

    name = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="heartbeat_has_a_name", condition=~models.Q(name=""))]

    def __str__(self):
        return self.name

    @classmethod
    def beat(cls, name: str) -> None:
        """Say that the process `name` lives."""
        cls.objects.update_or_create(name=name, defaults={"at": timezone.now()})

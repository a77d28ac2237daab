"""People at work while something is wrong: pages, signing in, checking in, asking for reports."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.access import TABLE
from tests.factories.accounts import PASSWORD
from tests.factories.participants import EnrolmentFactory
from tests.load.conftest import Hall
from tests.load.phones import Answer, Phone
from tests.world import World

FEW = ["/", "/ikm/", "/laporan/", "/readyz"]
REQUEST = "reports:request"


@dataclass
class Readers:
    """A lead at a desk, and owners in a hall, in front of a running web process."""

    hall: Hall
    everything: bool = False

    def __post_init__(self):
        self.world = World()
        self.desk: Phone = self.hall.phone_of(self.world.lead)
        self.enterprise = EnrolmentFactory().enterprise
        self.phones = iter([self.hall.phone_of(owner) for owner in self.hall.owners])

    @cached_property
    def pages(self) -> list[str]:
        """Every page that a lead may open, or a few of them."""
        if not self.everything:
            return FEW
        found = set()
        for row in TABLE:
            if row.method == "get" and row.code == 200 and "lead" in row.allowed.split():
                # each in a world of its own, and without those whose world cannot stand beside another
                with suppress(IntegrityError), transaction.atomic():
                    world = World()
                    row.before(world)
                    found.add(reverse(row.name, args=row.args(world)) + row.query)
        return sorted(found)

    def act(self, number: int) -> list[Answer]:
        """Do the act of this number: of ten, one signs in, two check in, one asks for a report, six open pages."""
        turn = number % 10
        if turn == 3:
            return self.sign_in(self.hall.owners[number % len(self.hall.owners)])
        if turn in {1, 6}:
            return self.check_in(next(self.phones))
        if turn == 8:
            return self.ask_for_a_report()
        return [self.desk.get(self.pages[number % len(self.pages)])]

    def sign_in(self, owner) -> list[Answer]:
        phone = self.hall.new_phone()
        door = reverse("account_login")
        page = phone.get(door)
        return [page, phone.post(door, page.body, login=owner.email, password=PASSWORD)]

    def check_in(self, phone: Phone) -> list[Answer]:
        address = self.hall.address
        page = phone.get(address)
        return [page, phone.post(address.partition("?")[0], page.body)]

    def ask_for_a_report(self) -> list[Answer]:
        page = self.desk.get(f"{reverse('reports:list')}?jenis=enterprise")
        wish = {"enterprise": str(self.enterprise.pk), "language": "id"}
        return [page, self.desk.post(reverse(REQUEST), page.body, **wish)]

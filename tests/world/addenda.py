"""Records of the access table that belong to addenda of the agreement of the owner's IKM and the buyer."""

from datetime import date
from functools import cached_property

from django.core.files.base import ContentFile

from partnerships.models import Addendum
from tests.factories.addenda import AddendumChangeFactory, AddendumFactory


class AddendaWorld:
    @cached_property
    def addendum(self):
        """A draft by which the one part gets dearer in the middle of 2026."""
        addendum = AddendumFactory(agreement=self.agreement, number="ADD/2026/1")
        AddendumChangeFactory(addendum=addendum, line=self.agreement.lines.get())
        return addendum

    @cached_property
    def signed_addendum(self):
        """The same, signed, with its scan."""
        addendum = self.addendum
        addendum.scan.name = "addenda/contoh.pdf"
        addendum.scan.storage.save(addendum.scan.name, ContentFile(b"%PDF-1.7"))
        Addendum.objects.filter(pk=addendum.pk).update(
            status="signed",
            sequence=1,
            signed_on=date(2026, 6, 20),
            scan=addendum.scan.name,
            scan_sha256="ab" * 32,
        )
        return addendum

"""Records of the access table that belong to the ledger: vouched rows, their papers, credit agreements."""

from functools import cached_property

from django.core.files.base import ContentFile

from tests.factories.ledger import FinancingFactory
from tests.factories.partnerships import InvoiceFactory


class LedgerWorld:
    @cached_property
    def paper_invoice(self):
        """Entered by the owner, waiting for the buyer, with its paper."""
        return with_paper(InvoiceFactory(order=self.order, entered_by=self.owner))

    @cached_property
    def confirmed_invoice(self):
        return InvoiceFactory(
            order=self.order, status="confirmed", confirmed_by=self.buyer, confirmed_at="2026-02-16T03:00:00Z"
        )

    @cached_property
    def financing(self):
        return with_paper(FinancingFactory(order=self.order))


def with_paper(row):
    row.document.save("contoh.pdf", ContentFile(b"%PDF-1.7"), save=False)
    row.document_sha256 = "ab" * 32
    row.save()
    return row

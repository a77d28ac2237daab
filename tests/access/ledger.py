"""Who may open what: invoices, payments, who vouches for them, their papers, credit agreements."""

from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from closedloop.core.sheets import workbook_bytes
from partnerships.buyer_queue import said
from tests.access.table import OVERSIGHT, Row


def order(world):
    return [world.order.code]


def paper(world):
    return ["faktur", world.paper_invoice.pk]


def key():
    return str(uuid4())


def form_of_the_ikm(name, args, data):
    """A form that staff and the IKM itself fill in."""
    who = {"allowed": "staff owner", "hidden": "other_owner"}
    return [Row(name, args=args, **who), Row(name, "post", args=args, code=302, data=data, **who)]


ROWS: list[Row] = [
    *form_of_the_ikm(
        "partnerships:add_invoice",
        order,
        lambda world: {"key": key(), "number": "INV-9", "issued_on": "2026-02-15", "amount": "35.000.000"},
    ),
    *form_of_the_ikm(
        "partnerships:add_payment",
        lambda world: [world.invoice.pk],
        lambda world: {"key": key(), "paid_on": "2026-03-15", "amount": "1.000.000"},
    ),
    *form_of_the_ikm(
        "partnerships:correct_row",
        paper,
        lambda world: {
            "number": "INV-77",
            "issued_on": "2026-02-16",
            "amount": "34.000.000",
            "reason": "Salah ketik",
        },
    ),
    *form_of_the_ikm(
        "partnerships:add_financing",
        order,
        lambda world: {
            "key": key(),
            "lender": "Bank Contoh",
            "kind": "working",
            "amount": "20.000.000",
            "signed_on": "2026-02-01",
        },
    ),
    Row("partnerships:row_document", args=paper, allowed=f"{OVERSIGHT} owner buyer",
        hidden="other_owner other_buyer"),
    Row("partnerships:financing_document", args=lambda world: [world.financing.pk],
        allowed=f"{OVERSIGHT} owner", hidden="other_owner buyer other_buyer"),
    Row("partnerships:confirm_row", "post", args=paper, allowed="buyer", hidden="other_buyer", code=302),
    Row("partnerships:confirm_rows", "post", allowed="buyer", hidden="other_buyer", code=302,
        data=lambda world: {"catatan": [f"faktur/{world.paper_invoice.pk}/{said(world.paper_invoice).mark}"]}),
    Row("partnerships:dispute_row", args=paper, allowed="buyer", hidden="other_buyer"),
    Row("partnerships:dispute_row", "post", args=paper, allowed="buyer", hidden="other_buyer", code=302,
        data=lambda world: {"reason": "figure", "amount": "34.000.000"}),
    Row("partnerships:verify_row", "post", args=lambda world: ["faktur", world.confirmed_invoice.pk],
        allowed="staff", code=302),
]  # fmt: skip


def uploaded(world):
    return {"file": SimpleUploadedFile("rapor.xlsx", workbook_bytes("Rapor", ["IKM", "Bulan", "PPM"], []))}


def company(world):
    return [world.buyer_company.code]


ROWS += [
    Row("partnerships:buyer_scorecards", args=company, allowed="staff buyer", hidden="other_buyer"),
    Row("partnerships:my_scorecards", allowed="owner other_owner"),
    Row("partnerships:import_scorecards", "post", args=company, allowed="staff buyer", hidden="other_buyer",
        data=uploaded),
]  # fmt: skip
ROWS += form_of_the_ikm(
    "partnerships:correct_delivery",
    lambda world: [world.delivery.code],
    lambda world: {
        "note_number": "SJ-7777",
        "delivered_on": "2026-02-10",
        "quantity": "990",
        "reason": "Salah hitung",
    },
)
ROWS += [
    Row("partnerships:money_records", args=lambda world: ["dipesan"],
        allowed=f"{OVERSIGHT} owner other_owner buyer other_buyer"),
]  # fmt: skip
ROWS += [
    Row("partnerships:note_order", allowed="owner other_owner"),
    # an empty form comes back with its messages; that a stranger's part cannot be chosen is tested with the page
    Row("partnerships:note_order", "post", allowed="owner other_owner"),
]  # fmt: skip
ROWS += form_of_the_ikm(
    "partnerships:correct_order_line",
    lambda world: [world.order_line.pk],
    lambda world: {"quantity": "5.000", "due_on": "2026-12-20", "reason": "Salah ketik"},
)

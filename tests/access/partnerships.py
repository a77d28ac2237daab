"""Who may open what: partnerships."""

from uuid import uuid4

from tests.access.table import OVERSIGHT, Row

PARTIES = "owner buyer"
STRANGERS = "other_owner other_buyer"
DAY = "2026-02-11"


def agreement(world):
    return [world.agreement.code]


def order(world):
    return [world.order.code]


def delivery(world):
    return [world.delivery.code]


def enterprise(world):
    return [world.enterprise.code]


def company(world):
    return [world.buyer_company.code]


def key():
    return str(uuid4())


def line_rows(world, prefix="baris"):
    line = world.draft_agreement.lines.get()
    return {
        f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-INITIAL_FORMS": "0",
        f"{prefix}-0-enterprise": str(line.enterprise_id), f"{prefix}-0-buyer": str(line.buyer_id),
        f"{prefix}-0-part_name": "Clamp", f"{prefix}-0-unit_price": "9.600", f"{prefix}-0-monthly_volume": "6.000",
    }  # fmt: skip


def terms(world):
    return {
        "key": key(), "number": "MOU/2026/9000", "title": "MoU pasokan clamp", "kind": "mou",
        "starts_on": "2026-01-01", "ends_on": "2026-12-31", **line_rows(world),
    }  # fmt: skip


def order_data(world):
    line = world.agreement.lines.get()
    return {
        "key": key(), "number": "PO-8000", "kind": "trial", "ordered_on": "2026-02-01",
        "baris-TOTAL_FORMS": "1", "baris-INITIAL_FORMS": "0", "baris-0-line": str(line.pk),
        "baris-0-quantity": "100", "baris-0-due_on": "2026-03-01",
    }  # fmt: skip


def review_data(world):
    return {
        "key": key(), "held_on": "2026-04-07", "minutes": "Notulen",
        "keputusan-TOTAL_FORMS": "1", "keputusan-INITIAL_FORMS": "0",
        "keputusan-0-kind": "action", "keputusan-0-text": "Jadwal perawatan",
        "keputusan-0-responsible": "Kepala produksi", "keputusan-0-due_on": "2026-12-15",
    }  # fmt: skip


def received(accepted=1000):
    return {"received_on": DAY, "accepted": str(accepted), "rejected": "0"}


def staff_form(name, args, data, before=lambda world: None):
    """A form of the staff: the page and the act."""
    return [
        Row(name, args=args, allowed="staff", before=before),
        Row(name, "post", args=args, allowed="staff", code=302, data=data, before=before),
    ]


def move(name, args, data=lambda world: {}):
    return staff_form(f"partnerships:{name}", args, data)


REASON = {"reason": "Alasan contoh"}
ROWS: list[Row] = [
    Row("partnerships:agreements", allowed=f"{OVERSIGHT} owner other_owner buyer other_buyer"),
    Row("partnerships:agreement", args=agreement, allowed=f"{OVERSIGHT} {PARTIES}", hidden=STRANGERS),
    Row("partnerships:agreement_scan", args=agreement, allowed=f"{OVERSIGHT} {PARTIES}", hidden=STRANGERS),
    *staff_form("partnerships:add_agreement", lambda world: [], terms),
    *staff_form("partnerships:edit_agreement", lambda world: [world.draft_agreement.code], terms),
    *move("submit_agreement", lambda world: [world.draft_agreement.code]),
    *move("return_agreement", lambda world: [world.reviewed_agreement.code], lambda world: REASON),
    *move(
        "sign_agreement",
        lambda world: [world.draft_agreement.code],
        lambda world: {"signed_on": "2026-01-05", "place": "Tegal"},
    ),
    *move("activate_agreement", lambda world: [world.signed_agreement.code]),
    *move("suspend_agreement", agreement, lambda world: REASON),
    *move("resume_agreement", lambda world: [world.suspended_agreement.code]),
    *move("terminate_agreement", agreement, lambda world: REASON),
    *move("complete_agreement", lambda world: [world.ended_agreement.code]),
    *move("add_review", agreement, review_data),
    *move("add_order", agreement, order_data),
    Row("partnerships:order", args=order, allowed=f"{OVERSIGHT} {PARTIES}", hidden=STRANGERS),
    *move(
        "reschedule",
        lambda world: [world.schedule_line.pk],
        lambda world: {"agreed_due_on": "2026-02-20", "reason": "Bahan terlambat"},
    ),
    Row("partnerships:deliveries", allowed=f"{OVERSIGHT} owner other_owner buyer other_buyer"),
    Row("partnerships:delivery", args=delivery, allowed=f"{OVERSIGHT} {PARTIES}", hidden=STRANGERS),
    Row("partnerships:delivery_photo", args=delivery, allowed=f"{OVERSIGHT} {PARTIES}", hidden=STRANGERS),
    Row(
        "partnerships:verify_delivery",
        "post",
        args=lambda world: [world.confirmed_delivery.code],
        allowed="staff",
        code=302,
    ),
    *staff_form(
        "partnerships:settle_delivery",
        lambda world: [world.disputed_delivery.code],
        lambda world: {**received(990), "reason": "Hitung ulang"},
    ),
    Row("partnerships:confirm_delivery", args=delivery, allowed="buyer", hidden="other_buyer"),
    Row(
        "partnerships:confirm_delivery",
        "post",
        args=delivery,
        allowed="buyer",
        hidden="other_buyer",
        code=302,
        data=lambda world: received(),
    ),
    Row("partnerships:dispute_delivery", args=delivery, allowed="buyer", hidden="other_buyer"),
    Row(
        "partnerships:dispute_delivery",
        "post",
        args=delivery,
        allowed="buyer",
        hidden="other_buyer",
        code=302,
        data=lambda world: {"reason": "quantity", "text": "Diterima 990 dari 1.000"},
    ),
    Row("partnerships:buyers", allowed=OVERSIGHT),
    Row("partnerships:buyer", args=company, allowed=OVERSIGHT),
    *staff_form(
        "partnerships:add_buyer",
        lambda world: [],
        lambda world: {
            "key": key(),
            "name": "PT Baru",
            "tier": "tier1",
            "grace_days": "0",
            "max_early_days": "1",
        },
    ),
    *staff_form(
        "partnerships:edit_buyer",
        company,
        lambda world: {
            "key": key(),
            "name": "PT Baru",
            "tier": "tier2",
            "grace_days": "2",
            "max_early_days": "1",
        },
    ),
    *staff_form(
        "partnerships:add_contact", company, lambda world: {"key": key(), "full_name": "Kontak Baru"}
    ),
    Row(
        "partnerships:invite_contact",
        "post",
        args=lambda world: [world.new_contact.pk],
        allowed="staff",
        code=302,
    ),
    Row(
        "partnerships:enterprise",
        args=enterprise,
        allowed=f"{OVERSIGHT} owner",
        hidden="other_owner buyer other_buyer",
    ),
    Row(
        "partnerships:close_month",
        "post",
        args=enterprise,
        allowed="staff",
        code=302,
        data=lambda world: {"bulan": "2026-01-01"},
    ),
    *staff_form(
        "partnerships:approve_sample",
        lambda world: [world.enterprise.code, world.buyer_company.code],
        lambda world: {"approved_on": "2026-02-01"},
    ),
    Row("partnerships:my_supply", allowed="owner other_owner"),
    Row("partnerships:send_delivery", allowed="owner other_owner"),
    # an empty form comes back with its messages; that a stranger's part cannot be chosen is tested with the page
    Row("partnerships:send_delivery", "post", allowed="owner other_owner"),
    Row("partnerships:delivery_receipt", args=delivery, allowed="owner", hidden="other_owner"),
    Row("partnerships:confirmations", allowed="buyer other_buyer"),
    Row(
        "partnerships:confirm_many",
        "post",
        allowed="buyer other_buyer",
        code=302,
        data=lambda world: {"surat_jalan": [world.delivery.code]},
    ),
    Row("partnerships:suppliers", allowed="buyer other_buyer"),
]

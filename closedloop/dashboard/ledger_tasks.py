"""Tasks about orders, invoices and payments: what waits for the buyer's word, and what the buyer disputes."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.dashboard.task import Task
from partnerships.buyer_queue import order_of, title_of, waiting_count
from partnerships.models import Buyer, RowDispute


def rows_to_confirm(user: User, today: date) -> Iterator[Task]:
    """What the IKM and staff entered and the buyer has not answered."""
    if count := waiting_count(Buyer.objects.visible_to(user)):
        yield Task(
            "partnerships:confirmations",
            _("PO, faktur, dan pembayaran menunggu konfirmasi Anda"),
            _("Yang belum dijawab tampil sebagai belum dikonfirmasi"),
            reverse("partnerships:confirmations"),
            _("Konfirmasi"),
            count=count,
        )


def disputed_rows(user: User, today: date) -> Iterator[Task]:
    """What a buyer says is otherwise, until somebody corrects or explains it."""
    rows = ("order__buyer", "invoice__order__buyer", "payment__invoice__order__buyer")
    waiting = RowDispute.objects.visible_to(user).unsettled().select_related(*rows)
    for dispute in waiting.order_by("created_at")[:5]:
        order = order_of(dispute.row)
        yield Task(
            "partnerships:my_supply" if user.role == Role.OWNER else "partnerships:deliveries",
            _("%(buyer)s melaporkan selisih: %(row)s") % {"buyer": order.buyer, "row": title_of(dispute.row)},
            dispute.text or dispute.get_reason_display(),
            order.get_absolute_url(),
            _("Jawab"),
            "bad",
        )

"""Pages of buyers, their people and what they need."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from closedloop.accounts.actions import mail_invitation
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from partnerships import actions, ledger
from partnerships.forms import BuyerForm, ContactForm
from partnerships.models import Agreement, Buyer, BuyerContact, Requirement
from partnerships.views.shared import Refused, buyer_of, errors_on, page_of, say


@require_safe
@requires(Permission.BUYER_VIEW)
def buyers(request):
    """Every company, with how many agreements run and what it has accepted."""
    query = request.GET.get("q", "").strip()
    rows = Buyer.objects.visible_to(request.user).select_related("regency")
    if query:
        rows = rows.filter(Q(name__icontains=query) | Q(contacts__full_name__icontains=query)).distinct()
    rows = rows.order_by("name").annotate(
        running=Count(
            "parties__agreement", filter=Q(parties__agreement__status=Agreement.Status.ACTIVE), distinct=True
        )
    )
    page = page_of(request, rows)
    scope = ledger.Scope.visible_to(request.user).of(buyers=[buyer.pk for buyer in page.object_list])
    figures = ledger.figures_by(scope, ledger.Key.BUYER)
    supply = ledger.supply_by(scope, ledger.Key.BUYER)
    context = {
        "page": page,
        "rows": [
            {"buyer": buyer, "figures": figures[buyer.pk], "supply": supply[buyer.pk]}
            for buyer in page.object_list
        ],
        "query": query,
        "may_manage": request.user.may(Permission.BUYER_MANAGE),
    }
    return render(request, "partnerships/buyers.html", context)


@require_safe
@requires(Permission.BUYER_VIEW)
def buyer(request, code):
    """One company: its people, what it needs made, and how it stands."""
    record = buyer_of(request, code)
    scope = ledger.Scope.visible_to(request.user).of(buyers=[record])
    context = {
        "buyer": record,
        "contacts": record.contacts.select_related("user"),
        "requirements": Requirement.objects.visible_to(request.user).filter(buyer=record).with_parties(),
        "agreements": Agreement.objects.visible_to(request.user).filter(parties__buyer=record).distinct(),
        "figures": ledger.figures_by(scope, ledger.Key.BUYER)[record.pk],
        "supply": ledger.supply_by(scope, ledger.Key.BUYER)[record.pk],
        "may_manage": request.user.may(Permission.BUYER_MANAGE),
    }
    return render(request, "partnerships/buyer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.BUYER_MANAGE)
def add_buyer(request):
    form = BuyerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                record = actions.register_buyer(by=request.user, **form.values())
        except Refused:
            pass
        else:
            messages.success(request, _("Perusahaan tersimpan. Tambahkan kontaknya."))
            return redirect(record)
    context = {"form": form, "heading": _("Tambah perusahaan"), "verb": _("Simpan perusahaan"), "buyer": None}
    return render(request, "partnerships/buyer_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.BUYER_MANAGE)
def edit_buyer(request, code):
    record = buyer_of(request, code)
    names = ("name", "tier", "regency", "address", "grace_days", "max_early_days")
    form = BuyerForm(request.POST or None, initial={name: getattr(record, name) for name in names})
    if request.method == "POST" and form.is_valid():
        values = form.values()
        values.pop("id")
        try:
            with errors_on(form):
                actions.update_buyer(record, by=request.user, **values)
        except Refused:
            pass
        else:
            messages.success(request, _("Perubahan tersimpan."))
            return redirect(record)
    context = {"form": form, "heading": _("Ubah perusahaan"), "verb": _("Simpan"), "buyer": record}
    return render(request, "partnerships/buyer_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.BUYER_MANAGE)
def add_contact(request, code):
    record = buyer_of(request, code)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                actions.add_contact(record, by=request.user, **form.values())
        except Refused:
            pass
        else:
            messages.success(request, _("Kontak tersimpan."))
            return redirect(record)
    context = {"form": form, "heading": _("Tambah kontak"), "verb": _("Simpan kontak"), "buyer": record}
    return render(request, "partnerships/buyer_form.html", context)


@require_POST
@requires(Permission.BUYER_MANAGE)
def invite_contact(request, pk):
    """Give a contact an account; the link is mailed once everything is saved."""
    contacts = BuyerContact.objects.filter(buyer__in=Buyer.objects.visible_to(request.user))
    contact = get_object_or_404(contacts.select_related("buyer"), pk=pk)
    try:
        with transaction.atomic():
            user, token = actions.invite_contact(contact, by=request.user)
            if token:
                link = settings.SITE_URL + reverse("accounts:activate", args=[token])
                transaction.on_commit(lambda: mail_invitation(user, link))
    except ValidationError as error:
        say(request, error)
    else:
        words = (
            _("Undangan dikirim ke %(email)s.")
            if token
            else _("Akun %(email)s sekarang juga untuk perusahaan ini.")
        )
        messages.success(request, words % {"email": user.email})
    return redirect(contact.buyer)

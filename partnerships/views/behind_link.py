"""The door of the pages behind a signed link: who may pass, and what is said to whom may not."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from partnerships.link_limit import is_over
from partnerships.models import ConfirmationLink

PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def behind_link(view):
    """Give the view the open link of the address; whoever holds none is told in words why not.

    What authorises is the address itself, which no other site knows, and no cookie: so there is nothing for
    the CSRF check to protect, and without a referrer a browser names no origin, which that check would refuse.
    """

    @wraps(view)
    def wrapper(request, token, **kwargs):
        language = request.GET.get("bahasa")
        with translation.override(
            language if language in dict(settings.LANGUAGES) else request.LANGUAGE_CODE
        ):
            response = answer(request, token, view, kwargs)
        for name, value in PRIVATE.items():
            response.headers[name] = value
        return response

    return login_not_required(csrf_exempt(wrapper))


def answer(request, token, view, kwargs):
    link = ConfirmationLink.objects.with_token(token).select_related("contact__buyer").first()
    if refusal := why_closed(link):
        return refused(request, *refusal)
    if request.method == "POST" and is_over(link):
        return refused(
            request,
            429,
            _("Terlalu banyak kiriman dari tautan ini"),
            _("Tunggu sepuluh menit, lalu coba lagi. Jawaban yang sudah tersimpan tidak hilang."),
            link=link,
        )
    try:
        return view(request, link, **kwargs)
    except PermissionDenied:
        return refused(
            request,
            403,
            _("Tautan ini baru saja dicabut"),
            _("Jawaban terakhir tidak tersimpan. Minta tautan baru kepada petugas program."),
        )


def why_closed(link: ConfirmationLink | None) -> tuple[int, str, str] | None:
    """Return status, title and text for a link that opens nothing; None for one that does."""
    ask = _("Minta tautan baru kepada petugas program yang mengirimnya.")
    if link is None:
        return (
            404,
            _("Tautan ini tidak dikenali"),
            _("Mungkin terpotong saat disalin. Buka lagi dari pesan aslinya.") + " " + ask,
        )
    if link.revoked_at:
        return (
            410,
            _("Tautan ini sudah dicabut"),
            _("Mungkin ada tautan yang lebih baru di pesan Anda.") + " " + ask,
        )
    if link.expires_at <= timezone.now():
        return 410, _("Masa berlaku tautan ini sudah habis"), ask
    if not link.contact.is_active:
        return (
            410,
            _("Tautan ini tidak berlaku lagi"),
            _("Anda tidak tercatat lagi sebagai kontak pembeli ini."),
        )
    return None


def refused(request, status: int, title: str, text: str, *, link: ConfirmationLink | None = None):
    """A plain page that says what did not happen, and leads back where there is a way back."""
    context = {"title": title, "text": text, "link": link, "keep": kept_language(request)}
    return render(request, "partnerships/link_refused.html", context, status=status)


def kept_language(request) -> str:
    """Return the query by which the chosen language goes along, from page to page."""
    language = request.GET.get("bahasa")
    return f"?bahasa={language}" if language in dict(settings.LANGUAGES) else ""

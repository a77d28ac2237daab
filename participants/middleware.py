"""Follow a merged record's address to the record that speaks for it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from participants.models import Enterprise

# the addresses of every app's pages about one enterprise begin so
ABOUT_ONE = ("ikm/<slug:code>/", "ikm/<str:code>/")


class MergedRecordMiddleware:
    """Where a page about an enterprise is not found because its record was merged, lead on to the survivor's.

    Only for readers who may know of the survivor. An act on a hidden record is never done, neither there nor on
    the survivor, which may hold something else by now: its writer is led there, and told to do it again.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if response.status_code != 404 or match is None:
            return response
        if not match.route.startswith(ABOUT_ONE) or not request.user.is_authenticated:
            return response
        old = Enterprise.with_merged.filter(code=match.kwargs["code"], merged_into__isnull=False).first()
        if old is None:
            return response
        survivor = Enterprise.objects.visible_to(request.user).filter(pk=old.merged_into_id).first()
        if survivor is None:
            return response
        names = {"name": old, "code": old.code}
        if request.method not in ("GET", "HEAD"):
            text = _("%(name)s (%(code)s) digabung ke sini. Perubahan Anda belum tersimpan; ulangi di sini.")
            messages.warning(request, text % names)
            return redirect(survivor)
        messages.info(request, _("%(name)s (%(code)s) digabung ke sini.") % names)
        same_page = {**match.kwargs, "code": survivor.code}
        is_about_all = set(match.kwargs) == {"code"}
        return redirect(reverse(match.view_name, kwargs=same_page) if is_about_all else survivor)

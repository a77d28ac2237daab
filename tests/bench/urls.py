"""The portal's addresses and one more: a page that does nothing but know its reader, to measure others against."""

from django.http import HttpResponse
from django.urls import path

from closedloop.urls import urlpatterns as portal


def nothing(request):
    return HttpResponse(str(request.user))


urlpatterns = [*portal, path("kosong/", nothing)]

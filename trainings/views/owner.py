from django.http import Http404


def check_in(request, **kwargs):
    raise Http404


def check_in_session(request, **kwargs):
    raise Http404


def my_schedule(request, **kwargs):
    raise Http404


def my_session(request, **kwargs):
    raise Http404


def receipt(request, **kwargs):
    raise Http404


def undo(request, **kwargs):
    raise Http404

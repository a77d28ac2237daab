from django.http import Http404


def close(request, **kwargs):
    raise Http404


def correct(request, **kwargs):
    raise Http404


def mark(request, **kwargs):
    raise Http404


def mark_all(request, **kwargs):
    raise Http404


def open_session(request, **kwargs):
    raise Http404


def reject(request, **kwargs):
    raise Http404


def screen(request, **kwargs):
    raise Http404


def session(request, **kwargs):
    raise Http404


def sheet(request, **kwargs):
    raise Http404


def verify(request, **kwargs):
    raise Http404

from django.http import Http404


def add(request, **kwargs):
    raise Http404


def cancel(request, **kwargs):
    raise Http404


def cohort(request, **kwargs):
    raise Http404


def edit(request, **kwargs):
    raise Http404


def sessions(request, **kwargs):
    raise Http404

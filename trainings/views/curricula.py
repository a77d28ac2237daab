from django.http import Http404


def curricula(request, **kwargs):
    raise Http404


def curriculum(request, **kwargs):
    raise Http404


def pin(request, **kwargs):
    raise Http404

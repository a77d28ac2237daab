from django.http import Http404


def grid(request, **kwargs):
    raise Http404

from django.http import Http404


def enterprise(request, **kwargs):
    raise Http404

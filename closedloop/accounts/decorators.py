"""The one guard above every view."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied

from closedloop.accounts.permissions import Permission


def requires(*permissions: Permission) -> Callable:
    """Refuse (403) people whose role has none of the permissions; anonymous people never get this far."""

    def decorate(view):
        @wraps(view)
        def wrapper(request, *args, **kwargs):
            if not any(request.user.may(permission) for permission in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        wrapper.permissions = permissions  # read by the access test
        return wrapper

    return decorate

"""A test client stricter than production."""

import re

from django.db import connection
from django.test import Client, TestCase

WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|TRUNCATE|MERGE)\b", re.IGNORECASE)
# what signing in and messages write of themselves; everything else is a page that writes on being looked at
HOUSEKEEPING = re.compile(r"django_session|portal_cache|accounts_user|account_")
TEMPLATE_SYNTAX = ("{{", "{%", "{#", "onclick=", 'style="')


def refuse_writes(execute, sql, params, many, context):
    """Fail a GET that writes: looking at a page changes nothing."""
    if WRITES.match(sql) and not HOUSEKEEPING.search(sql):
        raise AssertionError(f"a GET may not write: {sql[:200]}")
    return execute(sql, params, many, context)


class PortalClient(Client):
    """Run on-commit hooks as production would, let no GET write, let no template leak its own syntax.

    A GET that must write because the law wants the look recorded says so with `records_the_look=True`.
    """

    def request(self, **environ):
        records_the_look = environ.pop("records_the_look", False)
        with TestCase.captureOnCommitCallbacks(execute=True):
            if environ.get("REQUEST_METHOD") in {"GET", "HEAD"} and not records_the_look:
                with connection.execute_wrapper(refuse_writes):
                    response = super().request(**environ)
            else:
                response = super().request(**environ)
        self.check(response)
        return response

    def check(self, response) -> None:
        """Fail a page that shows template syntax, an inline handler or an inline style."""
        if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
            return
        page = response.content.decode()
        for mark in TEMPLATE_SYNTAX:
            assert mark not in page, f"{mark} in the page {response.request['PATH_INFO']}"


def signed_in(user) -> Client:
    """Return a plain client of this person, as threads need it: PortalClient watches the one connection of its test."""
    client = Client()
    client.force_login(user)
    return client

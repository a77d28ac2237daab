"""The access table, walked (reliability Z1): every address × every role × every method that may be tried."""

import traceback

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access import PUBLIC, TABLE
from tests.access.table import ROLES
from tests.guards.ours import ROOT
from tests.guards.walk import body_of, prepare, undone

ROWS = [pytest.param(row, id=f"{row.method} {row.name}{row.query}") for row in TABLE]
POST_ONLY = {row.name for row in TABLE} - {row.name for row in TABLE if row.method == "get"}
# methods that no page answers: whoever may not look may not do these either
STRANGE = ("put", "patch", "delete")


def routes(resolver=None, namespace=""):
    """Yield the full name of every address of the portal."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"


def tries(row, who) -> list[tuple[str, set[int]]]:
    """(method, codes that are right) for everything that one of the cast tries at the row's address."""
    code = row.expected(who)
    found = [(row.method, {code})]
    if row.method == "get":
        found.append(("head", {code}))
    elif row.name in POST_ONLY:
        found.append(("get", {405} if who in row.allowed.split() else {403, 404, 405}))
    if who not in row.allowed.split():
        found += [(method, {403, 404, 405}) for method in STRANGE]
    return found


def answer(case, client, method, right: set[int]) -> str:
    """What was wrong with the answer to one request, or nothing; what it wrote is undone."""
    try:
        with undone():
            response = case.ask(client, method)
            body_of(response)
    except Exception as error:
        return f"{short(error)}"
    return "" if response.status_code in right else f"{response.status_code}, not {right}"


def short(error: Exception) -> str:
    """The error in a line, with the last place in our own code that it passed."""
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(str(ROOT))
    ]
    ours = [frame for frame in frames if "/.venv/" not in frame.filename and "/tests/" not in frame.filename]
    place = f" at {ours[-1].filename.removeprefix(f'{ROOT}/')}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}: {str(error)[:200]}{place}"


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS)
def test_access(row, world, count):
    case = prepare(row, world)
    wrong, combos = [], 0
    for who in ROLES:
        with undone():
            client = case.client(who)
            for method, right in tries(row, who):
                combos += 1
                if problem := answer(case, client, method, right):
                    wrong.append(f"{who} {method} {case.address}: {problem}")
    for method in sorted({row.method, "get", "head", "post"}):
        combos += 1
        if problem := unlike_sign_in(case.ask(case.client("anonymous"), method)):
            wrong.append(f"anonymous {method} {case.address}: {problem}")
    count("access", patterns=1, combos=combos, leaks=len(wrong))
    assert not wrong, "\n" + "\n".join(wrong)


def unlike_sign_in(response) -> str:
    """What an anonymous person got instead of being sent to sign in, or nothing."""
    if response.status_code == 302 and response.url.startswith(reverse("account_login")):
        return ""
    return f"{response.status_code} {response.headers.get('Location', '')}"


def test_every_address_stands_in_the_access_table():
    assert {row.name for row in TABLE} | set(PUBLIC) == set(routes())


def test_no_row_is_written_twice():
    keys = [(row.name, row.method, row.query) for row in TABLE]
    assert len(keys) == len(set(keys))


def test_every_role_occurs_and_no_other():
    named = {who for row in TABLE for who in [*row.allowed.split(), *row.hidden.split()]}
    assert named == set(ROLES)
    assert not [row for row in TABLE if set(row.allowed.split()) & set(row.hidden.split())]

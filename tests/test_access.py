"""The access table, walked (reliability Z1): every address × every role × every method that may be tried."""

import inspect
import re
import traceback

import pytest
from django.urls import reverse

from tests.access import PUBLIC, TABLE
from tests.access.table import ROLES
from tests.guards.acts import ACTS, NO_ACT, POSTS
from tests.guards.ours import OUR_PACKAGES, ROOT, views
from tests.guards.walk import body_of, prepare, undone

ROWS = [pytest.param(row, id=f"{row.method} {row.name}{row.query}") for row in [*TABLE, *ACTS]]
POST_ONLY = {row.name for row in TABLE} - {row.name for row in TABLE if row.method == "get"}
# methods that no page answers: whoever may not look may not do these either
STRANGE = ("put", "patch", "delete")


@pytest.fixture
def world(founded, db):
    return founded.copied()


def tries(row, who) -> list[tuple[str, set[int]]]:
    """(method, codes that are right) for everything that one of the cast tries at the row's address."""
    code = row.expected(who)
    # a form of another page may come back to somebody for whom it names the wrong record
    found = [(row.method, {code, 200} if row in ACTS and who in row.allowed.split() else {code})]
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
    assert {row.name for row in TABLE} | set(PUBLIC) == set(views())


def test_every_address_that_takes_a_post_is_walked_as_an_act(count):
    """Known by its source: it reads what was posted, or takes nothing but a post."""
    takes = {
        name for name, view in views().items() if re.search(r"(?<!Kind\.)POST|posted\(", source_of(view))
    }
    walked = {row.name for row in POSTS}
    count("access", acts=len(walked))
    assert takes - walked - set(PUBLIC) == set(NO_ACT)


def source_of(view) -> str:
    """The view's own source, with its decorators; nothing for views of packages."""
    view = inspect.unwrap(view)
    return inspect.getsource(view) if view.__module__.split(".")[0] in OUR_PACKAGES else ""


def test_no_row_is_written_twice():
    keys = [(row.name, row.method, row.query) for row in [*TABLE, *ACTS]]
    assert len(keys) == len(set(keys))


def test_every_role_occurs_and_no_other():
    named = {who for row in TABLE for who in [*row.allowed.split(), *row.hidden.split()]}
    assert named == set(ROLES)
    assert not [row for row in TABLE if set(row.allowed.split()) & set(row.hidden.split())]

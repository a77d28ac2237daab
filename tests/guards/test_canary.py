"""Not a single field leaks anywhere (reliability Z2): secrets are planted, and every page is read for them."""

import io
import re

import openpyxl
import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.access import TABLE
from tests.guards.stranger import ACTORS, WORD, Stranger, own_secrets
from tests.guards.walk import body_of, prepare, undone

GETS = [row for row in TABLE if row.method == "get"]
# Whoever runs a session calls everybody on its roster by name: a trainer reads the names of the room, and
# nothing else of the companies in it.
ROSTERS = {
    "trainings:session",
    "trainings:session_close",
    "trainings:delegate",
    "trainings:session_screen",
    "trainings:session_sheet",
    "trainings:session_reminders",
    "trainings:sheet",
    "trainings:fill_sheet",
    "trainings:reject",
    "trainings:results",
    "trainings:session_actions",
    "trainings:give_action",
    "trainings:visit",
    "trainings:change_action",
    "trainings:remove_action",
}
ON_A_ROSTER = {
    "participants.Enterprise.name",
    "participants.Enterprise code",
    "participants.Person.full_name",
    "participants.Enrolment id",
    "trainings.Attendance receipt",
    "trainings.Attendance.delegate_name",
}
ROWS = [pytest.param(row, id=f"{row.name}{row.query}") for row in GETS]


@pytest.fixture
def world(founded, stranger, db):
    return founded.copied()


def text_of(response) -> str:
    """Everything a person could read in the answer: its text, its cells, its pages, and its headers."""
    body, kind = body_of(response), response.headers.get("Content-Type", "")
    headers = "\n".join(f"{response.headers.get(name, '')}" for name in ("Location", "Content-Disposition"))
    if "spreadsheet" in kind:
        sheets = openpyxl.load_workbook(io.BytesIO(body)).worksheets
        cells = [str(cell) for sheet in sheets for line in sheet.iter_rows(values_only=True) for cell in line]
        return "\n".join([headers, *cells])
    if "pdf" in kind and body.startswith(b"%PDF") and len(body) > 1000:
        return "\n".join([headers, *(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)])
    return f"{headers}\n{body.decode(errors='replace')}"


def strangers_address(row, world, stranger) -> str | None:
    """The row's address with the stranger's record in place of ours, where it has one of that kind."""
    args = [str(arg) for arg in row.args(world)]
    swapped = [stranger.instead_of(arg) or arg for arg in args]
    return reverse(row.name, args=swapped) if swapped != args else None


def leaks(text: str, secrets, who: str) -> list[str]:
    """What the actor read and must not read."""
    folded = text.casefold()
    return sorted(
        {
            secret.what
            for secret in secrets
            if who not in secret.may and secret.part in folded and secret.pattern.search(text)
        }
    )


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS)
def test_nobody_reads_what_is_not_theirs(row, world, stranger, count):
    case = prepare(row, world)
    secrets = [*own_secrets(world), *stranger.secrets]
    addresses = {case.address: "", strangers_address(row, world, stranger): "the stranger's "}
    if not row.args(world) and not row.query:
        addresses[f"{case.address}?q={WORD}"] = "searched "
    addresses.pop(None, None)
    found, answers = [], 0
    for who in ACTORS:
        with undone():
            client = case.client(who)
            for address, kind in addresses.items():
                with undone():
                    text = text_of(client.get(address))
                answers += 1
                known = ON_A_ROSTER if who == "mentor" and row.name in ROSTERS else set()
                read = [what for what in leaks(text, secrets, who) if what not in known]
                found += [f"{who} read {kind}{what} at {address}" for what in read]
    count("canary", pages=1, answers=answers, secrets=len(secrets), leaks=len(found))
    assert not found, "\n" + "\n".join(found)


@pytest.mark.django_db
def test_the_canary_can_sing(world, stranger, count):
    """Somebody who may know of everybody does read the stranger's secrets: the search would find a leak."""
    rows = {row.name: row for row in GETS}
    case = prepare(rows["participants:list"], world)
    secrets = [*own_secrets(world), *stranger.secrets]
    text = text_of(case.ask(case.client("staff")))
    assert "participants.Enterprise.name" in leaks(text, secrets, "staff")
    assert re.search(rf"{WORD}\d", text)
    count("canary", sung=len(leaks(text, secrets, "staff")))


@pytest.mark.parametrize(
    "text", ["731.942.117", "731,942,117", "731942117", "Rp731,9 juta", "Rp 731.9 million"]
)
def test_numbers_are_known_in_every_dress(text):
    from_the_stranger = Stranger.number()
    assert from_the_stranger.pattern.search(text)


def test_a_longer_number_is_another_number():
    assert not Stranger.number().pattern.search("1.731.942.117 dan 731.942.1170")

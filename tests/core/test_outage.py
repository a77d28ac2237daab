"""A database that is away is told as such, plainly and without asking it anything; our own faults stay our own."""

import pytest
from django.db import OperationalError, connection

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("error", "code", "words", "wait"),
    [
        (OperationalError("server closed the connection"), 503, "Portal sedang dipulihkan", "10"),
        (ValueError("salah"), 500, "Ada gangguan di sisi kami", None),
    ],
)
def test_a_reader_is_told_whose_fault_it_is(client, login, error, code, words, wait):
    login("lead")
    client.raise_request_exception = False

    def away(*_question):
        raise error

    with connection.execute_wrapper(away):
        answer = client.get("/ikm/")
    assert answer.status_code == code
    assert words in answer.content.decode()
    assert answer.headers.get("Retry-After") == wait

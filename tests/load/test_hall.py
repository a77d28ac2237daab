"""What a hall promises (reliability.md A1, A3, A5): nobody lost, nobody doubled, nobody locked out.

Few phones in seconds each time, the promised number when `long` tests run.
"""

import re

import pytest

from closedloop.audit.models import Event
from tests.factories.accounts import PASSWORD
from tests.load.phones import Phone, at_their_moments, p95
from trainings.models import Attendance

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
RECEIPT = re.compile(r"/presensi/([A-Z0-9]+)/")


def sized(*sizes):
    """The small hall always, the whole one among the long tests, which have the machine to themselves.

    The last of each is the p95 allowed, in seconds: the small ones share two cores with other tests.
    """
    few, many = sizes
    return [pytest.param(*few, id="few"), pytest.param(*many, id="many", marks=pytest.mark.long)]


def check_in(phone: Phone, address: str) -> tuple[str, list]:
    """Scan, press the one button; return the receipt and both answers."""
    page = phone.get(address)
    assert page.status == 200, page
    answer = phone.post(address.partition("?")[0], page.body)
    found = RECEIPT.search(answer.location)
    return found[1] if found else "", [page, answer]


def spread(count: int, seconds: float, burst: int) -> list[float]:
    """Moments for `count` phones over so many seconds, `burst` of them within the second in the middle."""
    steady = count - burst
    return [number * seconds / steady for number in range(steady)] + [
        seconds / 2 + number / burst for number in range(burst)
    ]


@pytest.mark.parametrize(("count", "seconds", "burst", "limit"), sized((60, 8, 15, 8), (500, 60, 100, 1)))
def test_a_hall_checks_in(hall, record_property, count, seconds, burst, limit):
    here = hall(count)
    phones = [here.phone_of(owner) for owner in here.owners]
    done = at_their_moments(
        spread(count, seconds, burst), lambda number: check_in(phones[number], here.address)
    )
    answers = [answer for _receipt, both in done for answer in both]
    slowest = p95(answer.seconds for answer in answers)
    record_property("p95", slowest)
    assert {answer.status for answer in answers} == {200, 302}
    marks = Attendance.objects.filter(session=here.session)
    assert sorted(marks.values_list("receipt", flat=True)) == sorted(receipt for receipt, _both in done)
    assert marks.values("person").distinct().count() == marks.count() == count
    assert Event.objects.filter(verb="attendance.checked_in").count() == count
    print(f"\n{count} phones in {seconds} s, {burst} of them in one: p95 {slowest:.3f} s")
    assert slowest <= limit


@pytest.mark.parametrize("count", [5, pytest.param(50, marks=pytest.mark.long)])
def test_a_crash_between_commit_and_answer_loses_nothing(hall, count):
    here = hall(count, "tests.load.dying", "--preload")
    for owner in here.owners:
        phone = here.phone_of(owner)
        page = phone.get(here.address)
        assert page.status == 200, page
        address = here.address.partition("?")[0]
        phone.headers["X-Kill-Before-Answer"] = "1"
        assert phone.post(address, page.body).status == 0  # the connection broke
        del phone.headers["X-Kill-Before-Answer"]
        kept = Attendance.objects.get(session=here.session, marked_by=owner)
        again = retried(phone, address, page.body)
        assert RECEIPT.search(again.location)[1] == kept.receipt
    assert Attendance.objects.filter(session=here.session).count() == count


def retried(phone: Phone, address: str, page: str):
    """Send the same form until the server is there again, as a person does."""
    for _attempt in range(5):
        answer = phone.post(address, page)
        if answer.status:
            return answer
    raise AssertionError("the server did not come back")


@pytest.mark.parametrize(("logins", "seconds", "owners", "limit"), sized((20, 8, 10, 8), (200, 300, 60, 1.5)))
def test_a_hall_behind_one_address_signs_in_and_checks_in(
    hall, record_property, logins, seconds, owners, limit
):
    here = hall(logins + owners)
    newcomers, known = here.owners[:logins], here.owners[logins:]
    phones = [here.phone_of(owner) for owner in known]

    def do(number):
        if number < logins:
            return sign_in(here, newcomers[number], typo=number % 20 == 7)
        return check_in(phones[number - logins], here.address)

    moments = [number * seconds / logins for number in range(logins)]
    moments += [number * seconds / owners for number in range(owners)]
    done = at_their_moments(moments, do)
    assert done[:logins] == ["/"] * logins
    slowest = p95(answer.seconds for _receipt, both in done[logins:] for answer in both)
    print(f"\n{logins} sign-ins in {seconds} s from one address, check-in p95 {slowest:.3f} s")
    assert all(receipt for receipt, _both in done[logins:])
    assert slowest <= limit


def sign_in(here, owner, *, typo: bool) -> str:
    """Sign in on a new phone, first with a typing error if asked; return where it led."""
    phone = here.new_phone()
    page = phone.get("/masuk/")
    if typo:
        wrong = phone.post("/masuk/", page.body, login=owner.email, password=PASSWORD + "x")
        assert wrong.status == 200, wrong
        page = wrong
    return phone.post("/masuk/", page.body, login=owner.email, password=PASSWORD).location

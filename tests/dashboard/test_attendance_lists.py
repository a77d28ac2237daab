"""Every percentage of attendance says n of m sessions and opens the sessions it was counted from."""

import random
import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from closedloop.accounts.roles import Role
from closedloop.figures import catalogue as figures
from closedloop.figures.catalogue import Scope
from participants.models import Enrolment
from tests.factories.participants import CohortFactory
from tests.factories.trainings import (
    AttendanceFactory,
    CohortCurriculumFactory,
    ModuleFactory,
    SessionFactory,
    StatusSetFactory,
    enrol,
)
from trainings.counted_sessions import part_of
from trainings.counting import share_of, total
from trainings.progress import enrolment_attendance, module_progress

pytestmark = pytest.mark.django_db

N_OF_M = re.compile(r"\d+ dari \d+ sesi \([\d,]+ dari \d+ JP\)")
STATUSES = ["present", "late", "excused", "sick", "absent", None]


@pytest.fixture
def cohort():
    """Two modules, seven sessions of which one is a make-up, five IKM with marks of every kind; late earns half."""
    pin = CohortCurriculumFactory(cohort=CohortFactory(name="Angkatan Logam"))
    StatusSetFactory()
    dice = random.Random(4)
    modules = [ModuleFactory(curriculum=pin.curriculum, code=code) for code in ("BM", "5R")]
    stray = ModuleFactory(code="KEU")  # of a version that the cohort followed once
    sessions = [
        SessionFactory(
            held=True,
            cohort=pin.cohort,
            module=modules[number % 2],
            kind="make_up" if number == 6 else "class",
            lesson_hours=dice.randint(1, 6),
        )
        for number in range(7)
    ]
    sessions.append(SessionFactory(held=True, cohort=pin.cohort, module=stray, lesson_hours=3))
    for _number in range(5):
        enrolment, person = enrol(pin.cohort)
        for session in sessions:
            if status := dice.choice(STATUSES):
                AttendanceFactory(session=session, enrolment=enrolment, person=person, status=status)
    return pin.cohort


@pytest.fixture
def enrolment(cohort):
    return Enrolment.objects.filter(cohort=cohort).order_by("enterprise__name").first()


def test_the_sessions_of_an_ikm_add_up_to_its_share(cohort):
    for enrolment in cohort.enrolments.all():
        part = part_of(enrolment, module_progress(enrolment))
        lines = [line for group in part.groups for line, _marks, _seat in group.lines]
        assert share_of(lines) == part.share == enrolment_attendance(enrolment)
        for group in part.groups:
            assert group.share is None or share_of(line for line, _marks, _seat in group.lines) == group.share


def test_the_sessions_and_the_ikm_of_a_cohort_add_up_to_the_figure(client, login, cohort):
    reader = login(Role.STAFF)
    page = client.get(reverse("dashboard:cohort_attendance", args=[cohort.code]))
    figure = figures.value("attendance.rate", Scope(user=reader, cohort=cohort))
    rows = page.context["sessions"]
    assert total(row.share for row in rows) == page.context["share"]
    assert total(share for _enrolment, share in page.context["members"]) == page.context["share"]
    assert (page.context["share"].jp_present, page.context["share"].jp_held) == (figure.n, figure.m)
    assert (
        client.get(reverse("trainings:cohort", args=[cohort.code])).context["share"] == page.context["share"]
    )
    assert "KEU" not in {row.session.module.code for row in rows}


def test_the_cohorts_add_up_to_the_programme(client, login, cohort):
    other = SessionFactory(held=True)
    AttendanceFactory(session=other)
    reader = login(Role.STAFF)
    page = client.get(reverse("dashboard:attendance"))
    figure = figures.value("attendance.rate", Scope(user=reader))
    assert len(page.context["rows"]) == 2
    assert (page.context["share"].jp_present, page.context["share"].jp_held) == (figure.n, figure.m)


def test_each_session_says_whether_it_counts_and_why(client, login, cohort, enrolment):
    login(Role.STAFF)
    text = client.get(reverse("trainings:enterprise", args=[enrolment.enterprise.code])).content.decode()
    held = cohort.sessions.exclude(module__code="KEU").exclude(kind="make_up")
    for session in held:
        assert session.get_absolute_url() in text
    assert "Dihitung penuh" in text or "Dihitung dengan poin" in text


class Links(HTMLParser):
    """The addresses on a page, and the ids that an address may lead to."""

    def __init__(self, html):
        super().__init__()
        self.hrefs, self.ids = set(), set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "a":
            self.hrefs.add(attrs.get("href", ""))
        self.ids.add(attrs.get("id"))


PLACES = {
    "cohort's plan": (Role.STAFF, lambda e: ("trainings:cohort", [e.cohort.code]), "cohort"),
    "cohort's page": (Role.STAFF, lambda e: ("dashboard:cohort", [e.cohort.code]), "cohort"),
    "members on the cohort's page": (Role.STAFF, lambda e: ("dashboard:cohort", [e.cohort.code]), "ikm"),
    "profile": (Role.STAFF, lambda e: ("dashboard:profile", [e.enterprise.code]), "ikm"),
    "IKM's attendance": (Role.STAFF, lambda e: ("trainings:enterprise", [e.enterprise.code]), "here"),
    "programme's home": (Role.LEAD, lambda e: ("dashboard:home", []), "programme"),
    "cohorts on the programme's home": (Role.LEAD, lambda e: ("dashboard:home", []), "cohort"),
    "certificates": (Role.STAFF, lambda e: ("trainings:certificates", [e.cohort.code]), "ikm"),
    "cohort's list": (Role.STAFF, lambda e: ("dashboard:cohort_attendance", [e.cohort.code]), "ikm"),
    "programme's list": (Role.STAFF, lambda e: ("dashboard:attendance", []), "cohort"),
    "warnings": (Role.STAFF, lambda e: ("trainings:warnings", []), "ikm"),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_share_is_said_with_its_sessions_and_opens_them(place, client, login, cohort, enrolment):
    who, page, leads_to = PLACES[place]
    login(who)
    name, args = page(enrolment)
    html = client.get(reverse(name, args=args)).content.decode()
    assert N_OF_M.search(html), "no n dari m sesi"
    links = Links(html)
    codes = [one.enterprise.code for one in cohort.enrolments.all()]
    targets = {
        "cohort": {reverse("dashboard:cohort_attendance", args=[cohort.code])},
        "programme": {reverse("dashboard:attendance")},
        "ikm": {reverse("trainings:enterprise", args=[code]) for code in codes},
        "here": {f"#sesi-{cohort.code}"},
    }[leads_to]
    hrefs = links.hrefs if leads_to == "here" else {href.partition("#")[0] for href in links.hrefs}
    assert targets & hrefs
    if leads_to == "here":
        assert f"sesi-{cohort.code}" in links.ids


def test_an_owner_reads_and_opens_their_own(client, login, cohort):
    enrolment, person = enrol(cohort)
    session = cohort.sessions.filter(module__code="5R").first()
    mark = AttendanceFactory(session=session, enrolment=enrolment, person=person)
    login(person.user)
    own = reverse("trainings:enterprise", args=[enrolment.enterprise.code])
    for page in (reverse("dashboard:owner_home"), reverse("trainings:receipt", args=[mark.receipt]), own):
        html = client.get(page).content.decode()
        assert N_OF_M.search(html), page
        assert page == own or own in {href.partition("#")[0] for href in Links(html).hrefs}
    assert "Dihitung penuh" in client.get(own).content.decode()


def test_a_mentor_counts_only_their_own(client, login, cohort):
    login(Role.MENTOR)
    assert client.get(reverse("dashboard:cohort_attendance", args=[cohort.code])).status_code == 404

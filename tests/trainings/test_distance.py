"""How far a phone says it is: a question to the trainer, never a refusal."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from closedloop.audit.models import Event
from closedloop.core.formats import distance
from tests.factories.trainings import SessionFactory, enrol
from trainings import actions
from trainings.check_in_codes import qr_token
from trainings.distance import FURTHEST, is_far
from trainings.models import Attendance, PlacePoint, SentCheckIn
from trainings.reviewed import signals_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "metres, accuracy, far",
    [
        (999, 0, False), (1_000, 0, False), (1_001, 0, True), (1_001, None, True),
        (1_040, 40, False), (1_041, 40, True), (12_000, 20_000, False), (None, None, False),
    ],
)  # fmt: skip
def test_more_than_a_kilometre_beyond_its_error(metres, accuracy, far):
    assert is_far(metres, accuracy) is far


@pytest.mark.parametrize(
    "metres, words", [(0, "0 m"), (999, "999 m"), (1_000, "1 km"), (1_240, "1,2 km"), (12_400, "12 km")]
)
def test_distances_in_words(metres, words):
    assert distance(metres, language="id") == words


@pytest.fixture
def session(reference):
    return SessionFactory(running=True)


@pytest.fixture
def person(session):
    return enrol(session.cohort)[1]


@pytest.fixture
def press(client, session, person):
    """Scan and press; return the page that follows."""

    def send(**said):
        client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        address = reverse("trainings:check_in_session", args=[session.code])
        token = qr_token(session.secret, session.code, timezone.now())
        return client.post(f"{address}?t={token}", {"key": str(uuid4()), **said}, follow=True)

    return send


def test_far_away_is_asked_of_the_trainer_with_its_facts(client, session, press):
    page = press(distance="12400", accuracy="40").content.decode()
    assert "Kehadiran tercatat" in page and Attendance.objects.get().counts_as_present
    (signal,) = signals_of(session)
    assert (signal.kind, signal.sent.distance) == ("far_away", 12_400)
    client.force_login(session.trainer, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("trainings:session_review", args=[session.code])).content.decode()
    assert "Jauh dari tempat sesi" in page and "sekitar 12 km dari" in page
    assert "meleset paling jauh 40 m" in page


def test_refused_the_mark_is_rejected(session, press):
    press(distance="12400")
    (signal,) = signals_of(session)
    actions.answer_signal(session, signal.kind, signal.key, "refused", by=session.trainer)
    assert Attendance.objects.get().verification == "rejected"


@pytest.mark.parametrize(
    "said",
    [
        {}, {"distance": "200"}, {"distance": "jauh"}, {"distance": "-5"}, {"distance": str(FURTHEST + 1)},
        {"distance": "9" * 30}, {"accuracy": "12400"}, {"distance": "1200", "accuracy": "1e9"},
    ],
)  # fmt: skip
def test_what_cannot_be_read_loses_no_tap(session, press, said):
    press(**said)
    assert SentCheckIn.objects.get().receipt == Attendance.objects.get().receipt
    asked = {signal.kind for signal in signals_of(session)}
    assert asked == ({"far_away"} if said.get("distance") == "1200" else set())


class TestPoint:
    def address(self, session):
        return reverse("trainings:session_point", args=[session.code])

    def test_it_is_shared_by_every_session_at_the_place(self, client, login, session):
        login(session.trainer)
        client.post(self.address(session), {"latitude": "-6,86943", "longitude": "109.12559"})
        point = PlacePoint.objects.get()
        assert str(point) == "-6.86943, 109.12559"
        again = SessionFactory(regency=session.regency, place=f"  {session.place.upper()} ")
        elsewhere = SessionFactory(regency=session.regency, place="Aula lain")
        assert PlacePoint.objects.of(again) == point and PlacePoint.objects.of(elsewhere) is None
        client.post(self.address(session), {"latitude": "-6.9", "longitude": "109.1"})
        assert str(PlacePoint.objects.get()) == "-6.90000, 109.10000"
        told = Event.objects.filter(verb="trainingsession.point_set")
        assert [event.data["point"] for event in told] == ["-6.90000, 109.10000", "-6.86943, 109.12559"]

    @pytest.mark.parametrize(
        "typed, words",
        [
            ({"latitude": "6.86943", "longitude": "109.1"}, "di luar Indonesia"),
            ({"latitude": "109.1", "longitude": "-6.8"}, "di luar Indonesia"),
            ({"latitude": "Tegal", "longitude": "109.1"}, "Isi angka"),
            ({"latitude": "", "longitude": "109.1"}, "Isi lintang"),
            ({"latitude": "NaN", "longitude": "109.1"}, "Isi angka"),
        ],
    )
    def test_what_cannot_be_is_told_and_kept(self, client, login, session, typed, words):
        login(session.trainer)
        page = client.post(self.address(session), typed).content.decode()
        assert (words in page and 'value="109.1"' in page) or 'value="-6.8"' in page
        assert not PlacePoint.objects.exists()

    def test_a_phone_is_asked_only_where_there_is_a_point(self, client, session, person, press):
        client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        token = qr_token(session.secret, session.code, timezone.now())
        address = f"{reverse('trainings:check_in_session', args=[session.code])}?t={token}"
        assert "Sertakan jarak" not in client.get(address).content.decode()
        actions.set_point(session, latitude="-6.86943", longitude="109.12559", by=session.trainer)
        page = client.get(address).content.decode()
        assert 'data-point="-6.86943,109.12559"' in page and "lokasi Anda tetap di HP ini" in page

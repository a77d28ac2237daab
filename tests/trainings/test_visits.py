"""Factory visits: a host, a list of its module, photos, and a yes of both sides, each once."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from closedloop.accounts.roles import Role
from closedloop.core.photos import clean_photo
from closedloop.dashboard.tasks import tasks_for
from closedloop.notifications.models import Notification
from closedloop.workflow import TransitionError
from tests.factories.accounts import UserFactory
from tests.factories.capability import jpeg
from tests.factories.trainings import ModuleFactory, SessionFactory, enrol
from trainings import actions
from trainings.models import Visit, VisitPhoto
from trainings.visit_lists import list_for

pytestmark = pytest.mark.django_db


def photo(colour="white"):
    return clean_photo(SimpleUploadedFile("HP-0001.jpg", jpeg(colour), content_type="image/jpeg"))


@pytest.fixture
def session():
    return SessionFactory(running=True, kind="visit", module=ModuleFactory(code="5R"))


@pytest.fixture
def host(session):
    """(enrolment, owner) of the factory."""
    enrolment, person = enrol(session.cohort)
    person.user = UserFactory(role=Role.OWNER)
    person.save()
    return enrolment, person.user


@pytest.fixture
def visit(session, host):
    return actions.name_host(session, host[0], by=session.trainer)


def all_of(visit, verdict="yes"):
    return {answer.order: (verdict, "") for answer in visit.answers.all()}


@pytest.fixture
def led(visit, session):
    actions.confirm_leading(visit, all_of(visit), summary="Papan piket", by=session.trainer)
    visit.refresh_from_db()
    return visit


def test_the_list_is_that_of_the_module_and_stays_with_the_visit(visit):
    assert visit.list_version == list_for("5R").version == 1
    texts = [text for text, _text_en in list_for("5R").lines]
    assert list(visit.answers.values_list("text", flat=True)) == texts
    assert list_for("KEU") == list_for("") != list_for("K3L")


def test_a_host_is_of_the_cohort_and_of_a_visit(session, host, visit):
    stranger, _person = enrol(SessionFactory().cohort)
    with pytest.raises(ValidationError, match="angkatan"):
        actions.name_host(session, stranger, by=session.trainer)
    type(stranger).objects.filter(pk=stranger.pk).update(status="graduated")
    stranger.refresh_from_db()
    assert actions.name_host(session, stranger, by=session.trainer).host == stranger
    lesson = SessionFactory(running=True, cohort=session.cohort)
    with pytest.raises(ValidationError, match="kunjungan pabrik"):
        actions.name_host(lesson, host[0], by=session.trainer)


def test_the_host_changes_until_something_is_filled_in(session, host, visit):
    other, _person = enrol(session.cohort)
    assert actions.name_host(session, other, by=session.trainer) == visit
    actions.fill_visit(visit, {1: ("no", "")}, summary="", by=session.trainer)
    with pytest.raises(TransitionError):
        actions.name_host(session, host[0], by=session.trainer)


def test_the_trainer_confirms_a_whole_list_and_nothing_changes_after(session, visit, host):
    with pytest.raises(ValidationError, match="5 butir belum diisi"):
        actions.confirm_leading(visit, {1: ("yes", "Rapi")}, summary="Baik", by=session.trainer)
    visit.refresh_from_db()
    assert (visit.summary, visit.answers.exclude(verdict="").count()) == ("", 0)
    actions.confirm_leading(visit, all_of(visit), summary="Baik", by=session.trainer)
    assert Notification.objects.get(user=host[1]).path == reverse("trainings:my_visit", args=[session.code])
    for act in (
        lambda: actions.fill_visit(visit, {1: ("no", "")}, summary="", by=session.trainer),
        lambda: actions.add_visit_photo(visit, photo(), by=session.trainer),
        lambda: actions.confirm_leading(visit, {}, summary="", by=session.trainer),
    ):
        with pytest.raises(TransitionError):
            act()


def test_the_host_agrees_once_and_after_the_trainer(visit, session, host):
    with pytest.raises(TransitionError, match="belum selesai"):
        actions.confirm_hosting(visit, by=host[1])
    actions.confirm_leading(visit, all_of(visit), summary="", by=session.trainer)
    with pytest.raises(ValidationError, match="tuan rumah"):
        actions.confirm_hosting(visit, by=session.trainer)
    actions.confirm_hosting(visit, by=host[1])
    visit.refresh_from_db()
    assert visit.is_confirmed and (visit.led_by, visit.hosted_by) == (session.trainer, host[1])
    with pytest.raises(TransitionError, match="sudah dikonfirmasi"):
        actions.confirm_hosting(visit, by=host[1])


def test_the_same_photo_twice_is_one(visit, session):
    for _press in range(2):
        actions.add_visit_photo(visit, photo(), by=session.trainer)
    actions.add_visit_photo(visit, photo("black"), by=session.trainer)
    assert VisitPhoto.objects.count() == 2


def test_nothing_is_filled_in_before_the_session(host):
    planned = SessionFactory(kind="visit", cohort=host[0].cohort)
    visit = actions.name_host(planned, host[0], by=planned.trainer)
    with pytest.raises(TransitionError, match="sesudah sesi dibuka"):
        actions.fill_visit(visit, {1: ("yes", "")}, summary="", by=planned.trainer)


def test_what_nobody_confirmed_is_shown_to_whose_turn_it_is(client, login, visit, session, host):
    staff = UserFactory(role=Role.STAFF)
    actions.close_session(session, head_count=0, by=session.trainer)
    assert "Hasil kunjungan belum Anda konfirmasi" in [task.text for task in tasks_for(session.trainer)]
    titles = [task.title for task in tasks_for(staff)]
    assert "Kunjungan pabrik belum dikonfirmasi kedua pihak" in titles
    login(staff)
    assert "Menunggu narasumber" in client.get(reverse("trainings:visits")).content.decode()
    assert "Belum dikonfirmasi" in client.get(session.get_absolute_url()).content.decode()
    actions.confirm_leading(visit, all_of(visit), summary="", by=session.trainer)
    assert [task.badge for task in tasks_for(host[1])] == ["Konfirmasi"]
    assert "Menunggu tuan rumah" in client.get(reverse("trainings:visits")).content.decode()


class TestPages:
    def test_the_trainer_names_the_host_fills_in_and_confirms(self, client, login, session, host):
        login(session.trainer)
        url = reverse("trainings:visit", args=[session.code])
        graduate, _person = enrol(SessionFactory().cohort, status="graduated")
        page = client.get(url).content.decode()
        assert str(host[0].enterprise) in page and str(graduate.enterprise) not in page
        refused = reverse("trainings:name_host", args=[session.code, graduate.pk])
        assert client.post(refused).status_code == 404
        client.post(reverse("trainings:name_host", args=[session.code, host[0].pk]))
        visit = Visit.objects.get()
        data = {f"verdict_{order}": "partly" for order in all_of(visit)}
        data["remark_2"], data["summary"] = "Label belum di semua rak", "Papan piket bergambar"
        refused = client.post(url, {**data, "verdict_6": "", "confirm": "1"}).content.decode()
        assert "Pilih ya, sebagian, atau belum" in refused and "Label belum di semua rak" in refused
        assert not Visit.objects.get().answers.exclude(verdict="").exists()
        client.post(url, {**data, "verdict_6": ""})
        assert Visit.objects.get().answers.filter(verdict="partly").count() == 5
        client.post(url, {**data, "confirm": "1"})
        visit.refresh_from_db()
        assert visit.led_by == session.trainer and visit.summary == "Papan piket bergambar"

    def test_the_owner_reads_and_agrees(self, client, login, led, session, host):
        login(host[1])
        url = reverse("trainings:my_visit", args=[session.code])
        page = client.get(url).content.decode()
        assert "Papan piket" in page and "Ya, saya konfirmasi" in page
        page = client.post(reverse("trainings:confirm_visit", args=[session.code]), follow=True)
        assert "Kedua pihak sudah mengonfirmasi" in page.content.decode()

    def test_a_lesson_has_no_visit_page(self, client, login):
        lesson = SessionFactory(running=True)
        login(lesson.trainer)
        assert client.get(reverse("trainings:visit", args=[lesson.code])).status_code == 404

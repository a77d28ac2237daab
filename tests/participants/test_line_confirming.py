"""Each line of the profile is confirmed by itself, says how old it is, and requirements read its day."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from closedloop.audit.models import Event
from participants import actions
from participants.actions.line_confirming import confirm_line
from participants.line_days import age_in_words, is_old, said_on
from participants.models import LineConfirmation, Machine, Process
from partnerships.profiles import known_of
from tests.factories.accounts import UserFactory
from tests.factories.capability import MachineFactory, MaterialFactory, MeasuringToolFactory
from tests.factories.participants import DocumentFactory, PersonFactory

TODAY = date(2026, 11, 24)
LONG_AGO = timezone.make_aware(timezone.datetime(2025, 1, 6, 10))


class Row:
    created_at = LONG_AGO


@pytest.mark.parametrize("whole, own, on", [
    (None, None, date(2025, 1, 6)), (date(2025, 5, 5), None, date(2025, 5, 5)),
    (date(2025, 5, 5), date(2025, 6, 6), date(2025, 6, 6)), (date(2025, 7, 7), date(2025, 6, 6), date(2025, 7, 7)),
    (date(2024, 1, 1), None, date(2025, 1, 6)),
])  # fmt: skip
def test_a_line_speaks_from_the_newest_of_its_days(whole, own, on):
    assert said_on(Row(), whole, own) == on


@pytest.mark.parametrize("days, words, old", [
    (0, "hari ini", False), (1, "1 hari lalu", False), (29, "29 hari lalu", False), (30, "1 bulan lalu", False),
    (365, "12 bulan lalu", False), (366, "12 bulan lalu", True),
])  # fmt: skip
def test_how_old_it_is(days, words, old):
    on = TODAY - timedelta(days=days)
    assert (age_in_words(on, TODAY), is_old(on, TODAY)) == (words, old)


@pytest.fixture
def today(db):
    with time_machine.travel("2026-11-24T03:00:00Z", tick=False):
        yield TODAY


@pytest.fixture
def mine(today, client):
    person = PersonFactory()
    client.force_login(person.user)
    person.enterprise.created_at = LONG_AGO
    person.enterprise.save()
    return person.enterprise


def test_every_kind_of_line_is_confirmed_by_one_press_and_read_by_requirements(mine, client):
    process = Process.objects.create(code="stamping-contoh", name="Stamping contoh")
    mine.processes.add(process)
    machine = MachineFactory(enterprise=mine, created_at=LONG_AGO)
    lines = {
        "mesin": machine,
        "bahan": MaterialFactory(enterprise=mine, created_at=LONG_AGO),
        "alat-ukur": MeasuringToolFactory(enterprise=mine, created_at=LONG_AGO),
        "dokumen": DocumentFactory(enterprise=mine, created_at=LONG_AGO),
        "proses": process,
    }
    other = MachineFactory(enterprise=mine, kind="Mesin bor", created_at=LONG_AGO)
    page = reverse("participants:capability", args=[mine.code])
    assert "Dicatat 6 Januari 2025" in client.get(page).content.decode()
    for kind, line in lines.items():
        for _time in range(2):
            address = reverse("participants:confirm_line", args=[mine.code, kind, line.pk])
            assert client.post(address).status_code == 302
    assert LineConfirmation.objects.filter(confirmed_on=TODAY).count() == 5
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"machine.confirmed", "document.confirmed", "enterprise.process_confirmed"} <= verbs
    assert Event.objects.filter(verb="machine.confirmed").count() == 1
    text = client.get(page).content.decode()
    assert text.count("Dipastikan 24 November 2026, hari ini") == 4
    assert text.count("Perlu dipastikan") == 1  # the other machine
    known = known_of([mine], TODAY, ())[mine.pk]
    assert {one.name: one.on for one in known.machines} == {
        str(machine): TODAY,
        str(other): date(2025, 1, 6),
    }
    assert (known.materials[0].on, known.tools[0].on) == (TODAY, TODAY)
    assert known.process_days == {"stamping-contoh": TODAY}
    assert known.processes_on == date(2025, 1, 6)
    paper = next(one for one in known.papers if one.id == str(lines["dokumen"].pk))
    assert paper.said_on == TODAY


def test_who_changes_a_line_confirms_it(mine):
    machine = MachineFactory(enterprise=mine, created_at=LONG_AGO)
    actions.update_item(machine, by=mine.people.get().user, count=5)
    assert Machine.objects.get().confirmation.confirmed_on == TODAY
    assert not Event.objects.filter(verb="machine.confirmed").exists()


def test_lines_of_others_are_not_confirmed(mine, client):
    machine, process = MachineFactory(), Process.objects.create(code="x", name="X")
    address = reverse("participants:confirm_line", args=[mine.code, "mesin", machine.pk])
    assert client.post(address).status_code == 404
    unknown = reverse("participants:confirm_line", args=[mine.code, "kapal", machine.pk])
    assert client.post(unknown).status_code == 404
    for line in (machine, process):
        with pytest.raises(ValidationError, match="tidak ada di profil"):
            confirm_line(mine, line, by=UserFactory())
    assert not LineConfirmation.objects.exists()


def test_the_profile_costs_the_same_for_many_lines(mine, client, django_assert_max_num_queries):
    page = reverse("participants:capability", args=[mine.code])
    client.get(page)
    counts = []
    for _round in range(2):
        for line in (MachineFactory(enterprise=mine), MaterialFactory(enterprise=mine)):
            confirm_line(mine, line, by=mine.people.get().user)
        with django_assert_max_num_queries(40) as asked:
            client.get(page)
        counts.append(len(asked))
    assert counts[0] == counts[1]

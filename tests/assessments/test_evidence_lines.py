"""The board sees what backs each item, before the decision and, as it was then, after it."""

from datetime import date

import pytest
from django.utils.translation import override

from assessments import actions
from assessments.evidence_lines import evidence_lines
from closedloop.accounts.roles import Role
from closedloop.core.photos import CleanPhoto
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, criteria_of

PHOTO = CleanPhoto(content=b"\xff\xd8 contoh \xff\xd9", sha256="c" * 64, width=4, height=3)


def stored(criterion, **more):
    plain = {
        "id": "01a20f08-ebd9-7422-8aa8-f55bd932ae69",
        "area": "",
        "kind": "photo",
        "sha256": "a",
        "caption": "",
        "taken_on": "2026-10-01",
    }
    return {**plain, "criterion": criterion, **more}


def test_each_item_has_its_score_and_all_that_backs_it():
    measured = {
        "kind": "measurement",
        "sha256": "",
        "value": "82.5",
        "unit": "dB",
        "caption": "Di mesin pres",
    }
    with override("id"):
        one, other = evidence_lines(
            [stored("KH3", **measured), stored("R1.1", area="Gudang"), stored("KH3")],
            {"KH3": 2, "R1.1": None},
        )
    assert (one.code, one.score, [piece.kind for piece in one.pieces]) == ("KH3", 2, ["Pengukuran", "Foto"])
    assert (one.pieces[0].text, one.pieces[0].url) == ("Di mesin pres, 82.5 dB", "")
    assert (other.score, other.pieces[0].text, other.pieces[0].day) == (None, "Gudang", date(2026, 10, 1))


@pytest.mark.django_db
def test_the_board_sees_it_before_and_after_the_decision(client, login):
    made = AssessmentFactory(filled=3)
    item, day = criteria_of(made).get(code="KS7"), made.visited_on
    actions.add_evidence(made, item, photo=PHOTO, text="Jarum di hijau", taken_on=day, by=made.assessor)
    actions.submit(made, by=made.assessor)
    actions.approve(made, by=UserFactory(role=Role.LEAD))
    decision = actions.propose_decision(made.enrolment, by=UserFactory(role=Role.STAFF))
    lead = login(Role.LEAD)
    for decide in (False, True):
        if decide:
            actions.decide(decision, "promoted", members=[UserFactory(role=Role.ASSESSOR)], by=lead)
        page = client.get(decision.get_absolute_url()).content.decode()
        assert "Bukti tiap butir: 1 dari 5 butir punya bukti" in page
        assert "KS7 Jarum di hijau" in page
        assert f'{made.evidence.get().url}">Foto, 5 Mei 2026</a>: Jarum di hijau' in page

"""Two records of one enterprise: put together, and taken apart again."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from closedloop.audit.models import Event
from participants.actions import StaleRecord, update_enterprise, update_person
from participants.actions.merges import judge_not_duplicate, merge_enterprises, reopen_pair, undo_merge
from participants.merging import CLASHES, STAY_ALWAYS
from participants.models import Enrolment, Enterprise, EnterpriseMerge, NotDuplicate, Person, Product
from participants.moves import links
from participants.unmerging import plan_return
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory
from tests.factories.participants import (
    AnnualFigureFactory,
    CohortFactory,
    ConsentFactory,
    DocumentFactory,
    EnrolmentFactory,
    EnterpriseFactory,
    PersonFactory,
)
from tests.guards.ours import our_models

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return UserFactory(role="staff")


@pytest.fixture
def pair():
    survivor = EnterpriseFactory(name="Tri Casting", nib="9120000000001", npwp=None)
    other = EnterpriseFactory(name="Tri Kasting", nib="9120000000002", npwp="0518844725898000")
    return survivor, other


def refused(*args, **options) -> str:
    with pytest.raises(ValidationError) as caught:
        merge_enterprises(*args, **options)
    return " ".join(caught.value.messages)


def test_every_foreign_key_to_an_enterprise_is_moved_or_stays_for_a_reason():
    pointing = {
        field.model._meta.label_lower
        for model in our_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Enterprise
    }
    moved = {link.label for link in links()}
    assert pointing <= moved | set(STAY_ALWAYS)
    assert len(moved) > 15


def test_every_clash_has_a_rule_and_every_rule_a_constraint():
    named = {
        one.name
        for link in links()
        for one in link.model._meta.constraints
        if isinstance(one, models.UniqueConstraint) and link.name in one.fields
    }
    assert named == set(CLASHES)


def test_everything_hangs_on_the_survivor_afterwards_and_the_other_is_gone(pair, staff):
    survivor, other = pair
    document, enrolment = DocumentFactory(enterprise=other), EnrolmentFactory(enterprise=other)
    merge_enterprises(survivor, other, by=staff)
    document.refresh_from_db()
    enrolment.refresh_from_db()
    assert document.enterprise == enrolment.enterprise == survivor
    assert list(Enterprise.objects.all()) == [survivor]
    assert not Enterprise.objects.visible_to(staff).search("Tri Kasting").filter(pk=other.pk)
    assert Enterprise.with_merged.get(pk=other.pk).merged_into == survivor


def test_the_other_fills_gaps_and_numbers_change_places(pair, staff):
    survivor, other = pair
    merge_enterprises(survivor, other, by=staff, choices={"nib": "other"})
    survivor.refresh_from_db()
    other = Enterprise.with_merged.get(pk=other.pk)
    assert (survivor.nib, survivor.npwp) == ("9120000000002", "0518844725898000")
    assert (other.nib, other.npwp) == ("9120000000001", None)
    assert survivor.name == "Tri Casting"


def test_what_both_have_stays_with_the_old_record_and_marks_give_way(pair, staff):
    survivor, other = pair
    for one in pair:
        Product.objects.create(enterprise=one, name="Bracket")
        PersonFactory(enterprise=one)
        ConsentFactory(enterprise=one)
        AnnualFigureFactory(enterprise=one, year=2025, is_baseline=True)
    AnnualFigureFactory(enterprise=other, year=2024)
    merge = merge_enterprises(survivor, other, by=staff)
    assert survivor.products.count() == 1
    assert survivor.consents.count() == 1
    assert sorted(survivor.annual_figures.values_list("year", flat=True)) == [2024, 2025]
    assert survivor.people.count() == 2 and survivor.people.filter(is_primary=True).count() == 1
    assert {entry["model"] for entry in merge.kept} == {
        "participants.product",
        "participants.consent",
        "participants.annualfigure",
    }


def test_two_open_enrolments_are_for_a_person_to_settle_first(pair, staff):
    survivor, other = pair
    EnrolmentFactory(enterprise=survivor), EnrolmentFactory(enterprise=other)
    assert "Keduanya masih mengikuti program" in refused(survivor, other, by=staff)
    assert Enterprise.objects.count() == 2


def test_an_open_enrolment_is_never_hidden_behind_a_closed_one(pair, staff):
    survivor, other = pair
    cohort = CohortFactory()
    EnrolmentFactory(enterprise=survivor, cohort=cohort, status="withdrawn")
    EnrolmentFactory(enterprise=other, cohort=cohort)
    assert "masih terbuka" in refused(survivor, other, by=staff)
    merge_enterprises(other, survivor, by=staff)
    assert other.enrolments.get().status == "active"


def test_the_record_with_the_higher_class_survives(pair, staff):
    survivor, other = pair
    Enterprise.objects.filter(pk=other.pk).update(class_level=2, class_since=date(2026, 3, 2))
    assert "Kelas usaha hanya diubah oleh sidang" in refused(survivor, other, by=staff)
    merge_enterprises(other, survivor, by=staff)
    other.refresh_from_db()
    assert other.class_level == 2


def test_a_record_that_moved_on_is_not_merged(pair, staff):
    survivor, other = pair
    update_enterprise(other, by=staff, address="Jl. Baru No. 1")
    with pytest.raises(StaleRecord):
        merge_enterprises(survivor, other, by=staff, versions={other.code: 1})


def test_neither_twice_nor_with_itself(pair, staff):
    survivor, other = pair
    assert "dua catatan yang berbeda" in refused(survivor, survivor, by=staff)
    merge_enterprises(survivor, other, by=staff)
    assert "sudah digabung" in refused(survivor, other, by=staff)


def test_what_was_judged_two_is_not_merged_before_it_is_opened_again(pair, staff):
    judged = judge_not_duplicate(*pair, by=staff, reason="Dua pabrik")
    assert "bukan ganda" in refused(*pair, by=staff)
    reopen_pair(judged, by=staff)
    assert merge_enterprises(*pair, by=staff)


def test_a_judgement_needs_a_reason_and_is_remembered_once(pair, staff):
    with pytest.raises(ValidationError):
        judge_not_duplicate(*pair, by=staff, reason="  ")
    judge_not_duplicate(*pair, by=staff, reason="Dua pabrik")
    judge_not_duplicate(*reversed(pair), by=staff, reason="Lagi")
    assert NotDuplicate.objects.get().reason == "Dua pabrik"


def test_the_trail_names_both_and_shows_no_number(pair, staff):
    survivor, other = pair
    merge_enterprises(survivor, other, by=staff)
    event = Event.objects.about(survivor).get(verb="enterprise.merged")
    assert event.data["other"] == other.code
    assert other.npwp not in str(event.data)
    assert Event.objects.about(other).filter(verb="enterprise.merged_into").exists()


def test_a_record_merged_before_comes_along_and_merges_are_undone_last_first(pair, staff):
    survivor, other = pair
    first = EnterpriseFactory()
    early = merge_enterprises(other, first, by=staff)
    late = merge_enterprises(survivor, other, by=staff)
    assert Enterprise.with_merged.get(pk=first.pk).merged_into == survivor
    with pytest.raises(ValidationError) as caught:
        undo_merge(early, by=staff)
    assert "Urungkan dulu penggabungan itu" in str(caught.value)
    undo_merge(late, by=staff)
    undo_merge(early, by=staff)
    assert Enterprise.objects.count() == 3


def test_after_thirty_days_it_stays(pair, staff):
    merge = merge_enterprises(*pair, by=staff)
    EnterpriseMerge.objects.update(merged_at=timezone.now() - timedelta(days=31))
    with pytest.raises(ValidationError) as caught:
        undo_merge(merge, by=staff)
    assert "30 hari" in str(caught.value)


def test_a_class_given_since_keeps_them_together(pair, staff):
    merge = merge_enterprises(*pair, by=staff)
    Enterprise.objects.update(class_level=2, class_since=date(2026, 3, 2))
    with pytest.raises(ValidationError) as caught:
        undo_merge(merge, by=staff)
    assert "Kelas usaha diputuskan" in str(caught.value)


def test_a_value_changed_since_stays_unless_it_is_asked_back(pair, staff):
    survivor, other = pair
    Enterprise.objects.filter(pk=survivor.pk).update(address="Jl. Lama")
    for restore, expected in (([], "Jl. Baru"), (["address"], "Jl. Lama")):
        merge = merge_enterprises(survivor, other, by=staff, choices={"address": "other"})
        survivor.refresh_from_db()
        update_enterprise(survivor, by=staff, address="Jl. Baru")
        survivor.refresh_from_db()
        assert [one.name for one in plan_return(merge, survivor, merge.other).changed] == ["address"]
        undo_merge(merge, by=staff, restore=restore)
        survivor.refresh_from_db()
        assert survivor.address == expected
        Enterprise.objects.filter(pk=survivor.pk).update(address="Jl. Lama")


def test_what_clashes_with_the_old_records_own_is_told(pair, staff):
    survivor, other = pair
    for one in pair:
        Product.objects.create(enterprise=one, name="Bracket")
    moved = Product.objects.create(enterprise=other, name="Clamp")
    merge = merge_enterprises(survivor, other, by=staff)
    Product.objects.filter(enterprise=survivor, name="Bracket").delete()
    Product.objects.filter(pk=moved.pk).update(name="Bracket")
    with pytest.raises(ValidationError) as caught:
        undo_merge(merge, by=staff)
    assert "Bracket: catatan lama sudah punya yang sama" in str(caught.value)


def test_a_mark_given_to_another_since_is_not_doubled(pair, staff):
    survivor, other = pair
    PersonFactory(enterprise=survivor)
    first, second = PersonFactory(enterprise=other), PersonFactory(enterprise=other, is_primary=False)
    AnnualFigureFactory(enterprise=survivor, year=2025, is_baseline=True)
    AnnualFigureFactory(enterprise=other, year=2025, is_baseline=True)
    moved = AnnualFigureFactory(enterprise=other, year=2024)
    merge = merge_enterprises(survivor, other, by=staff)
    update_person(second, by=staff, is_primary=True)
    survivor.annual_figures.filter(is_baseline=True).update(is_baseline=False)
    survivor.annual_figures.filter(pk=moved.pk).update(is_baseline=True)
    undo_merge(merge, by=staff)
    assert list(other.people.filter(is_primary=True)) == [second]
    assert first in other.people.all()
    assert other.annual_figures.get(is_baseline=True).year == 2025


def test_what_grew_on_a_row_that_goes_back_goes_with_it(pair, staff):
    survivor, other = pair
    enrolment = EnrolmentFactory(enterprise=other)
    merge = merge_enterprises(survivor, other, by=staff)
    assessment = AssessmentFactory(enrolment=Enrolment.objects.get(pk=enrolment.pk))
    assert assessment.enterprise == survivor
    undo_merge(merge, by=staff)
    assessment.refresh_from_db()
    assert assessment.enterprise == assessment.enrolment.enterprise == other


def test_a_person_removed_since_is_not_missed(pair, staff):
    survivor, other = pair
    person = PersonFactory(enterprise=other)
    merge = merge_enterprises(survivor, other, by=staff)
    Person.objects.filter(pk=person.pk).delete()
    undo_merge(merge, by=staff)
    assert not other.people.exists()

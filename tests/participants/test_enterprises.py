"""Acts on the record of an enterprise."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from closedloop.regions.models import Regency
from participants import actions
from participants.models import AnnualFigure, Consent, Enterprise, Kbli, LegalForm, Product
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.participants import (
    AnnualFigureFactory,
    EnrolmentFactory,
    EnterpriseFactory,
    MentorAssignmentFactory,
    PersonFactory,
    ProcessFactory,
)

pytestmark = pytest.mark.django_db


def fields(**more):
    return {
        "name": "Contoh Tempa",
        "legal_form": LegalForm.CV,
        "regency": Regency.objects.get(code="33.28"),
        **more,
    }


def verbs(enterprise):
    return list(
        Event.objects.filter(enterprise_id=enterprise.pk).order_by("id").values_list("verb", flat=True)
    )


def test_registering_writes_everything_that_is_known_at_once(codes):
    staff, stamping = UserFactory(role=Role.STAFF), ProcessFactory(code="stamping")

    enterprise = actions.register_enterprise(
        by=staff,
        **fields(nib="9120000000001"),
        kbli="25910",
        products=["Bracket mesin", "Clamp  selang", "Bracket mesin"],
        processes=[stamping],
        person={"full_name": "Sulastri", "phone": "+6281234567890"},
        annual_figure={"year": 2025, "annual_sales": 7_400_000_000},
        consent={"channel": "Kertas"},
    )

    assert enterprise.kbli.get().code == "25910"
    assert [product.name for product in enterprise.products.all()] == ["Bracket mesin", "Clamp selang"]
    assert list(enterprise.processes.all()) == [stamping]
    person = enterprise.people.get()
    assert (person.full_name, person.is_primary) == ("Sulastri", True)
    figure = enterprise.annual_figures.get()
    assert (figure.year, figure.annual_sales, figure.employee_count, figure.is_baseline) == (
        2025,
        7_400_000_000,
        None,
        True,
    )
    assert enterprise.consents.get().person == person
    assert verbs(enterprise) == [
        "enterprise.registered",
        "person.added",
        "annualfigure.recorded",
        "consent.given",
    ]


def test_an_unknown_kbli_code_is_kept_and_says_so():
    enterprise = actions.register_enterprise(by=None, **fields(), kbli="99999")
    assert enterprise.kbli.get().title == "Belum dikenal"


@pytest.mark.parametrize("number", [{"nib": "9120000000001"}, {"npwp": "0518844725898000"}])
def test_a_number_of_another_enterprise_is_refused_and_nothing_is_half_saved(number):
    EnterpriseFactory(**number)
    with pytest.raises(ValidationError):
        actions.register_enterprise(by=None, **fields(**number), person={"full_name": "Budi"})
    assert Enterprise.objects.count() == 1


def test_the_same_form_pressed_twice_registers_once():
    first = actions.register_enterprise(by=None, **fields())
    with pytest.raises(ValidationError), transaction.atomic():
        actions.register_enterprise(by=None, **fields(id=first.pk))
    assert Enterprise.objects.count() == 1


def test_updating_leaves_old_and_new_in_the_trail_and_a_new_version():
    staff, enterprise = UserFactory(), EnterpriseFactory(founded_year=2011)

    changed = actions.update_enterprise(enterprise, by=staff, founded_year=2012, address=enterprise.address)

    assert (changed.founded_year, changed.version) == (2012, 2)
    event = Event.objects.get(verb="enterprise.updated")
    assert (event.actor_id, event.data) == (staff.pk, {"changes": {"founded_year": [2011, 2012]}})


def test_updating_with_the_same_values_leaves_no_trace():
    enterprise = EnterpriseFactory()
    assert actions.update_enterprise(enterprise, by=UserFactory(), name=enterprise.name).version == 1
    assert not Event.objects.exists()


def test_the_trail_shows_identity_numbers_by_their_last_four():
    enterprise = EnterpriseFactory(nib="9120000001234")
    actions.update_enterprise(enterprise, by=UserFactory(), nib="9120000005678", npwp="0518844725898000")
    assert Event.objects.get().data["changes"] == {
        "nib": ["•••••••••1234", "•••••••••5678"],
        "npwp": [None, "••••••••••••8000"],
    }


def test_where_chance_gives_a_code_twice_another_is_drawn():
    taken = EnterpriseFactory()
    enterprise = actions.register_enterprise(by=UserFactory(), code=taken.code, **fields())
    assert enterprise.code != taken.code and verbs(enterprise) == ["enterprise.registered"]
    with pytest.raises(ValidationError, match=r"(sudah|telah) ada"):
        actions.register_enterprise(by=UserFactory(), id=enterprise.pk, **fields())
    assert Enterprise.objects.count() == 2


def test_an_edit_of_a_record_somebody_else_saved_meanwhile_is_refused():
    enterprise = EnterpriseFactory(name="Semula")
    seen = Enterprise.objects.get(pk=enterprise.pk)
    actions.update_enterprise(enterprise, by=UserFactory(), name="Orang lain")

    with pytest.raises(actions.StaleRecord):
        actions.update_enterprise(seen, by=UserFactory(), name="Saya")

    enterprise.refresh_from_db()
    assert enterprise.name == "Orang lain"


def test_the_version_somebody_saw_counts_not_the_one_in_hand():
    enterprise = actions.update_enterprise(EnterpriseFactory(), by=UserFactory(), name="Dua")
    with pytest.raises(actions.StaleRecord):
        actions.update_enterprise(enterprise, by=UserFactory(), version=1, name="Tiga")


@pytest.mark.parametrize("field", ["class_level", "code", "status", "created_at"])
def test_fields_with_a_way_of_their_own_are_not_edited(field):
    with pytest.raises(TypeError):
        actions.update_enterprise(EnterpriseFactory(), by=UserFactory(), **{field: 3})


def test_changing_the_main_activity_keeps_the_other(codes):
    enterprise = actions.register_enterprise(by=None, **fields(), kbli="25910")
    actions.update_enterprise(enterprise, by=None, kbli="29300", products=["Baut"])
    links = enterprise.kbli_links.values_list("kbli__code", "is_primary")
    assert list(links) == [("29300", True), ("25910", False)]
    assert Event.objects.get(verb="enterprise.updated").data["changes"] == {
        "kbli": ["25910", "29300"],
        "products": [[], ["Baut"]],
    }


def test_a_figure_nobody_knows_does_not_wipe_out_a_known_one():
    figure = AnnualFigureFactory(annual_sales=5_000_000_000)
    actions.record_annual_figure(figure.enterprise, by=None, year=2025, employee_count=20)
    figure.refresh_from_db()
    assert (figure.annual_sales, figure.employee_count) == (5_000_000_000, 20)


def test_only_the_first_year_is_the_baseline():
    enterprise = EnterpriseFactory()
    for year in (2025, 2026):
        actions.record_annual_figure(enterprise, by=None, year=year, annual_sales=1)
    assert list(AnnualFigure.objects.values_list("year", "is_baseline")) == [(2026, False), (2025, True)]


def test_consent_in_force_is_not_given_twice_and_can_be_withdrawn():
    enterprise, owner = EnterpriseFactory(), UserFactory(role=Role.OWNER)
    first = actions.give_consent(enterprise, by=owner, purpose="sharing", channel="Portal")
    assert actions.give_consent(enterprise, by=owner, purpose="sharing", channel="Portal") == first

    actions.withdraw_consent(first, by=owner)
    actions.withdraw_consent(first, by=owner)
    again = actions.give_consent(enterprise, by=owner, purpose="sharing", channel="Portal")

    assert again != first
    assert Consent.objects.filter(withdrawn_at=None).get() == again
    assert verbs(enterprise) == ["consent.given", "consent.withdrawn", "consent.given"]


def test_reference_loads_once_and_names_the_codes_an_import_met_before():
    early = actions.kbli_of("29300")
    actions.load_reference()
    early.refresh_from_db()
    assert early.title.startswith("Industri Suku Cadang")
    assert Kbli.objects.count() == 24
    actions.load_reference()
    assert Kbli.objects.count() == 24


def seen_by(user):
    return set(Enterprise.objects.visible_to(user))


def test_who_sees_which_enterprise():
    assignment = MentorAssignmentFactory()
    mine = assignment.enrolment.enterprise
    enrolled, alone = EnrolmentFactory().enterprise, EnterpriseFactory()
    elsewhere = EnterpriseFactory(regency=Regency.objects.get(code="35.15"))
    owner = PersonFactory(enterprise=alone).user
    former = PersonFactory(enterprise=alone, is_primary=False, is_active=False).user
    everything = {mine, enrolled, alone, elsewhere}

    for role in (Role.LEAD, Role.STAFF, Role.ADMIN):
        assert seen_by(UserFactory(role=role)) == everything
    central_java = OrganisationFactory(kind="regional_office", province_id="33")
    assert seen_by(UserFactory(role=Role.VIEWER)) == everything
    assert seen_by(UserFactory(role=Role.VIEWER, organisation=central_java)) == everything - {elsewhere}
    assert seen_by(assignment.mentor) == {mine}
    assert seen_by(UserFactory(role=Role.MENTOR)) == set()
    assert seen_by(UserFactory(role=Role.ASSESSOR)) == {mine, enrolled}
    assert seen_by(owner) == {alone}
    assert seen_by(former) == set()
    assert seen_by(UserFactory(role=Role.BUYER)) == set()


@pytest.mark.parametrize(
    "text",
    [
        "kenalpot",
        "CV Mutiara",
        "  mutiara  ",
        "91200000",
        "51.884.472.5-898.000",
        "Sulastri",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "tegal",
        "peredam",
    ],
)
def test_search_forgives(text):
    found = EnterpriseFactory(name="Mutiara Knalpot", nib="9120000077777", npwp="0518844725898000")
    PersonFactory(enterprise=found, full_name="Sulastri", phone="+6281234567890")
    Product.objects.create(enterprise=found, name="Peredam suara")
    Product.objects.create(enterprise=found, name="Peredam panas")
    EnterpriseFactory(name="Zaitun Plastik", nib="8000000000000", regency=Regency.objects.get(code="35.15"))
    assert list(Enterprise.objects.search(text)) == [found]

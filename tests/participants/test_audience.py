"""H3: every money field says who reads it, and it is so."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from closedloop.accounts.permissions import GRANTS, Permission
from closedloop.accounts.roles import Role
from closedloop.core.forms import RupiahField
from participants import actions
from participants.audience import WORDS, readers, who_sees
from participants.forms.baseline import AnnualFigureForm, FiguresForm
from participants.forms.enterprises import EnterpriseForm, RegistrationForm
from participants.told import questions_for
from tests.factories.accounts import UserFactory
from tests.factories.participants import AnnualFigureFactory, EnterpriseFactory, PersonFactory

pytestmark = pytest.mark.django_db
SALES = 7_654_321_000


def money_fields():
    actions.load_indicators()
    forms = [
        AnnualFigureForm(),
        EnterpriseForm(),
        RegistrationForm(),
        FiguresForm(questions=questions_for(EnterpriseFactory())),
    ]
    for form in forms:
        for name, field in form.fields.items():
            if isinstance(field, RupiahField) and not name.endswith(("-low", "-high")):
                yield f"{type(form).__name__}.{name}", field


def test_every_money_field_says_who_reads_it():
    found = dict(money_fields())
    assert len(found) >= 8
    assert [name for name, field in found.items() if who_sees() not in str(field.help_text)] == []


def test_the_sentence_is_what_the_permissions_say():
    assert set(readers()) == {role for role in WORDS if Permission.ENTERPRISE_VIEW in GRANTS[role]}
    assert set(WORDS) == set(Role.values)
    assert who_sees().endswith("Tidak pernah oleh pembeli.")
    with override("en"):
        assert who_sees().endswith("Never by buyers.")


@pytest.mark.parametrize("role", [Role.LEAD, Role.STAFF, Role.ADMIN, Role.ASSESSOR, Role.BUYER])
def test_the_page_keeps_the_promise(client, login, role):
    enterprise = AnnualFigureFactory(annual_sales=SALES).enterprise
    login(role)
    for name in ("participants:detail", "dashboard:profile"):
        response = client.get(reverse(name, args=[enterprise.code]))
        assert ("7.654.321.000" in response.content.decode()) <= (role in readers())
        if role == Role.BUYER:
            assert response.status_code == 403


def test_owners_read_their_own_money_and_nobody_elses(client):
    person = PersonFactory()
    AnnualFigureFactory(enterprise=person.enterprise, annual_sales=SALES)
    page = reverse("participants:my_enterprise")
    client.force_login(person.user)
    mine = client.get(page).content.decode()
    assert "7.654.321.000" in mine and who_sees() in mine
    client.force_login(UserFactory(role=Role.OWNER))
    assert "7.654.321.000" not in client.get(page).content.decode()

import pytest
from django import forms

from closedloop.regions.forms import RegencyField
from closedloop.regions.models import Regency

pytestmark = pytest.mark.django_db


class PlaceForm(forms.Form):
    place = RegencyField(error_messages={"required": "Isi tempatnya."})


@pytest.mark.parametrize("typed", ["Kabupaten Tegal", "kab. tegal", " TEGAL (Kab.) ", "33.28"])
def test_a_place_is_read_as_people_write_it(typed):
    form = PlaceForm({"place": typed})
    assert form.is_valid()
    assert form.cleaned_data["place"] == Regency.objects.get(code="33.28")


@pytest.mark.parametrize(
    "typed, message",
    [
        ("", "Isi tempatnya."),
        ("tegal", "Pilih salah satu. Mungkin: Kabupaten Tegal, Kota Tegal."),
        ("Kab. Tegall", "Mungkin: Kabupaten Tegal"),
        ("99.99", "tidak dikenal"),
    ],
)
def test_what_is_unclear_is_told_with_the_nearest_names_and_stays(typed, message):
    form = PlaceForm({"place": typed})
    assert message in form.errors["place"][0]
    assert f'value="{typed}"' in str(form["place"]) or not typed


@pytest.mark.parametrize("initial", ["33.28", "regency"])
def test_a_record_or_its_code_is_shown_by_its_official_name(initial):
    tegal = Regency.objects.get(code="33.28")
    form = PlaceForm(initial={"place": tegal if initial == "regency" else initial})
    assert 'value="Kabupaten Tegal"' in str(form["place"])
    changed = PlaceForm({"place": "Kabupaten Tegal"}, initial={"place": "33.28"})
    assert not changed.has_changed()

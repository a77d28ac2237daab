"""Shells, components and form markup: what every page leans on."""

import json
import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import engines
from django.utils.translation import override

from closedloop.accounts.roles import Role
from closedloop.core import context
from closedloop.core.templatetags import portal

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if "reports" not in path.parts)


@pytest.fixture(autouse=True)
def indonesian_and_without_counts(settings):
    """The counts beside the menu ask the database; the one test about them brings its own."""
    settings.NAVIGATION_COUNTS = ""
    with override("id"):
        yield


@pytest.fixture
def request_as(rf):
    """A request of somebody with a role; no database."""

    def make(role="staff", path="/ikm/", **query):
        request = rf.get(path, query)
        request.user = SimpleNamespace(
            is_authenticated=True,
            role=role,
            full_name="Sekar Nuraini",
            get_role_display=lambda: "Admin program",
        )
        return request

    return make


@pytest.fixture
def draw(request_as):
    def draw(source, request=None, **variables):
        return engines["django"].from_string(source).render(variables, request or request_as())

    return draw


def test_numbers_of_one_column_keep_their_decimals():
    assert [portal.fixed(value, 2) for value in (Decimal("0.6"), Decimal("0.58"), None)] == [
        "0,60",
        "0,58",
        "Belum ada data",
    ]


# --- Files ------------------------------------------------------------------------------------------
def icons_in_use():
    """Yield (file, icon) of every icon named in a template or in the menus."""
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text()
        for name in re.findall(r'{%\s*icon\s+"([\w-]+)"|drawing="([\w-]+)"', text):
            yield path.relative_to(TEMPLATES).as_posix(), name[0] or name[1]
    for name, value in vars(context).items():
        if name.isupper() and isinstance(value, tuple):
            yield "context.py", value[1]
    for rows in context.BOTTOM_BARS.values():
        for _label, name, _url in rows:
            yield "context.py", name
    for name in portal.NOTE_ICONS.values():
        yield "portal.py", name


def test_every_icon_in_use_is_listed():
    listed = set((Path(settings.BASE_DIR) / "static" / "icons.txt").read_text().split())
    assert {(where, name) for where, name in icons_in_use() if name not in listed} == set()


def test_every_listed_icon_is_drawn():
    built = Path(settings.BASE_DIR) / "static" / "dist" / "icons.json"
    if not built.exists():
        pytest.skip("the front end is not built")
    listed = set((Path(settings.BASE_DIR) / "static" / "icons.txt").read_text().split())
    assert listed - set(json.loads(built.read_text())) == set()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_no_template_holds_inline_style_or_script(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=[\"']|<script(?![^>]*\ssrc=)|hx-on", text)


def test_an_icon_without_a_label_is_hidden_from_screen_readers(draw):
    assert 'aria-hidden="true"' in draw('{% icon "check" %}')
    assert 'role="img" aria-label="Selesai"' in draw('{% icon "check" "Selesai" %}')
    assert draw('{% icon "no-such-icon" %}').endswith("></svg>")


# --- Marks ------------------------------------------------------------------------------------------
def test_a_badge_escapes_its_words(draw):
    assert draw('{% badge text "ok" %}', text="<b>") == '<span class="badge ok">&lt;b&gt;</span>'
    assert draw('{% badge "" %}') == ""


@pytest.mark.parametrize(
    ("level", "word"),
    [(1, "Pemula"), (2, "Madya"), (3, "Pra-Mandiri"), (4, "Mandiri"), (None, "Belum ada kelas")],
)
def test_a_class_mark_says_its_word(draw, level, word):
    assert word in draw("{% klas level %}", level=level)


def test_the_ring_marks_the_stage_after_the_finished_ones(draw):
    html = draw("{% ring 3 %}")
    assert re.findall(r'class="(\w*)" stroke', html) == ["done", "done", "done", "now", "", ""]


def test_an_unknown_ratio_draws_an_empty_track_and_no_warning(draw):
    html = draw("{% bar None target=0.75 %}")
    assert 'width="0"' in html
    assert "warn" not in html
    assert 'class="warn" width="72"' in draw("{% bar 0.72 target=0.75 %}")


def test_an_unknown_figure_is_set_apart(draw):
    html = draw('{% stat "Ketepatan" value|percent "syarat 90%" %}', value=None)
    assert '<dd class="v unknown">Belum ada data</dd>' in html


# --- Lists ------------------------------------------------------------------------------------------
def test_pages_keep_the_rest_of_the_address(draw, request_as):
    html = draw(
        '{% pager page "IKM" %}', request_as(kelas="2", page="3"), page=Paginator(range(1960), 10).page(3)
    )
    assert "21–30 dari 1.960 IKM" in re.sub(r"\s+", " ", html)
    assert 'href="?kelas=2&amp;page=4"' in html
    assert 'aria-current="page">3<' in html


def test_a_column_head_sorts_and_turns_round(draw, request_as):
    up = draw('{% th "Kelas" "kelas" %}', request_as(page="3", cari="nira"))
    assert 'href="?cari=nira&amp;urut=kelas"' in up
    assert "aria-sort" not in up
    down = draw('{% th "Kelas" "kelas" %}', request_as(urut="kelas"))
    assert 'href="?urut=-kelas"' in down
    assert 'aria-sort="ascending"' in down


def test_a_chip_removes_only_its_own_filter(draw, request_as):
    html = draw('{% chip "Kelas: Madya" "kelas" %}', request_as(kelas="2", provinsi="33", page="2"))
    assert 'href="?provinsi=33"' in html


def test_a_task_without_a_count_or_badge_is_only_a_link(draw):
    html = draw("{% tasks items %}", items=[{"url": "/x/", "title": "Perbaiki temuan"}])
    assert "badge" not in html
    assert 'class="n"' not in html


def test_a_requirement_says_in_words_whether_it_is_met(draw):
    items = [
        {"met": True, "rule": "a"},
        {"met": False, "rule": "b"},
        {"met": None, "rule": "c", "value": "–"},
    ]
    html = draw("{% requirements items %}", items=items)
    assert re.findall(r'visually-hidden">([^:]+):', html) == ["Memenuhi", "Belum memenuhi", "Tidak berlaku"]
    assert "Belum ada data" in html


def test_the_loop_names_all_six_stations_and_where_it_stands(draw):
    stages = [{"state": "done"}, {"state": "now", "text": "3 dari 6 sesi"}, {}, {}, {}, {}]
    html = draw("{% loop stages %}", stages=stages)
    assert html.count("<li") == 6
    assert html.count('aria-current="step"') == 1
    assert "Naik kelas" in html


# --- Forms ------------------------------------------------------------------------------------------
class EnterpriseForm(forms.Form):
    name = forms.CharField(
        label="Nama IKM", help_text="Sesuai NIB", error_messages={"required": "Isi nama IKM"}
    )
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea)
    duplicate = forms.ChoiceField(
        label="Data ganda",
        choices=[("a", "Lewati\nData lama tidak berubah"), ("b", "Perbarui")],
        widget=forms.RadioSelect(attrs={"data-look": "choice"}),
        error_messages={"required": "Pilih cara"},
    )
    score = forms.ChoiceField(
        label="Nilai",
        choices=[("0", "0"), ("4", "4"), ("na", "Tidak berlaku")],
        widget=forms.RadioSelect(attrs={"data-look": "score"}),
        error_messages={"required": "Pilih nilai"},
    )
    agreed = forms.BooleanField(label="Data sudah benar", error_messages={"required": "Beri tanda"})

    def clean(self):
        raise forms.ValidationError("Dua isian bertentangan")


FORM = "{% load crispy_forms_tags %}{{ form|crispy }}"


def test_label_hint_error_and_control_stand_in_that_order(draw):
    html = draw(FORM, form=EnterpriseForm({}))
    field = html[html.index("div_id_name") : html.index("div_id_note")]
    places = [field.index(part) for part in ["<label", "Sesuai NIB", "Isi nama IKM", "<input"]]
    assert places == sorted(places)
    assert 'aria-describedby="id_name_helptext id_name_error"' in field
    assert 'id="id_name_helptext"' in field
    assert 'id="id_name_error"' in field


def test_optional_fields_say_so_and_required_ones_say_nothing(draw):
    html = draw(FORM, form=EnterpriseForm())
    assert html.count("(boleh kosong)") == 1
    assert "*" not in re.sub(r"<[^>]+>", "", html)


def test_the_summary_repeats_each_message_links_to_its_control_and_takes_focus(draw):
    html = draw(FORM, form=EnterpriseForm({}))
    assert "Ada 5 yang perlu diperbaiki" in html
    assert html.index('role="alert"') < html.index("div_id_name")
    assert "autofocus" in html
    targets = re.findall(r'<a href="#([\w-]+)"', html)
    assert targets == ["id_name", "id_duplicate_0", "id_score_0", "id_agreed"]
    for target in targets:
        assert f'id="{target}"' in html
    assert '<li class="strong">Dua isian bertentangan</li>' in html


def test_the_summary_is_drawn_once_even_when_page_and_form_both_ask(draw):
    html = draw("{% error_summary form %}" + FORM, form=EnterpriseForm({}))
    assert html.count('class="errsum"') == 1


def test_a_clean_form_has_no_summary(draw):
    assert "errsum" not in draw(FORM, form=EnterpriseForm())


def test_the_summary_of_a_formset_names_the_controls_of_its_forms(draw):
    formset = forms.formset_factory(EnterpriseForm)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "", "form-0-note": "x"}
    )
    assert not formset.is_valid()
    assert 'href="#id_form-0-name"' in draw("{% error_summary formset %}", formset=formset)


def test_radio_groups_have_three_looks(draw):
    html = draw(FORM, form=EnterpriseForm({"duplicate": "a"}))
    assert "<b>Lewati</b><span>Data lama tidak berubah</span>" in html
    assert html.count('<label class="choice">') == 2
    assert re.search(r'<label class="choice"><input type="radio"[^>]*value="a"[^>]*checked', html)
    assert '<div class="score">' in html
    assert '<label class="na">' in html
    assert html.count("<fieldset") == 2


def test_the_title_announces_errors(draw):
    assert draw("{% title_prefix %}", form=EnterpriseForm({})) == "Kesalahan: "
    assert draw("{% title_prefix %}") == ""


# --- Shells and menus -------------------------------------------------------------------------------
SHELLS = ["base_staff.html", "base_field.html", "base_floor.html", "base_gate.html", "base_bare.html"]


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_is_a_whole_page(draw, shell):
    html = draw(f'{{% extends "{shell}" %}}{{% block title %}}Judul{{% endblock %}}')
    assert html.startswith("<!doctype html>")
    assert '<html lang="id">' in html
    assert "<title>Judul · IKM Closed Loop</title>" in html
    assert html.index('class="skip"') < html.index("<main")
    assert html.count('id="isi"') == 1
    assert html.count("<main") == 1


def test_only_desk_and_floor_load_htmx(draw):
    for shell in SHELLS:
        html = draw(f'{{% extends "{shell}" %}}')
        assert ("htmx" in html) == (shell in {"base_staff.html", "base_floor.html"})


def test_an_empty_side_column_is_truly_empty(draw):
    assert '<aside class="stack"></aside>' in draw('{% extends "base_staff.html" %}')


def test_every_role_has_a_menu():
    assert set(context.NAV) | {"owner"} == {role.value for role in Role}


@pytest.mark.parametrize("role", ["owner", "mentor"])
def test_five_items_lie_under_the_thumb_and_the_third_is_large(request_as, role):
    assert len(context.BOTTOM_BARS[role]) == 5
    items = context.Navigation(request_as(role)).bottom
    assert [item.name for item in items if item.is_big] in ([], [context.BOTTOM_BARS[role][2][2]])


def test_a_page_nobody_built_is_left_out_of_the_menu():
    assert context.url_of("no_such:page") is None


def test_the_nearest_item_above_the_path_is_current():
    items = [context.Item("a", "", "", url) for url in ["/saya/", "/saya/nilai/", "/ikm/"]]
    context.mark_current(items, "/saya/nilai/")
    assert [item.current for item in items] == ["", "page", ""]
    items = [context.Item("a", "", "", url) for url in ["/saya/", "/saya/nilai/", "/ikm/"]]
    context.mark_current(items, "/saya/pasokan/7/")
    assert [item.current for item in items] == ["true", "", ""]


def test_counts_stand_beside_their_item(request_as, settings):
    settings.NAVIGATION_COUNTS = f"{__name__}.eight_everywhere"
    sections = context.Navigation(request_as("staff")).sections
    assert sections
    assert {item.count for section in sections for item in section.items} == {8}


def eight_everywhere(request):
    return dict.fromkeys(
        (row[2] for sections in context.NAV.values() for _title, rows in sections for row in rows), 8
    )


def test_nobody_signed_in_sees_no_menu(rf):
    navigation = context.Navigation(rf.get("/masuk/"))
    assert navigation.sections == []
    assert navigation.search is None

"""Who may write what assessments are made by: staff, and nobody else learns that a draft is there."""

from tests.access.table import Row

ANCHORS = {f"anchor_{score}": "Arti" for score in range(5)}
ITEM = {
    "key": "0199aaaa-0000-7000-8000-000000000001",
    "code": "KS99",
    "text": "Butir",
    "weight": "1",
    **ANCHORS,
}
FIELD = {"key": "0199aaaa-0000-7000-8000-000000000002", "code": "X", "name": "Bidang", "weight": "5"}
READERS = "lead staff mentor other_mentor assessor viewer admin"


def draft(*args):
    return lambda world: [world.rubric_draft.code, world.rubric_draft.version, *args]


def published(world):
    return [world.rubric.code, world.rubric.version]


def act(name, *args, data=None, code=302, **options) -> Row:
    known = {"args": draft(*args), "data": lambda world: data or {}, **options}
    return Row(f"assessments:{name}", "post", allowed="staff", code=code, **known)


def page(name, *args) -> Row:
    return Row(f"assessments:{name}", args=draft(*args), allowed="staff")


def with_a_removed_item(world):
    world.rubric_draft.dimensions.get(code="K3L").criteria.filter(code="KS1").delete()


ROWS: list[Row] = [
    Row(
        "assessments:rubric",
        args=draft(),
        query="?draf",
        allowed="staff",
        hidden="lead mentor other_mentor assessor viewer admin",
    ),
    act("start_rubric", args=published),
    page("publish_rubric"),
    act(
        "publish_rubric",
        args=lambda w: draft()(w),
        data={"name": "Lain", "change_note": "Alasan", "seen_as": ""},
        code=200,
    ),
    Row("assessments:rubric_weights", args=draft(), allowed="staff", code=302),
    act("rubric_weights", data={"bobot_5R": "30", "bobot_K3L": "60", "bobot_LEG": "10"}),
    page("discard_rubric"),
    act("discard_rubric"),
    page("add_dimension"),
    act("add_dimension", data=FIELD),
    page("edit_dimension", "5R"),
    act("edit_dimension", "5R", data={"name": "5R", "weight": "40"}),
    act("move_dimension", "5R", data={"ke": "bawah"}),
    page("remove_dimension", "5R"),
    act("remove_dimension", "5R"),
    page("add_criterion", "K3L"),
    act("add_criterion", "K3L", data=ITEM),
    act("restore_criterion", "K3L", data={"kode": "KS1"}, before=with_a_removed_item),
    page("edit_criterion", "KS1"),
    act("edit_criterion", "KS1", data={"text": "Butir", "weight": "1", **ANCHORS}),
    act("move_criterion", "KS1", data={"ke": "atas"}),
    act("remove_criterion", "KS1"),
]
SCHEME = {"args": lambda w: [w.scheme_draft.code, w.scheme_draft.version]}
CELL = {
    "args": lambda w: [w.scheme_draft.code, w.scheme_draft.version, w.scheme_draft.requirements.first().pk]
}
ASKS = {"key": "0199aaaa-0000-7000-8000-000000000003", "level": "4", "about": "buyers:", "threshold": "2"}
ROWS += [
    Row("assessments:class_scheme", args=lambda w: [w.scheme.code, w.scheme.version], allowed=READERS),
    Row(
        "assessments:class_scheme",
        query="?draf",
        allowed="staff",
        hidden="lead mentor other_mentor assessor viewer admin",
        **SCHEME,
    ),
    act("start_scheme", args=lambda w: [w.scheme.code, w.scheme.version]),
    Row("assessments:publish_scheme", allowed="staff", **SCHEME),
    act("publish_scheme", data={"name": "Lain", "change_note": "Alasan"}, code=200, **SCHEME),
    Row("assessments:discard_scheme", allowed="staff", **SCHEME),
    act("discard_scheme", **SCHEME),
    Row("assessments:add_requirement", allowed="staff", **SCHEME),
    act("add_requirement", data=ASKS, **SCHEME),
    Row("assessments:edit_requirement", allowed="staff", **CELL),
    act("edit_requirement", data=ASKS, **CELL),
    act("remove_requirement", **CELL),
]
ROWS += [
    Row("assessments:try_rubric", args=draft(), allowed="staff"),
    Row("assessments:try_scheme", before=lambda w: w.rubric, allowed="staff", **SCHEME),
]

"""Who may open what: assessments."""

from io import BytesIO
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.access.findings import FINDING_ROWS
from tests.access.table import Row

STRANGERS = "other_mentor other_owner"
NOT_THEIRS = "other_mentor assessor owner other_owner"
KNOWS = "lead staff mentor assessor viewer admin"


def code(name):
    return lambda world: [getattr(world, name).code]


def key(name):
    return lambda world: [getattr(world, name).pk]


def photo():
    out = BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "JPEG")
    return SimpleUploadedFile("sesudah.jpg", out.getvalue(), "image/jpeg")


ROWS: list[Row] = [
    Row("assessments:list", allowed=f"{KNOWS} owner {STRANGERS}"),
    Row("assessments:detail", args=code("assessment"), allowed=f"{KNOWS} owner", hidden=STRANGERS),
    Row(
        "assessments:detail",
        args=code("draft_assessment"),
        query="?draf",
        allowed=KNOWS,
        hidden=f"owner {STRANGERS}",
    ),
    Row(
        "assessments:enterprise",
        args=code("enterprise"),
        before=lambda w: w.assessment,
        allowed=f"{KNOWS} owner",
        hidden=STRANGERS,
    ),
    Row("assessments:evidence", args=key("evidence"), allowed=f"{KNOWS} owner", hidden=STRANGERS),
    # filling: one's own draft and nobody else's; owners fill their own rating by the same pages
    Row("assessments:start", allowed="mentor other_mentor assessor"),
    Row("assessments:fill", args=code("draft_assessment"), allowed="mentor", hidden=NOT_THEIRS),
    Row(
        "assessments:section",
        args=lambda w: [w.draft_assessment.code, "5r-1"],
        allowed="mentor",
        hidden=NOT_THEIRS,
    ),
    Row(
        "assessments:section",
        "post",
        args=lambda w: [w.draft_assessment.code, "5r-1"],
        data=lambda w: {"version": 1, "nilai_R1-1": "3", "go": "next"},
        allowed="mentor",
        hidden=NOT_THEIRS,
        code=302,
    ),
    Row(
        "assessments:fill",
        args=code("returned_assessment"),
        query="?dikembalikan",
        allowed="mentor",
        hidden=NOT_THEIRS,
    ),
    Row(
        "assessments:detail",
        args=code("returned_assessment"),
        query="?dikembalikan",
        allowed=KNOWS,
        hidden=f"owner {STRANGERS}",
    ),
    Row(
        "assessments:section",
        "post",
        args=lambda w: [w.returned_assessment.code, "5r-1"],
        query="?dikembalikan",
        data=lambda w: {
            "version": w.returned_assessment.version,
            "nilai_R1-1": "3",
            f"tanggapan_{w.returned_assessment.rounds.get().remarks.get().pk}": "Foto baru ditambahkan",
        },
        allowed="mentor",
        hidden=NOT_THEIRS,
        code=302,
    ),
    Row(
        "assessments:send_photos",
        "post",
        args=lambda w: [w.draft_assessment.code, "5r-1"],
        data=lambda w: {"foto_R1-1": photo()},
        allowed="mentor",
        hidden=NOT_THEIRS,
    ),
    Row(
        "assessments:autosave",
        "post",
        args=lambda w: [w.draft_assessment.code, "5r-1"],
        data=lambda w: {"nilai_R1-1": "3", "catatan_R1-1": ""},
        allowed="mentor",
        hidden=NOT_THEIRS,
    ),
    Row("assessments:areas", args=code("area_draft"), allowed="mentor", hidden="other_mentor assessor"),
    Row(
        "assessments:area",
        args=lambda w: [w.area_draft.code, 1],
        allowed="mentor",
        hidden="other_mentor assessor",
    ),
    Row(
        "assessments:remove_area",
        args=lambda w: [w.area_draft.code, 1],
        allowed="mentor",
        hidden="other_mentor assessor",
    ),
    Row(
        "assessments:remove_area",
        "post",
        args=lambda w: [w.area_draft.code, 1],
        allowed="mentor",
        hidden="other_mentor assessor",
        code=302,
    ),
    Row(
        "assessments:add_piece",
        args=lambda w: [w.draft_assessment.code, "5r-1", "R1-1", "dokumen"],
        allowed="mentor",
        hidden="other_mentor assessor owner other_owner",
    ),
    Row(
        "assessments:add_piece",
        "post",
        args=lambda w: [w.draft_assessment.code, "5r-1", "R1-1", "catatan"],
        data=lambda w: {
            "key": str(uuid4()),
            "text": "Dilihat di lini",
            "basis": "genba",
            "taken_on": "2026-09-09",
        },
        allowed="mentor",
        hidden="other_mentor assessor owner other_owner",
        code=302,
    ),
    Row("assessments:check", args=code("draft_assessment"), allowed="mentor", hidden=NOT_THEIRS),
    Row(
        "assessments:remove_evidence",
        args=key("draft_evidence"),
        allowed="mentor",
        hidden=NOT_THEIRS,
    ),
    Row(
        "assessments:remove_evidence",
        "post",
        args=key("draft_evidence"),
        allowed="mentor",
        hidden=NOT_THEIRS,
        code=302,
    ),
    # reviewing
    Row("assessments:reviews", before=lambda w: w.submitted_assessment, allowed="lead assessor"),
    Row("assessments:review", args=code("submitted_assessment"), allowed="lead assessor"),
    Row(
        "assessments:review",
        "post",
        args=code("submitted_assessment"),
        data=lambda w: {"decision": "approve"},
        allowed="lead assessor",
        code=302,
    ),
    Row("assessments:take", "post", args=code("submitted_assessment"), allowed="lead assessor", code=302),
    # findings
    Row("assessments:findings", before=lambda w: w.finding, allowed=f"{KNOWS} owner {STRANGERS}"),
    Row("assessments:add_finding", allowed="staff mentor other_mentor assessor"),
    Row("assessments:finding", args=code("finding"), allowed=f"{KNOWS} owner", hidden=STRANGERS),
    Row("assessments:action_photo", args=key("correction"), allowed=f"{KNOWS} owner", hidden=STRANGERS),
    *FINDING_ROWS,
    Row(
        "assessments:start_finding",
        "post",
        args=code("finding"),
        allowed="owner",
        hidden="other_owner",
        code=302,
    ),
    Row(
        "assessments:propose_closing",
        "post",
        args=code("finding"),
        data=lambda w: {"description": "Pengaman dipasang", "photo": photo(), "before": photo()},
        allowed="owner",
        hidden="other_owner",
        code=302,
    ),
    Row(
        "assessments:close_finding",
        "post",
        args=code("proposed_finding"),
        allowed="staff mentor assessor",
        hidden="other_mentor",
        code=302,
    ),
    Row(
        "assessments:reopen_finding",
        "post",
        args=code("proposed_finding"),
        data=lambda w: {"reason": "Sensor belum bekerja"},
        allowed="staff mentor assessor",
        hidden="other_mentor",
        code=302,
    ),
    # gap -> plan
    Row(
        "assessments:plan",
        args=code("enterprise"),
        before=lambda w: w.plan_item,
        allowed=f"{KNOWS} owner",
        hidden=STRANGERS,
    ),
    Row("assessments:my_plan", before=lambda w: w.plan_item, allowed="owner other_owner"),
    Row("assessments:plan_item", args=code("plan_item"), allowed=f"{KNOWS} owner", hidden=STRANGERS),
    Row(
        "assessments:change_plan_item", args=code("plan_item"), allowed="staff mentor", hidden="other_mentor"
    ),
    Row(
        "assessments:change_plan_item",
        "post",
        args=code("plan_item"),
        data=lambda w: {"action": "Pasang papan bayangan", "due_on": "2027-01-29"},
        allowed="staff mentor",
        hidden="other_mentor",
        code=302,
    ),
    Row(
        "assessments:start_plan_item",
        "post",
        args=code("plan_item"),
        allowed="owner staff",
        hidden="other_owner",
        code=302,
    ),
    Row(
        "assessments:report_plan_item",
        "post",
        args=code("plan_item"),
        data=lambda w: {"report": "Papan bayangan dipasang"},
        allowed="owner staff",
        hidden="other_owner",
        code=302,
    ),
    Row(
        "assessments:close_plan_item",
        "post",
        args=code("reported_plan_item"),
        allowed="mentor",
        hidden="other_mentor",
        code=302,
    ),
    Row(
        "assessments:return_plan_item",
        "post",
        args=code("reported_plan_item"),
        data=lambda w: {"kembali-remark": "Baru satu meja"},
        allowed="mentor",
        hidden="other_mentor",
        code=302,
    ),
    Row(
        "assessments:drop_plan_item",
        "post",
        args=code("plan_item"),
        data=lambda w: {"henti-remark": "Lini ini ditutup"},
        allowed="mentor",
        hidden="other_mentor",
        code=302,
    ),
    Row(
        "assessments:qcd",
        args=code("enterprise"),
        before=lambda w: w.assessment,
        allowed=f"{KNOWS} owner",
        hidden=STRANGERS,
    ),
    Row("assessments:my_qcd", allowed="owner other_owner"),
    # naik kelas
    Row("assessments:decisions", before=lambda w: w.decision, allowed=f"{KNOWS} owner {STRANGERS}"),
    Row("assessments:decision", args=code("decision"), allowed=KNOWS, hidden=f"owner {STRANGERS}"),
    Row(
        "assessments:decision",
        args=code("decided_decision"),
        query="?diputuskan",
        allowed=f"{KNOWS} owner",
        hidden=STRANGERS,
    ),
    Row(
        "assessments:check_decision",
        "post",
        args=code("decision"),
        data=lambda w: {"outcome": "promoted", "members": [w.staff.pk]},
        allowed="lead",
    ),
    Row("assessments:withdraw_decision", args=code("decision"), allowed="staff"),
    Row(
        "assessments:withdraw_decision",
        "post",
        args=code("decision"),
        data=lambda w: {"reason": "Data belum lengkap"},
        allowed="staff",
        code=302,
    ),
    Row(
        "assessments:propose_decision",
        "post",
        args=code("enterprise"),
        before=lambda w: w.assessment,
        allowed="staff",
        code=302,
    ),
    Row("assessments:settle_condition", args=key("condition"), allowed="lead staff"),
    Row(
        "assessments:settle_condition",
        "post",
        args=key("condition"),
        data=lambda w: {"met": "ya", "note": "APAR terisi, tanggal 3 Januari"},
        allowed="lead staff",
        code=302,
    ),
    Row("assessments:object", args=code("decided_decision"), allowed="owner", hidden="other_owner"),
    Row(
        "assessments:object",
        "post",
        args=code("decided_decision"),
        data=lambda w: {"key": str(uuid4()), "reason": "Nilai K3L dihitung sebelum APAR kami diisi ulang."},
        allowed="owner",
        hidden="other_owner",
        code=302,
    ),
    Row("assessments:objection", args=code("objection"), allowed=f"{KNOWS} owner", hidden=STRANGERS),
    Row("assessments:objection_file", args=key("objection"), allowed=f"{KNOWS} owner", hidden=STRANGERS),
    Row(
        "assessments:answer_objection",
        "post",
        args=code("objection"),
        data=lambda w: {"accept": "tidak", "answer": "Foto APAR bertanggal sesudah penilaian."},
        allowed="staff",  # the lead of the cast decided
        code=302,
    ),
    # to read
    Row("assessments:rubrics", allowed=f"{KNOWS} other_mentor"),
    Row(
        "assessments:rubric",
        args=lambda w: [w.assessment.rubric.code, w.assessment.rubric.version],
        allowed=f"{KNOWS} other_mentor",
    ),
    Row("assessments:classes", before=lambda w: w.assessment, allowed=f"{KNOWS} owner {STRANGERS}"),
    Row("assessments:pin_rubric", args=code("cohort"), allowed="staff"),
    Row(
        "assessments:pin_rubric",
        "post",
        args=code("cohort"),
        before=lambda w: (w.rubric, w.scheme),
        data=lambda w: {"rubric": w.rubric.pk, "scheme": w.scheme.pk},
        allowed="staff",
        code=302,
    ),
    # the owner's own
    Row("assessments:self_rating", before=lambda w: w.own_draft_rating, allowed="owner other_owner"),
    Row(
        "assessments:self_rating",
        "post",
        before=lambda w: w.own_rating,
        allowed="owner other_owner",
        code=302,
    ),
    Row(
        "assessments:section",
        args=lambda w: [w.own_draft_rating.code, "5r-1"],
        query="?mandiri",
        allowed="owner",
        hidden="other_owner mentor other_mentor assessor",
    ),
    Row(
        "assessments:detail",
        args=code("own_draft_rating"),
        query="?mandiri-draf",
        allowed="owner",
        hidden=f"{KNOWS} {STRANGERS}",
    ),
    Row(
        "assessments:detail",
        args=code("own_rating"),
        query="?mandiri",
        allowed=f"{KNOWS} owner",
        hidden=STRANGERS,
    ),
    Row("assessments:my_scores", before=lambda w: w.decided_decision, allowed="owner other_owner"),
    Row("assessments:my_findings", before=lambda w: w.finding, allowed="owner other_owner"),
]

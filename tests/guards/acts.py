"""Acts of addresses that the access table lists only as pages: what somebody types into their forms.

The guards walk every act there is: the posts of the table, and these. Whoever may open the page may send its
form, and nobody else.
"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from participants.actions import load_indicators, load_selection_form
from participants.criteria_versions import digest as digest_of_criteria
from participants.criteria_words import stored
from participants.forms.criteria import CriteriaForm
from participants.forms.indicator_sets import IndicatorSetForm
from participants.set_lines import Line, digest
from participants.set_words import lines_of
from participants.views.indicator_sets import newest_set
from tests.access import TABLE
from tests.access.records import picture
from tests.factories.accounts import OrganisationFactory
from tests.factories.applications import scores
from tests.factories.assessments import ClassSchemeFactory, CohortRubricFactory, RubricFactory, fill
from tests.factories.baseline import IndicatorFactory
from tests.factories.trainings import CurriculumFactory

WORKBOOK = Path(__file__).resolve().parents[1] / "data" / "pendaftaran-ikm-2026.xlsx"


def today() -> str:
    return timezone.localdate().isoformat()


def key() -> str:
    return str(uuid4())


def own_data(world) -> dict:
    """What an owner may change; the version is the one that the page showed."""
    return {"version": world.enterprise.version, "address": "Jl. Contoh No. 9", "employees_male": "15"}


def own_paper(world) -> dict:
    return {"key": key(), "kind": "iso9001", "number": "QMS-2", "issuer": f"Lembaga {world.enterprise.code}"}


def enterprise(world) -> dict:
    row = world.enterprise
    return {
        "version": row.version,
        "name": "Contoh Stamping Baru",
        "legal_form": row.legal_form,
        "nib": row.nib,
        "regency": row.regency_id,
    }


def registration(world) -> dict:
    return {
        "key": key(),
        "name": "Contoh Cor Baru",
        "legal_form": "cv",
        "regency": "33.28",
        "person_name": "Wulan",
        "person_phone": "0812 3456 7890",
        "has_consent": "on",
        "consent_channel": "Formulir kertas",
    }


def cohort(world) -> dict:
    return {
        "name": "Angkatan baru",
        "code": "angkatan-baru",
        "starts_on": "2027-01-11",
        "ends_on": "2027-12-17",
        "quota": "42",
    }


def next_criteria(world) -> dict:
    """The next version tolerates more; what differs was seen."""
    based_on = load_selection_form()
    form = CriteriaForm(based_on=based_on)
    values = {name: form[name].value() or "" for name in form.fields}
    seen = digest_of_criteria({**stored(based_on), "tolerance": 40})
    return {**values, "key": key(), "tolerance": "40", "dari": based_on.pk, "terbitkan": seen}


def next_figures(world) -> dict:
    """The next version asks one figure more; what differs was seen."""
    load_indicators()
    based_on = newest_set()
    lines = [*lines_of(based_on)[:9], Line(IndicatorFactory(code="baru").code, "yearly", "past")]
    form = IndicatorSetForm(lines=lines, name="Angka baru")
    values = {name: form[name].value() or "" for name in form.fields if form[name].value() is not False}
    return {**values, "key": key(), "dari": based_on.pk, "terbitkan": digest(lines)}


def copied_cohort(world) -> dict:
    return {
        "key": key(),
        "name": "Angkatan salinan",
        "code": "angkatan-salinan",
        "starts_on": "2027-01-11",
        "keep_weekdays": "on",
        "versions": "sama",
        "simpan": "1",
    }


def other_versions(world) -> dict:
    """Another version of everything, accepted with a reason."""
    return {
        "curriculum": CurriculumFactory().pk,
        "rubric": RubricFactory().pk,
        "scheme": ClassSchemeFactory().pk,
        "indicators": load_indicators().pk,
        "reason": "Keputusan rapat",
        "terima": "1",
    }


def ready_to_hand_in(world) -> dict:
    """The mentor's draft with every item scored, which is what can be handed in."""
    fill(world.draft_assessment, 3)
    return {"recommendation": "Lanjutkan"}


def beginning(world) -> dict:
    CohortRubricFactory(cohort=world.cohort)
    return {"enrolment": world.enrolment.pk, "kind": "baseline", "visited_on": today()}


def weakness(world) -> dict:
    due = timezone.localdate() + timedelta(days=30)
    return {
        "enterprise": world.enrolment.enterprise.code,
        "problem": "Tidak ada pengaman",
        "due_on": due.isoformat(),
    }


def sheet(world) -> dict:
    file = SimpleUploadedFile("pendaftaran.xlsx", WORKBOOK.read_bytes())
    return {"key": key(), "cohort": world.cohort.code, "file": file}


FORMS = {
    "accounts:invite": lambda world: {
        "full_name": "Orang Baru",
        "email": "baru@contoh.id",
        "role": "mentor",
        "organisation": OrganisationFactory().pk,
    },
    "accounts:add_organisation": lambda world: {"name": "Lembaga Baru", "short_name": "LB", "kind": "other"},
    "accounts:edit_organisation": lambda world: {"name": "Lembaga Lain", "short_name": "LL", "kind": "other"},
    "participants:add": registration,
    "participants:edit": enterprise,
    "participants:edit_my_enterprise": own_data,
    "participants:new_selection_form": next_criteria,
    "participants:resend_links": lambda world: {"email": world.application.email},
    "participants:new_indicator_set": next_figures,
    "participants:edit_kbli": lambda world: {"words": "knalpot, jok"},
    "participants:add_indicator": lambda world: {
        "key": key(),
        "code": "energy_use",
        "name": "Pemakaian listrik",
        "name_en": "Electricity",
        "question": "Berapa kWh sebulan?",
        "question_en": "How many kWh a month?",
        "unit": "own",
    },
    "participants:add_person": lambda world: {"key": key(), "full_name": "Sari", "position": "finance"},
    "participants:edit_person": lambda world: {
        "full_name": "Pemilik Berganti Nama",
        "position": "owner",
        "is_primary": "on",
        "is_active": "on",
    },
    "participants:add_document": lambda world: {"key": key(), "kind": "iso9001", "number": "QMS-1"},
    "participants:my_documents": own_paper,
    "participants:replace_document": lambda world: {"key": key(), "number": "QMS-3"},
    "participants:remove_document": lambda world: {"reason": "Salah unggah"},
    "participants:add_item": lambda world: {"key": key(), "kind": "Mesin bubut", "count": "1"},
    "participants:edit_item": lambda world: {"kind": "Mesin press besar", "count": "3"},
    "participants:edit_capability": lambda world: {"tolerance_mm": "0,05", "shift_count": "1"},
    "participants:add_kbli": lambda world: {"kbli": "25920"},
    "participants:add_photo": lambda world: {
        "key": key(),
        "photo": picture(),
        "subject": "workshop",
        "caption": "Bengkel dari depan",
    },
    "participants:edit_photo": lambda world: {"caption": "Lini press tiga"},
    "participants:record_figures": lambda world: {world.indicator_line.indicator.code: "7"},
    "participants:my_figures": lambda world: {world.indicator_line.indicator.code: "7"},
    "participants:add_figure": lambda world: {"year": "2024", "annual_sales": "7.400.000.000"},
    "participants:add_consent": lambda world: {"purpose": "publicity", "channel": "Formulir kertas"},
    "participants:edit_cohort": lambda world: {**cohort(world), "code": world.cohort.code},
    "dashboard:add_cohort": lambda world: {**cohort(world), "key": key()},
    "dashboard:first_cohort": lambda world: {**cohort(world), "key": key()},
    "dashboard:cohort_pins": other_versions,
    "dashboard:clone_cohort": copied_cohort,
    "participants:move_enrolment": lambda world: {
        "status": "on_leave",
        "on": today(),
        "reason": "Pabrik direnovasi",
    },
    "participants:finish_follow_up": lambda world: {"note": "Masih memasok dua pembeli"},
    "participants:assign_mentor": lambda world: {"mentor": world.other_mentor.pk, "starts_on": today()},
    "participants:upload": sheet,
    "participants:decide_application": lambda world: {
        "outcome": "waiting",
        "seen": "in_review",
        "reason": "Tempat sudah penuh",
        "note": "Menunggu tempat kosong",
    },
    "participants:review_application": lambda world: {
        "recommendation": "accept",
        "remark": "Siap belajar",
        **{f"nilai_{code}": str(score) for code, score in scores(3).items()},
    },
    "assessments:start": beginning,
    "assessments:check": ready_to_hand_in,
    "assessments:areas": lambda world: {"key": key(), "kind": "", "name": "Lini 2", "weight": "1"},
    "assessments:area": lambda world: {"kind": "", "name": "Gudang A", "weight": "2"},
    "assessments:add_finding": weakness,
}

# addresses that take a post and change nothing by it; each with its reason
NO_ACT = {
    "assessments:decision": "a post comes back from the check page with what was typed",
}

PAGES = {row.name: row for row in TABLE if row.method == "get" and not row.query}
ACTS = [replace(PAGES[name], method="post", code=302, data=data) for name, data in FORMS.items()]
POSTS = [row for row in TABLE if row.method == "post"] + ACTS

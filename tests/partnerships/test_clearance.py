"""Supply clearance rule by rule (domain.md §5.3)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from partnerships import clearance
from partnerships.clearance import Facts, Paper, Proof, Rule

DAY = date(2026, 11, 24)
READY = Facts(
    class_level=3,
    modules_passed=frozenset(clearance.NEEDED_MODULES),
    open_critical_findings=0,
    papers=dict.fromkeys(clearance.MANDATORY_DOCUMENTS, Paper.VALID),
    sample_approved_on=DAY,
)


def test_everything_met_is_ready():
    judgement = clearance.judge(READY, DAY)
    assert (judgement.status, judgement.unmet) == ("ready", [])
    assert len(judgement.checks) == 1 + 5 + 1 + 4 + 1


@pytest.mark.parametrize("level, status", [(None, "not_ready"), (2, "not_ready"), (3, "ready"), (4, "ready")])
def test_class_must_be_l3_or_above(level, status):
    assert clearance.judge(replace(READY, class_level=level), DAY).status == status


@pytest.mark.parametrize("module", clearance.NEEDED_MODULES)
def test_each_needed_module_must_be_passed(module):
    judgement = clearance.judge(replace(READY, modules_passed=READY.modules_passed - {module}), DAY)
    assert judgement.status == "not_ready"
    assert clearance.unmet_in_words(judgement.unmet[0].stored()) == f"Modul {module} belum lulus"


def test_marketing_is_not_needed():
    assert "PSR" not in clearance.NEEDED_MODULES


@pytest.mark.parametrize("count, status", [(0, "ready"), (1, "not_ready")])
def test_no_critical_finding_may_be_open(count, status):
    assert clearance.judge(replace(READY, open_critical_findings=count), DAY).status == status


@pytest.mark.parametrize("kind", clearance.MANDATORY_DOCUMENTS)
@pytest.mark.parametrize("paper, status", [(Paper.EXPIRED, "conditional"), (Paper.MISSING, "not_ready")])
def test_a_paper_that_ran_out_makes_it_conditional(kind, paper, status):
    judgement = clearance.judge(replace(READY, papers={**READY.papers, kind: paper}), DAY)
    assert judgement.status == status
    assert [check.rule for check in judgement.unmet] == [Rule.DOCUMENT]


def test_a_lapse_beside_another_gap_is_not_conditional():
    facts = replace(READY, papers={**READY.papers, "bpjs": Paper.EXPIRED}, class_level=2)
    assert clearance.judge(facts, DAY).status == "not_ready"


@pytest.mark.parametrize("days, status", [(-1, "ready"), (0, "ready"), (1, "not_ready")])
def test_the_sample_must_be_approved_by_the_day(days, status):
    facts = replace(READY, sample_approved_on=DAY + timedelta(days=days))
    assert clearance.judge(facts, DAY).status == status
    assert clearance.judge(replace(READY, sample_approved_on=None), DAY).status == "not_ready"


@pytest.mark.parametrize(
    "validity, paper",
    [
        ([], Paper.MISSING),
        ([(None, None)], Paper.VALID),
        ([(None, DAY)], Paper.VALID),
        ([(None, DAY - timedelta(days=1))], Paper.EXPIRED),
        ([(DAY, None)], Paper.VALID),
        ([(DAY + timedelta(days=1), None)], Paper.MISSING),
        ([(None, DAY - timedelta(days=1)), (DAY, DAY)], Paper.VALID),
    ],
)
def test_a_paper_is_valid_on_its_first_and_last_day(validity, paper):
    assert clearance.paper_on([Proof(*days) for days in validity], DAY) is paper


def test_every_unmet_rule_is_said_in_words():
    nothing = Facts(None, frozenset(), 2, {"nib": Paper.EXPIRED})
    words = [clearance.unmet_in_words(check.stored()) for check in clearance.judge(nothing, DAY).unmet]
    assert words == [
        "Belum ada kelas; perlu Pra-Mandiri atau lebih",
        "Modul BM belum lulus", "Modul 5R belum lulus", "Modul K3L belum lulus",
        "Modul TEK belum lulus", "Modul KEU belum lulus",
        "2 temuan kritis masih terbuka",
        "NIB sudah habis masa berlakunya", "NPWP belum ada", "Persetujuan lingkungan belum ada", "BPJS belum ada",
        "Sampel belum disetujui pembeli ini",
    ]  # fmt: skip
    assert all(clearance.rule_in_words(check.rule, check.subject) for check in clearance.checks(nothing, DAY))

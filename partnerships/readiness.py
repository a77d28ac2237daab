"""What supply clearance needs to know of an IKM, read for many at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from assessments.models import Finding
from participants.models import Document, Enterprise
from partnerships.clearance import (
    MANDATORY_DOCUMENTS,
    NEEDED_MODULES,
    Facts,
    Judgement,
    Paper,
    Proof,
    judge,
    paper_on,
)
from partnerships.models import Buyer, SupplyClearance
from trainings.models import Module
from trainings.progress import passed_modules_of


def facts_of(enterprises: Iterable[Enterprise], day: date) -> dict[UUID, Facts]:
    """Return, by the id of each enterprise, what is known of it on the day; the sample is the buyer's to add.

    A NIB or NPWP number in the registry stands for its paper. The number of queries is fixed.
    """
    enterprises = list(enterprises)
    passed = passed_modules_of(enterprises)
    critical = open_critical_findings(enterprises)
    proofs = proofs_of(enterprises)
    modules = needed_modules_of(enterprises)
    return {
        enterprise.pk: Facts(
            class_level=enterprise.class_level,
            modules_passed=frozenset(passed[enterprise.pk]),
            open_critical_findings=len(critical[enterprise.pk]),
            papers=papers_on(proofs[enterprise.pk], day),
            needed_modules=modules[enterprise.pk] or NEEDED_MODULES,
            proofs=proofs[enterprise.pk],
            finding_codes=critical[enterprise.pk],
        )
        for enterprise in enterprises
    }


def judgements(
    enterprises: Iterable[Enterprise], buyers: Iterable[Buyer], day: date
) -> dict[tuple[UUID, UUID], tuple[Judgement, date | None]]:
    """Return, by the ids of IKM and buyer, the judgement of the day and when the sample was approved.

    Judged afresh from the evidence, not read from the stored rows; nothing is written.
    """
    enterprises, buyers = list(enterprises), list(buyers)
    facts = facts_of(enterprises, day)
    samples = {
        (row.enterprise_id, row.buyer_id): row.sample_approved_on
        for row in SupplyClearance.objects.filter(enterprise__in=enterprises, buyer__in=buyers)
    }
    return {
        (enterprise.pk, buyer.pk): (judge(with_sample(facts[enterprise.pk], sample), day), sample)
        for enterprise in enterprises
        for buyer in buyers
        for sample in [samples.get((enterprise.pk, buyer.pk))]
    }


def with_sample(facts: Facts, approved_on: date | None) -> Facts:
    """Return the facts of an IKM with this buyer's approval of its sample."""
    return replace(facts, sample_approved_on=approved_on)


def open_critical_findings(enterprises: list[Enterprise]) -> dict[UUID, list[str]]:
    """Return the codes of the critical findings each IKM has open."""
    codes: dict[UUID, list[str]] = defaultdict(list)
    rows = Finding.objects.open().critical().filter(enterprise__in=enterprises).order_by()
    for enterprise, code in rows.values_list("enterprise", "code"):
        codes[enterprise].append(code)
    return codes


def proofs_of(enterprises: list[Enterprise]) -> dict[UUID, dict[str, list[Proof]]]:
    """Return the papers of each mandatory kind, oldest first; a number in the registry is one without days."""
    proofs: dict[UUID, dict[str, list[Proof]]] = {
        enterprise.pk: {kind: [] for kind in MANDATORY_DOCUMENTS} for enterprise in enterprises
    }
    rows = Document.objects.kept().filter(enterprise__in=enterprises, kind__in=MANDATORY_DOCUMENTS)
    values = rows.order_by("id").values_list("enterprise", "kind", "issued_on", "expires_on", "id")
    for owner, kind, issued, expires, pk in values:
        proofs[owner][kind].append(Proof(issued, expires, str(pk)))
    for enterprise in enterprises:
        for kind in ("nib", "npwp"):
            if getattr(enterprise, kind):
                proofs[enterprise.pk][kind].append(Proof())
    return proofs


def papers_on(proofs: Mapping[str, Sequence[Proof]], day: date) -> dict[str, Paper]:
    return {kind: paper_on(proofs[kind], day) for kind in MANDATORY_DOCUMENTS}


def papers_of(enterprises: list[Enterprise], day: date) -> dict[UUID, dict[str, Paper]]:
    """Return the state of each mandatory paper of each IKM on the day."""
    return {pk: papers_on(own, day) for pk, own in proofs_of(enterprises).items()}


def needed_modules_of(enterprises: list[Enterprise]) -> dict[UUID, list[str]]:
    """Return the modules that the curricula of each IKM's cohorts call necessary for supply, in their order."""
    codes: dict[UUID, list[str]] = defaultdict(list)
    path = "curriculum__cohort_pins__cohort__enrolments__enterprise"
    rows = Module.objects.filter(needed_for_supply=True, **{f"{path}__in": enterprises})
    for enterprise, code in rows.order_by("order").values_list(path, "code"):
        if code not in codes[enterprise]:
            codes[enterprise].append(code)
    return codes

"""Which part of the programme an event belongs to, by its verb. Pure; the words are for the filter."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.timeline_words import SENTENCES


class Part(models.TextChoices):
    """A part of an enterprise's story, in the order in which it lives through them."""

    REGISTRY = "registrasi", _("Registrasi dan data usaha")
    COHORT = "angkatan", _("Kepesertaan dan tindak lanjut")
    TRAINING = "pelatihan", _("Pelatihan")
    ASSESSMENT = "penilaian", _("Penilaian dan naik kelas")
    SUPPLY = "pasokan", _("MoU dan pasokan")
    OTHER = "lain", _("Lain-lain")


# the words before the dot of a verb; what stands nowhere here belongs to OTHER
KINDS: dict[str, Part] = {
    **dict.fromkeys(
        (
            "application", "applicationreview", "enterprise", "person", "annualfigure", "document", "consent",
            "indicatoranswer", "machine", "material", "measuringtool", "product", "capability", "photo",
        ),
        Part.REGISTRY,
    ),
    **dict.fromkeys(("enrolment", "followup", "mentor"), Part.COHORT),
    **dict.fromkeys(
        (
            "attendance", "testresult", "certificate", "trainingsession", "correctionrequest", "excuse", "guest",
            "reminder", "signal", "warning", "factoryaction", "makeupseat", "visit", "attempt",
        ),
        Part.TRAINING,
    ),
    **dict.fromkeys(
        (
            "assessment", "finding", "planitem", "classdecision", "objection", "decisioncondition", "scorecard",
            "secondassessment", "visitcall",
        ),
        Part.ASSESSMENT,
    ),
    **dict.fromkeys(
        (
            "agreement", "agreement_party", "agreementparty", "order", "purchaseorder", "schedule", "delivery",
            "complaint", "invoice", "payment", "clearance", "sample", "milestone", "stall", "review",
            "confirmation_link", "financing", "buyer_scorecard",
        ),
        Part.SUPPLY,
    ),
}  # fmt: skip


def part_of(verb: str) -> Part:
    """Return the part an event belongs to."""
    if verb == "enterprise.class_changed":  # what the class board decided
        return Part.ASSESSMENT
    return KINDS.get(verb.partition(".")[0], Part.OTHER)


def verbs_of(part: Part) -> list[str]:
    """Return the verbs of a part that have a sentence."""
    return [verb for verb in SENTENCES if part_of(verb) is part]

"""Who may open what: what an enterprise makes, its figures, papers and consents."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.participants import KNOWING, NOT_KNOWING, OWNERS, enterprise
from tests.access.table import Row
from tests.factories.capability import jpeg

# the enterprise's owner and staff change it; another owner must not learn of it
CHANGING = {"allowed": "staff owner", "hidden": "other_owner"}


def item(world):
    return [world.machine.enterprise.code, "mesin", world.machine.pk]


def kind(world):
    return [world.enrolment.enterprise.code, "mesin"]


def photo(world):
    return [world.photo.enterprise.code, world.photo.pk]


def paper(world):
    return [world.document.enterprise.code, world.document.pk]


def kbli(world):
    return [world.kbli_link.enterprise.code, world.kbli_link.pk]


def purpose(world):
    return [world.consent.purpose]


def both_owners(world):
    return world.enrolment, world.other_enterprise


ROWS: list[Row] = [
    Row("participants:capability", args=enterprise, allowed=KNOWING, hidden=NOT_KNOWING),
    Row("participants:confirm_capability", "post", args=enterprise, code=302, **CHANGING),
    Row("participants:confirm_line", "post", args=item, code=302, **CHANGING),
    Row("participants:edit_capability", args=enterprise, **CHANGING),
    Row("participants:add_item", args=kind, **CHANGING),
    Row("participants:edit_item", args=item, **CHANGING),
    Row("participants:remove_item", args=item, **CHANGING),
    Row("participants:remove_item", "post", args=item, code=302, **CHANGING),
    Row("participants:add_kbli", args=enterprise, **CHANGING),
    Row("participants:remove_kbli", args=kbli, **CHANGING),
    Row("participants:remove_kbli", "post", args=kbli, code=302, **CHANGING),
    Row("participants:add_photo", args=enterprise, **CHANGING),
    Row("participants:edit_photo", args=photo, **CHANGING),
    Row("participants:put_photo_first", "post", args=photo, code=302, **CHANGING),
    Row("participants:remove_photo", args=photo, **CHANGING),
    Row("participants:remove_photo", "post", args=photo, code=302, **CHANGING),
    Row("participants:photo", args=lambda world: [world.photo.pk], allowed=KNOWING, hidden=NOT_KNOWING),
    Row("participants:photo_small", args=lambda world: [world.photo.pk], allowed=KNOWING, hidden=NOT_KNOWING),
    Row("participants:replace_document", args=paper, **CHANGING),
    Row("participants:remove_document", args=paper, **CHANGING),
    # figures
    Row("participants:record_figures", args=enterprise, allowed="staff mentor", hidden="other_mentor"),
    Row("participants:my_figures", allowed=OWNERS, before=both_owners),
    # consents
    Row(
        "participants:consent_receipt",
        args=lambda world: [world.consent.pk],
        allowed=KNOWING,
        hidden=NOT_KNOWING,
        before=lambda world: world.enrolment,
    ),
    Row("participants:my_consents", allowed=OWNERS, before=both_owners),
    Row(
        "participants:give_own_consent",
        "post",
        args=lambda world: ["publicity"],
        allowed=OWNERS,
        code=302,
        before=both_owners,
    ),
    Row(
        "participants:withdraw_own_consent",
        args=purpose,
        allowed="owner",
        hidden="other_owner",
        before=both_owners,
    ),
    Row(
        "participants:withdraw_own_consent",
        "post",
        args=purpose,
        allowed="owner",
        hidden="other_owner",
        code=302,
        before=both_owners,
    ),
]


def picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("foto.jpg", jpeg("darkorange"), "image/jpeg")

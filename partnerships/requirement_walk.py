"""Where the lines of a requirement lead their reader: the check item in the rubric, the complaints about the line."""

from uuid import UUID

from assessments.models import Rubric
from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from partnerships.complaint_walk import item_path
from partnerships.models import Complaint, Requirement, RequirementLine


def complaints_by_line(requirement: Requirement, user: User) -> dict[UUID, list[dict]]:
    """Return the complaints about each line that the reader may know of, newest first, with the IKM's check item."""
    rows = Complaint.objects.visible_to(user).filter(requirement_line__requirement=requirement)
    found: dict[UUID, list[dict]] = {}
    for one in rows.select_related("enterprise", "criterion").order_by("-raised_on"):
        path = item_path(one.enterprise.code, one.criterion.code, user) if one.criterion else ""
        found.setdefault(one.requirement_line_id, []).append({"complaint": one, "item_path": path})
    return found


def rubric_paths(lines: list[RequirementLine], user: User) -> dict[UUID, str]:
    """Return where the rubric words each asked check item; nothing for whom the rubric is not."""
    asked = [line for line in lines if line.kind == RequirementLine.Kind.CRITERION]
    if not asked or not user.may(Permission.RUBRIC_VIEW):
        return {}
    rubric = Rubric.objects.newest()
    return {line.pk: f"{rubric.get_absolute_url()}#{line.subject}" for line in asked} if rubric else {}

"""Impossible confirmations of a line of a profile."""

from participants.models import LineConfirmation, Process
from tests.factories.participants import EnterpriseFactory
from tests.guards.rows import again, change, one

VIOLATIONS = {
    "line_confirmation_is_of_one_line": lambda: change(one(LineConfirmation), machine=None),
    "process_is_confirmed_once_per_enterprise": lambda: again(of_a_process()),
}


def of_a_process() -> LineConfirmation:
    return one(LineConfirmation, machine=None, process=one(Process), enterprise=EnterpriseFactory())

"""Impossible rows of the steps of an import."""

from participants.models import ColumnLayout, ImportBatch, ImportWork
from tests.guards.rows import MOMENT, change, one

VIOLATIONS = {
    "import_is_undone_with_its_time": lambda: change(one(ImportBatch), undone_at=MOMENT),
    "import_work_running_has_a_lease": lambda: change(one(ImportWork), status="running"),
    "import_work_failure_has_a_reason": lambda: change(one(ImportWork), status="failed"),
    "import_work_done_is_part_of_all": lambda: change(one(ImportWork), done=601),
    "import_work_step_is_known": lambda: change(one(ImportWork), step="rest"),
    "import_work_status_is_known": lambda: change(one(ImportWork), status="lost"),
    "import_work_language_is_known": lambda: change(one(ImportWork), language="nl"),
    "column_layout_has_a_key": lambda: change(one(ColumnLayout), key=""),
}

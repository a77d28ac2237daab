"""What a few IKM do with their plan after the last assessment: begun, reported, sent back, closed, given up."""

from datetime import timedelta

from assessments.actions import (
    change_plan_item,
    close_plan_item,
    drop_plan_item,
    report_plan_item,
    return_plan_item,
    start_plan_item,
)
from assessments.models import PlanItem
from closedloop.demonstration.findings import worker
from closedloop.demonstration.show import Show, Story
from closedloop.demonstration.tables import EnterpriseRow, enterprises

# IKM, and days ago on which they begin
FOLLOWED = {"Nira Stamping Utama": 26, "Gemilang Baut": 24, "Sentra Busing": 22}


def plans(show: Show) -> None:
    """Tell what became of the first items of these plans."""
    for row in enterprises():
        if row.name in FOLLOWED:
            show.tell(first_items(show, row, FOLLOWED[row.name]))


def first_items(show: Show, row: EnterpriseRow, day: int) -> Story:
    """Five items, the most useful first; the others wait."""
    yield show.at(day, "08.45")
    items = PlanItem.objects.filter(enterprise=show.cast.enterprises[row.name]).open().by_gain()
    chosen = list(items.select_related("criterion", "enterprise")[:5])
    owner, mentor = worker(show, row), show.cast.users[row.mentor]
    for item in chosen[:2]:
        change_plan_item(
            item,
            action="",
            responsible="Kepala produksi",
            due_on=show.today + timedelta(days=30),
            evidence_wanted="Foto dari tempat yang sama",
            by=mentor,
        )
    for item in chosen[:4]:
        start_plan_item(item, by=owner)
    yield show.at(day - 8, "16.10")
    for item in chosen[1:4]:
        report_plan_item(item, "Sudah dijalankan di semua meja kerja sejak minggu lalu.", by=owner)
    yield show.at(day - 10, "10.30")
    for item in chosen[2:3]:
        return_plan_item(item, "Baru satu meja yang memakai lembar periksa.", by=mentor)
    for item in chosen[3:4]:
        close_plan_item(item, by=mentor)
    for item in chosen[4:]:
        drop_plan_item(item, "Lini ini pindah ke gedung baru bulan depan.", by=mentor)

"""The office prepares the next version of the curriculum; nobody follows it yet."""

from closedloop.demonstration.show import Show, Story
from trainings.actions import add_module, add_question, change_module, start_version


def next_version(show: Show) -> Story:
    """A draft beside the current and the older version: more hours for 5R, and a module on drawings."""
    yield show.at(12, "10.10")
    staff = show.cast.staff
    draft = start_version(show.cast.curricula["angkatan-6"], by=staff)
    change_module(draft.modules.get(code="5R"), by=staff, lesson_hours=20, action_required=True)
    yield show.at(11, "14.00")
    drawings = add_module(
        draft,
        by=staff,
        code="GBR",
        name="Membaca Gambar Teknik",
        name_en="Reading technical drawings",
        lesson_hours=8,
        prerequisite=draft.modules.get(code="TEK"),
        outcomes="Membaca tiga pandangan sebuah komponen\nMenemukan ukuran kritis di gambar pembeli",
        outcomes_en="Read three views of a part\nFind the critical dimensions on a buyer's drawing",
        needed_for_supply=False,
    )
    add_question(
        drawings,
        by=staff,
        text="Garis putus-putus tipis pada gambar teknik biasanya menunjukkan …",
        text_en="A thin dashed line on a technical drawing usually shows …",
        choices=["Tepi yang tersembunyi", "Garis ukur", "Batas kertas", "Arah pemotongan"],
        choices_en=["A hidden edge", "A dimension line", "The edge of the paper", "The direction of cutting"],
        correct=0,
    )

"""Impossible rows of what an enterprise makes and of the figures it is asked for."""

from participants.models import (
    Capability,
    Consent,
    Document,
    Indicator,
    IndicatorAnswer,
    IndicatorLine,
    IndicatorSet,
    Machine,
    Material,
    MeasuringTool,
    Photo,
)
from tests.guards.rows import again, change, one

VIOLATIONS = {
    "capability_tolerance_is_positive": lambda: change(one(Capability), tolerance_mm=0),
    "capability_shifts_fit_a_day": lambda: change(one(Capability), shift_count=5),
    "capability_days_fit_a_week": lambda: change(one(Capability), days_per_week=8),
    "machine_has_a_kind": lambda: change(one(Machine), kind=""),
    "machine_is_there": lambda: change(one(Machine), count=0),
    "machine_year_is_plausible": lambda: change(one(Machine), year=1899),
    "machine_capacity_has_its_unit": lambda: change(one(Machine), capacity_unit=""),
    "material_has_a_name": lambda: change(one(Material), name=""),
    "material_once_per_enterprise": lambda: again(one(Material)),
    "measuring_tool_has_a_name": lambda: change(one(MeasuringTool), name=""),
    "measuring_tool_is_there": lambda: change(one(MeasuringTool), count=0),
    "measuring_tool_accuracy_is_positive": lambda: change(one(MeasuringTool), accuracy_mm=0),
    "photo_subject_is_known": lambda: change(one(Photo), subject="cat"),
    "photo_says_what_it_shows": lambda: change(one(Photo), caption=""),
    "photo_once_per_enterprise": lambda: again(one(Photo)),
    "document_is_removed_by_somebody_for_a_reason": lambda: change(
        one(Document), removed_at="2026-05-05T00:00Z"
    ),
    "consent_text_is_in_a_language_of_ours": lambda: change(one(Consent), language="nl"),
    "indicator_unit_is_known": lambda: change(one(Indicator), unit="miles"),
    "indicator_source_is_known": lambda: change(one(Indicator), source="rumour"),
    "indicator_set_version_is_unique": lambda: again(one(IndicatorSet)),
    "indicator_once_per_set": lambda: again(one(IndicatorLine), order=2),
    "indicator_place_once_per_set": lambda: again(one(IndicatorLine), indicator=one(Indicator)),
    "indicator_set_has_at_most_ten": lambda: change(one(IndicatorLine), order=11),
    "indicator_frequency_is_known": lambda: change(one(IndicatorLine), frequency="daily"),
    "indicator_time_is_known": lambda: change(one(IndicatorLine), about="future"),
    "one_answer_per_time": lambda: again(one(IndicatorAnswer), is_baseline=False),
    "one_baseline_answer_per_indicator": lambda: again(one(IndicatorAnswer), year=2027),
    "answer_is_a_value_a_range_or_unknown": lambda: change(one(IndicatorAnswer), is_unknown=True),
    "answer_is_not_negative": lambda: change(one(IndicatorAnswer), value=-1),
    "answer_range_is_in_order": lambda: change(one(IndicatorAnswer), value=None, low=9, high=2),
    "answer_is_about_a_plausible_time": lambda: change(one(IndicatorAnswer), quarter=5),
    "answer_channel_is_known": lambda: change(one(IndicatorAnswer), channel="rumour"),
}

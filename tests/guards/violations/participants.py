"""Impossible rows of the registry."""

from datetime import date, timedelta

from participants.models import (
    AnnualFigure,
    Cohort,
    Consent,
    Document,
    Enrolment,
    EnrolmentMove,
    Enterprise,
    EnterpriseKbli,
    EnterpriseMerge,
    FollowUp,
    ImportBatch,
    ImportRow,
    Kbli,
    MentorAssignment,
    NotDuplicate,
    Person,
    Process,
    Product,
    SavedView,
    SearchWord,
)
from tests.guards.rows import MOMENT, again, change, one


def two_baselines():
    first = one(AnnualFigure, is_baseline=True)
    again(first, year=first.year + 1)


def two_mentors():
    again(one(MentorAssignment), mentor=one(MentorAssignment).mentor)


def two_primary_activities():
    first = one(EnterpriseKbli, is_primary=True)
    again(first, kbli=one(Kbli))


def merged_into_itself():
    row = one(Enterprise)
    change(row, merged_into=row)


def of_one_record():
    row = one(EnterpriseMerge)
    change(row, other=row.survivor)


def hidden_twice():
    row = one(EnterpriseMerge)
    again(row, survivor=one(Enterprise))


def pair_out_of_order():
    row = one(NotDuplicate)
    change(row, first=row.second, second=row.first)


VIOLATIONS = {
    "enterprise_is_not_merged_into_itself": merged_into_itself,
    "merge_is_of_two_records": of_one_record,
    "merge_undone_with_its_time": lambda: change(one(EnterpriseMerge), undone_at=MOMENT),
    "one_merge_in_force_per_hidden_record": hidden_twice,
    "pair_is_judged_once": lambda: again(one(NotDuplicate)),
    "pair_is_two_records_in_order": pair_out_of_order,
    "pair_is_judged_with_a_reason": lambda: change(one(NotDuplicate), reason=""),
    "kbli_code_is_unique_in_its_version": lambda: again(one(Kbli)),
    "kbli_code_has_five_digits": lambda: change(one(Kbli), code="2910"),
    "kbli_version_is_known": lambda: change(one(Kbli), version="1999"),
    "process_has_a_name": lambda: change(one(Process), name=""),
    "one_follow_up_per_term": lambda: again(one(FollowUp)),
    "follow_up_is_done_whole": lambda: change(one(FollowUp), done_at=MOMENT),
    "enterprise_has_a_name": lambda: change(one(Enterprise), name=""),
    "enterprise_legal_form_is_known": lambda: change(one(Enterprise), legal_form="gmbh"),
    "enterprise_nib_has_13_digits": lambda: change(one(Enterprise), nib="912000000000"),
    "enterprise_npwp_has_16_digits": lambda: change(one(Enterprise), npwp="012345678901234"),
    "enterprise_nitku_has_22_digits": lambda: change(one(Enterprise), nitku="123"),
    "enterprise_postal_code_has_five_digits": lambda: change(one(Enterprise), postal_code="05218"),
    "enterprise_phone_is_e164": lambda: change(one(Enterprise), phone="0812 3456 7890"),
    "enterprise_founded_year_is_plausible": lambda: change(one(Enterprise), founded_year=1899),
    "enterprise_capital_is_not_negative": lambda: change(one(Enterprise), capital=-1),
    "enterprise_investment_is_not_negative": lambda: change(one(Enterprise), investment_value=-1),
    "enterprise_class_and_its_date_go_together": lambda: change(one(Enterprise), class_level=2),
    "kbli_once_per_enterprise": lambda: again(one(EnterpriseKbli)),
    "one_primary_kbli_per_enterprise": two_primary_activities,
    "product_once_per_enterprise": lambda: again(one(Product)),
    "product_has_a_name": lambda: change(one(Product), name=""),
    "one_annual_figure_per_year": lambda: again(one(AnnualFigure)),
    "one_baseline_per_enterprise": two_baselines,
    "annual_sales_are_not_negative": lambda: change(one(AnnualFigure), annual_sales=-1),
    "annual_figure_year_is_plausible": lambda: change(one(AnnualFigure), year=1989),
    "cohort_ends_after_it_starts": lambda: change(one(Cohort), ends_on=date(2026, 1, 12)),
    "cohort_quota_is_positive": lambda: change(one(Cohort), quota=0),
    "cohort_status_is_known": lambda: change(one(Cohort), status="paused"),
    "one_enrolment_per_cohort": lambda: again(one(Enrolment, status="withdrawn")),
    "one_open_enrolment_per_enterprise": lambda: again(one(Enrolment), cohort=one(Cohort)),
    "enrolment_status_is_known": lambda: change(one(Enrolment), status="lost"),
    "enrolment_move_changes_something": lambda: change(one(EnrolmentMove), before="active"),
    "leaving_and_pausing_need_a_reason": lambda: change(one(EnrolmentMove), after="withdrawn", reason=""),
    "one_present_mentor_per_enrolment": two_mentors,
    "mentor_assignment_ends_after_it_starts": lambda: change(
        one(MentorAssignment), ends_on=date(2026, 1, 11)
    ),
    "import_is_saved_with_its_time": lambda: change(one(ImportBatch), status="saved", saved_at=None),
    "import_status_is_known": lambda: change(one(ImportBatch), status="half"),
    "import_row_once_per_batch": lambda: again(one(ImportRow)),
    "import_error_names_its_problems": lambda: change(one(ImportRow), outcome="error", problems=[]),
    "import_outcome_is_known": lambda: change(one(ImportRow), outcome="maybe"),
    "person_has_a_name": lambda: change(one(Person), full_name=""),
    "person_position_is_known": lambda: change(one(Person), position="king"),
    "person_phone_is_e164": lambda: change(one(Person), phone="081234567890"),
    "one_primary_person_per_enterprise": lambda: again(one(Person), user=None),
    "one_person_per_account": lambda: again(one(Person), is_primary=False),
    "document_expires_after_issue": lambda: change(one(Document), expires_on=date(2025, 2, 28)),
    "document_kind_is_known": lambda: change(one(Document), kind="poem"),
    "one_consent_in_force_per_purpose": lambda: again(one(Consent)),
    "consent_withdrawn_after_it_was_given": lambda: change(
        one(Consent), given_at=MOMENT, withdrawn_at=MOMENT - timedelta(seconds=1)
    ),
    "consent_purpose_is_known": lambda: change(one(Consent), purpose="sale"),
    "saved_view_has_a_name": lambda: change(one(SavedView), name=""),
    "saved_view_holds_filters_only": lambda: change(one(SavedView), query="kelas=2&page=3"),
    "saved_view_name_once_per_owner": lambda: again(one(SavedView)),
    "search_word_is_a_word": lambda: change(one(SearchWord), word=""),
}

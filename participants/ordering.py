"""What the list of enterprises may be sorted by: every column it shows."""

from django.db.models import Case, Expression, F, IntegerField, OuterRef, Subquery, Value, When

from participants.models import Enrolment, MentorAssignment


def under_way_first() -> tuple:
    """The order in which the enrolment that the list shows of an enterprise is its first; Enterprise.present."""
    under_way = Case(
        When(status__in=Enrolment.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return under_way, "-status_since", "-id"


def present_enrolments(row=None):
    """The enrolments of a row, the one that the list shows first."""
    return Enrolment.objects.filter(enterprise=row or OuterRef("pk")).order_by(*under_way_first())


def cohort_start() -> Subquery:
    return Subquery(present_enrolments().values("cohort__starts_on")[:1])


def mentor_name() -> Subquery:
    """The name of who accompanies the present enrolment."""
    present = present_enrolments(OuterRef(OuterRef("pk"))).values("pk")[:1]
    mentors = MentorAssignment.objects.filter(enrolment=Subquery(present), ends_on=None).order_by()
    return Subquery(mentors.values("mentor__full_name")[:1])


# key in the address → what is sorted by
ORDERS = {
    "nama": lambda: F("name"),
    "wilayah": lambda: F("regency__name"),
    "angkatan": cohort_start,
    "kelas": lambda: F("class_level"),
    "nib": lambda: F("nib"),
    "mentor": mentor_name,
    "diperbarui": lambda: F("updated_at"),
}


def order_by(asked: str) -> list[Expression | str]:
    """Return the order that an address asks for, then the name, so that it is always the same; else nothing.

    What a row lacks stands last, whichever way one sorts.
    """
    column = ORDERS.get(asked.removeprefix("-"))
    if column is None:
        return []
    descending = asked.startswith("-")
    first = column().desc(nulls_last=True) if descending else column().asc(nulls_last=True)
    return [first, "name", "pk"]

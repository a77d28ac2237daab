"""A new cohort: what the form offers, and its beginning with a version of everything."""

from datetime import date, timedelta
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

import participants.actions
from closedloop.accounts.models import User
from closedloop.dashboard.pinning import set_pins
from closedloop.dashboard.pins import newest_pins
from participants.models import Cohort

MONDAY = 0
USUAL_LENGTH = timedelta(days=330)
USUAL_QUOTA = 20
LONGEST_CODE = 20


@transaction.atomic
def plan_cohort(*, by: User, **fields: Any) -> Cohort:
    """Plan a cohort that follows the newest published versions; the shipped ones are loaded where there are none.

    Raises ValidationError as create_cohort does.
    """
    if None in vars(newest_pins()).values():
        call_command("load_reference", verbosity=0)
    cohort = participants.actions.create_cohort(by=by, **fields)
    set_pins(cohort, newest_pins(), by=by)
    return cohort


def usual(today: date) -> dict[str, Any]:
    """Return a start that most programmes could keep: the next number and Monday, eleven months, twenty IKM."""
    starts_on = first_monday_after(today)
    number = Cohort.objects.count() + 1
    while Cohort.objects.filter(code=f"angkatan-{number}").exists():
        number += 1
    return {
        "name": _("Angkatan %(number)s") % {"number": number},
        "code": f"angkatan-{number}",
        "starts_on": starts_on,
        "ends_on": starts_on + USUAL_LENGTH,
        "quota": USUAL_QUOTA,
    }


def first_monday_after(day: date) -> date:
    return day + timedelta(days=7 - day.weekday() + MONDAY)


def code_from(name: str) -> str:
    """Return the code that a cohort of this name would have, with a number where another has it; "" for none."""
    stem = slugify(name)[:LONGEST_CODE].strip("-")
    code, number = stem, 2
    while stem and Cohort.objects.filter(code=code).exists():
        code = f"{stem[: LONGEST_CODE - len(str(number)) - 1]}-{number}"
        number += 1
    return code

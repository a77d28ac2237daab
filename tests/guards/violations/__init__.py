"""For every constraint, the row that it must refuse: {constraint: act}, one module per app.

An act makes a valid row first, then writes the impossible past forms and actions. Constraints of a single
`unique=True` field are tried by the test itself.
"""

from tests.guards.violations import (
    accounts,
    addenda,
    applications,
    assessments,
    complaints,
    core,
    holds,
    imports,
    ledger,
    line_confirmations,
    links,
    month_notices,
    participants,
    partnerships,
    records,
    regions,
    reports,
    requirements,
    schedules,
    supply,
    trainings,
    versions,
    visit_calls,
)

MODULES = [
    core,
    regions,
    accounts,
    applications,
    participants,
    records,
    imports,
    trainings,
    assessments,
    versions,
    partnerships,
    requirements,
    links,
    complaints,
    ledger,
    supply,
    holds,
    visit_calls,
    month_notices,
    line_confirmations,
    addenda,
    reports,
    schedules,
]
VIOLATIONS = {name: act for module in MODULES for name, act in module.VIOLATIONS.items()}

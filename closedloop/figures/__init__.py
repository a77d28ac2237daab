"""Every number shown anywhere: its name, its unit, its definition, its query and the page behind it.

Screen, PDF, spreadsheet and verification page call the same functions, so they cannot disagree:

    from closedloop.figures import catalogue as figures
    figures.value("attendance.rate", Scope(user=user, cohort=cohort))
    figures.collect(["attendance.rate", "money.accepted"], scope)      # few queries for many figures

A new figure is a function under `@figure(...)` in the module of its subject.
"""

"""What the registry holds, as numbers that can be compared before and after."""

from django.db import connection

TABLES = (
    "enterprise",
    "enterprisekbli",
    "enterprise_processes",
    "product",
    "person",
    "annualfigure",
    "consent",
    "document",
    "enrolment",
    "enrolmentmove",
    "cohort",
    "kbli",
)


def checksums() -> dict[str, tuple]:
    """The number of rows of each table of the registry and a checksum over all they hold."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(
                f"SELECT count(*), md5(string_agg(row::text, '' ORDER BY row.id)) FROM participants_{table} row"
            )
            found[table] = cursor.fetchone()
    return found

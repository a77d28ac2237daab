"""Pairs of records that may be one enterprise, found by the database: same telephone, same taxpayer, near name.

Names are near when one slip of the pen lies between them, as an import sees it (duplicates.near_keys), or when
they share a word and most of their letters in threes. Only names of one regency are compared, and never those
whose digits differ: unit 1 is not unit 2.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from participants.duplicates import SHORTEST_NEAR_NAME

# how alike two names that share a word must be, by pg_trgm; "mutiara knalpot" and "mutiara knalpot jaya" are 0.76
LIKENESS = 0.6
# a word that more names of a regency share says nothing
COMMON_WORD = 12
# a telephone that more records give is an adviser's, and says nothing
COMMON_PHONE = 6

REASONS = ("same_taxpayer", "same_phone", "near_name")

# the candidates of each reason meet by equality, so that the work grows with the rows and not with their square
PAIRS = """
WITH live AS MATERIALIZED (
    SELECT id, npwp, nitku, phone, lower(name) AS name,
           regency_id || '/' || regexp_replace(name, '[^0-9]+', '', 'g') || '/' AS place,
           regexp_replace(lower(name), '[^[:alpha:]]+', '', 'g') AS letters
    FROM participants_enterprise WHERE merged_into_id IS NULL
), keys AS (
    SELECT id, hashtextextended(place || letters, 0) AS key FROM live
    UNION ALL
    SELECT id, hashtextextended(place || overlay(letters placing '' from at for 1), 0)
    FROM live, generate_series(1, length(letters)) AS at
    WHERE length(letters) >= %(shortest)s
), words AS MATERIALIZED (
    SELECT id, hashtextextended(place || word, 0) AS word
    FROM live, string_to_table(name, ' ') AS word WHERE length(word) >= 4
), phones AS MATERIALIZED (
    SELECT id, phone FROM live WHERE phone <> ''
    UNION
    SELECT enterprise_id, phone FROM participants_person
    WHERE phone <> '' AND is_active AND enterprise_id IN (SELECT id FROM live)
), taxpayers AS MATERIALIZED (
    SELECT id, left(npwp, 10) AS taxpayer FROM live WHERE npwp LIKE '0%%'
    UNION
    SELECT id, left(nitku, 10) FROM live WHERE nitku LIKE '0%%'
), groups AS (
    SELECT array_agg(DISTINCT id) AS ids, 'near_name' AS reason, 0.0 AS likeness
    FROM keys GROUP BY key HAVING count(*) > 1
    UNION ALL
    SELECT array_agg(DISTINCT id), 'near_name', %(likeness)s
    FROM words GROUP BY word HAVING count(*) BETWEEN 2 AND %(word)s
    UNION ALL
    SELECT array_agg(id), 'same_phone', 0.0
    FROM phones GROUP BY phone HAVING count(*) BETWEEN 2 AND %(phone)s
    UNION ALL
    SELECT array_agg(id), 'same_taxpayer', 0.0 FROM taxpayers GROUP BY taxpayer HAVING count(*) > 1
), paired AS (
    SELECT DISTINCT first, second, reason, likeness
    FROM groups, unnest(ids) AS first, unnest(ids) AS second WHERE first < second
), found AS (
    SELECT first, second, reason
    FROM paired
    JOIN participants_enterprise a ON a.id = first
    JOIN participants_enterprise b ON b.id = second
    WHERE likeness = 0.0 OR similarity(a.name, b.name) >= likeness
)
SELECT first, second, array_agg(DISTINCT reason), count(*) OVER () AS total
FROM found
WHERE NOT EXISTS (
    SELECT 1 FROM participants_notduplicate judged
    WHERE judged.first_id = found.first AND judged.second_id = found.second
)
GROUP BY first, second
ORDER BY bool_or(reason = 'same_taxpayer') DESC, count(DISTINCT reason) DESC,
         bool_or(reason = 'same_phone') DESC, first DESC, second
LIMIT %(limit)s OFFSET %(offset)s
"""


@dataclass(frozen=True)
class Pair:
    """Two records by their ids, the lower first, and why they are alike."""

    first: UUID
    second: UUID
    reasons: tuple[str, ...]


def open_pairs(*, limit: int, offset: int = 0) -> tuple[list[Pair], int]:
    """Return so many pairs that nobody has judged yet, the surest first, and how many there are in all."""
    values = {
        "shortest": SHORTEST_NEAR_NAME,
        "word": COMMON_WORD,
        "phone": COMMON_PHONE,
        "likeness": LIKENESS,
        "limit": limit,
        "offset": offset,
    }
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, values)
        rows = cursor.fetchall()
    pairs = [
        Pair(first, second, tuple(one for one in REASONS if one in reasons))
        for first, second, reasons, _total in rows
    ]
    return pairs, rows[0][3] if rows else 0

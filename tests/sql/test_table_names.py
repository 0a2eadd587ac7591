"""Queries that read other tables than those that they name."""

import pytest

from summary_tables.sql.dialects.registry import dialect_of
from summary_tables.sql.table_names import changed, offset_before, relation_changes, with_relations

_DIALECT = dialect_of("postgres")
_RELATIONS = {"analytics.nps": 'pg_temp."r1"', 'analytics.이름 "x"': 'pg_temp."r2"'}

CASES = {
    "SELECT nps.day FROM analytics.nps": 'SELECT nps.day FROM pg_temp."r1" AS "nps"',
    "SELECT n.day FROM analytics.nps AS n": 'SELECT n.day FROM pg_temp."r1" AS n',
    "SELECT n.day FROM Analytics.NPS n": 'SELECT n.day FROM pg_temp."r1" n',
    'SELECT 1 FROM "analytics" . "nps" WHERE true': 'SELECT 1 FROM pg_temp."r1" AS "nps" WHERE true',
    "SELECT analytics.nps.day, analytics.nps.* FROM analytics.nps": 'SELECT nps.day, nps.* FROM pg_temp."r1" AS "nps"',
    'SELECT "analytics".nps.day FROM analytics.nps': 'SELECT nps.day FROM pg_temp."r1" AS "nps"',
    "TABLE analytics.nps": 'TABLE pg_temp."r1"',
    "SELECT 1 FROM ONLY analytics.nps TABLESAMPLE SYSTEM (10)": (
        'SELECT 1 FROM ONLY pg_temp."r1" AS "nps" TABLESAMPLE SYSTEM (10)'
    ),
    "WITH nps AS (SELECT 1 AS a) SELECT a FROM nps": "WITH nps AS (SELECT 1 AS a) SELECT a FROM nps",
    "WITH w AS (SELECT d FROM analytics.nps) SELECT * FROM w WHERE d IN (SELECT d FROM analytics.nps x)": (
        'WITH w AS (SELECT d FROM pg_temp."r1" AS "nps") SELECT * FROM w WHERE d IN (SELECT d FROM pg_temp."r1" x)'
    ),
    "SELECT '설문 analytics.nps' AS 설문 -- analytics.nps\nFROM analytics.nps": (
        'SELECT \'설문 analytics.nps\' AS 설문 -- analytics.nps\nFROM pg_temp."r1" AS "nps"'
    ),
    'SELECT 1 FROM analytics."이름 ""x"""': 'SELECT 1 FROM pg_temp."r2" AS "이름 ""x"""',
    "SELECT 1 FROM nps, marts.nps, analytics.nps_daily": "SELECT 1 FROM nps, marts.nps, analytics.nps_daily",
    "SELECT 1 FROM raw.t": "SELECT 1 FROM raw.t",
}


@pytest.mark.parametrize("sql", CASES)
def test_other_tables(sql: str) -> None:
    assert with_relations(sql, _DIALECT, _RELATIONS) == CASES[sql]


@pytest.mark.parametrize("sql", CASES)
def test_places_are_found_again(sql: str) -> None:
    """Of all that stays, and of what stands where a name was: that name."""
    changes = relation_changes(sql, _DIALECT, _RELATIONS)
    assert changes is not None
    marked = tuple((start, end, text and "\0" * len(text)) for start, end, text in changes)
    others = changed(sql, marked)
    starts = {start for start, _, _ in changes}
    for offset, sign in enumerate(others):
        before = offset_before(marked, offset)
        assert before in starts if sign == "\0" or before in starts else sql[before] == sign


def test_what_cannot_be_read_is_not_sent_as_it_is() -> None:
    assert with_relations("SELECT nps FROM", _DIALECT, _RELATIONS) is None
    assert with_relations("SELECT other FROM", _DIALECT, _RELATIONS) == "SELECT other FROM"
    assert with_relations("SELECT nps FROM", _DIALECT, {}) == "SELECT nps FROM"

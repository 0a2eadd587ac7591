"""Braces inside texts, quoted names and comments of SQL: a date, themselves, or an error that shows a way."""

import pytest

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.templates.template import filled_in, mistakes
from tests.sql.templates.queries import DATES

# What somebody wrote -> the first message, and what stands in the warehouse once its fix is applied until all is said.
REFUSED = {
    "SELECT '{{' || name || '}}' AS v": "two braces hold a date of the run, not `' || name || '`",
    "SELECT '{{', ds, '}}'": "two braces hold a date of the run, not `', ds, '`",
    "SELECT 'a {{' || 1 || '}} {{' || 2 || '}}'": "two braces hold a date of the run, not `' || 1 || '`",
    "SELECT t LIKE '%{#%' AS a, t LIKE '%#}%' AS b": "inside a text of SQL, `{#` hides all up to the next `#}`",
    "SELECT 'a {# b #} c'": "inside a text of SQL, `{#` hides all up to the next `#}`",
    'SELECT 1 AS "a {# b #} c"': "inside a quoted name of SQL, `{#` hides all up to the next `#}`",
    "SELECT $$a {# b #} c$$": "inside a text of SQL, `{#` hides all up to the next `#}`",
    "SELECT '{#'": "this `{#` is never closed",
    "SELECT t LIKE '{%' FROM t": "this `{%` is never closed",
    "SELECT t LIKE '{%' OR t LIKE '%}' FROM t": "`'` is nothing that `{% ... %}` knows",
    "SELECT t LIKE '{% daycare %}'": "`daycare` is nothing that `{% ... %}` knows",
    "SELECT t LIKE '{% if' OR t LIKE ' %}' || '{% endif %}'": "this condition inside a text of SQL is not about a date",
    "SELECT '{% set x = ' || t || ' %}'": "`set` inside a text of SQL would vanish from it",
    "SELECT format('{%s}', a)": "this `{%` is never closed",
    "SELECT '{{'": "this `{{` is never closed",
    "SELECT '{{ }}'": "nothing stands between these braces",
    "SELECT '{{1}}'::int[]": "two braces hold a date of the run, not `1`",
    "SELECT '{{\"a\": 1}, 2}}'::jsonb": "this `{{ ... }}` cannot be read: unexpected `:`",
    "SELECT 'Dear {{first_name}}'": "`first_name` is not known in a query",
    "SELECT 'Dear {{ first name }}'": "this `{{ ... }}` cannot be read: unexpected `name`",
    "SELECT $$ {{ x }} $$": "`x` is not known in a query",
    'SELECT "{{ x }}"': "`x` is not known in a query",
    "SELECT 1 -- {{ x }}\n": "`x` is not known in a query",
    "SELECT 1 /* {{ x }} */": "`x` is not known in a query",
    "SELECT 1 -- {{\n": "this `{{` is never closed",
    "SELECT 1 -- {# a\n, 2 -- #}\n": "this `{#` begins in a comment of SQL and hides what follows behind that",
    "SELECT 1 /* {# */ , 2 /* #} */": "this `{#` begins in a comment of SQL and hides what follows behind that",
}


def _fix(sql: str, mistake: Finding[Span]) -> str:
    """The fix, as somebody follows it who wants the braces as they are: at the last mark up to the place."""
    mark = mistake.fix.rpartition("a `")[2][:2]
    assert mistake.fix.endswith(f"a `{mark}` that is text is written `{{{{ '{mark}' }}}}`")
    at = sql.rindex(mark, 0, mistake.place.offset + 2)
    return f"{sql[:at]}{{{{ '{mark}' }}}}{sql[at + 2 :]}"


@pytest.mark.parametrize("sql", REFUSED)
def test_mark_that_is_no_date_is_an_error_that_shows_how_to_write_it(sql: str) -> None:
    found = mistakes(sql, POSTGRES)
    assert found[0].message == REFUSED[sql]
    fixed = sql
    for _ in range(4):
        if found := mistakes(fixed, POSTGRES):
            fixed = _fix(fixed, found[0])
    assert filled_in(fixed, DATES, POSTGRES) == sql


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT '}}', '%}', '#}', '{', '}', '{a}', '{ {', '#', '%'",
        """SELECT '{"a": {"b": 1}}'::jsonb, a ~ 'x{2}', '{1,2}'::int[], '{ {1}, {2} }'::int[], j #>> '{a,b}'""",
        "SELECT 1 -- }} %} #} {a}\n/* { */",
        "SELECT $$ {a} %} $$",
    ],
)
def test_all_other_braces_mean_themselves(sql: str) -> None:
    assert mistakes(sql, POSTGRES) == ()
    assert filled_in(sql, DATES, POSTGRES) == sql


@pytest.mark.parametrize(
    ("sql", "made"),
    [
        ("'{{ ds }}'", "'2026-11-21'"),
        ("'a {{- ds -}} b'", "'a2026-11-21b'"),
        ('"{{ ds }}" $x${{ ds }}$x$ -- {{ ds }}', '"2026-11-21" $x$2026-11-21$x$ -- 2026-11-21'),
        ("'{% if ds > \"2026\" %}a{% else %}b{% endif %}'", "'a'"),
        ("-- {# gone #}\n1", "-- \n1"),
        ("{% raw %}'{{ x }} {% y %} {# z'{% endraw %}", "'{{ x }} {% y %} {# z'"),
        ("{%- raw -%} '{{' {%- endraw -%} ", "'{{'"),
    ],
)
def test_dates_and_what_is_raw(sql: str, made: str) -> None:
    assert mistakes(sql, POSTGRES) == ()
    assert filled_in(sql, DATES, POSTGRES) == made


def test_raw_that_is_never_closed() -> None:
    assert [found.message for found in mistakes("SELECT {% raw %}1", POSTGRES)] == ["this `{% raw %}` is never closed"]


def test_array_shows_how_it_is_written() -> None:
    fix = "put a space between them: `{ {1,2}, {3,4} }`, or write `ARRAY[[1,2], [3,4]]`"
    for sql in ("SELECT '{{1,2},{3,4}}'::int[]", "SELECT '{{1,2}}'::int[]", "SELECT '{{a,b},{c,d}}'::text[]"):
        assert [(found.message, found.fix) for found in mistakes(sql, POSTGRES)] == [
            ("two braces begin a placeholder, also those of an array", fix)
        ]

"""However much a template asks for, it is answered at once: work and size are counted, in lint as in a run."""

import time

import pytest

from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.templates.template import filled_in, mistakes
from tests.sql.templates.queries import DATES

HUGE = {
    "{% for x in [" + "1," * 200_000 + "] %}{% endfor %}": "this `{% ... %}` cannot be read: more than 5,000 words and "
    "signs stand between these braces",
    "{{ ds"
    + " ~ ds" * 2_000
    + " }}": "this `{{ ... }}` cannot be read: more than 50 brackets and signs belong together here",
    "{{ '" + "a" * 500_000 + "' }}": "two braces hold a date of the run, not `'" + "a" * 58 + "…`",
    "SELECT 1" + "{{ ds }}" * 100_000: "a query has at most 5,000 templates",
    "{% if ds %}" * 4_000: "more than 10 statements stand within each other",
    "".join(f"{{% for a{n} in range(999) %}}" for n in range(9))
    + "{% endfor %}" * 9: "the template takes too long: its loops go round too often",
    "{% for a in range(999) %}{% for b in range(99) %}"
    + "x" * 1_000
    + "{% endfor %}{% endfor %}": "the query would have more than 2,000,000 characters",
    "{% for a in range(999) if a in range(999) and range(999) | join(ds) %}{% endfor %}": "this would be longer than "
    "10,000 characters or 1,000 items",
    "{% set a = [1] %}{% set b = [1] %}"
    + "{% set a = [a, a] %}{% set b = [b, b] %}" * 40
    + "{{ ds if a == b else ts }}": "a list and a list cannot be compared by `==`",
    "{% set a = [1] %}{% set b = [1] %}"
    + "{% set a = [a] %}{% set b = [b] %}" * 2_000
    + "{{ ds if a in [b] else ts }}": "a list and a list cannot be compared by `in`",
    "".join(f"{{% set known_name_{n} = 1 %}}" for n in range(2_000))
    + "{{ ["
    + ", ".join(f"unknown_name_{n}" for n in range(2_000))
    + "] }}": "`unknown_name_0` is not known in a query",
    "{{ [" + ", ".join(f"ds | uppr{n}" for n in range(1_000)) + "] }}" * 20: "`uppr0` is not a filter",
}


@pytest.mark.parametrize("sql", HUGE, ids=lambda sql: sql[:30])
def test_is_refused_before_anybody_waits(sql: str) -> None:
    started = time.process_time()
    assert mistakes(sql, POSTGRES)[0].message == HUGE[sql]
    assert time.process_time() - started < 2


def test_what_people_need_is_far_below_the_limits() -> None:
    names = ", ".join(f"'name_{number}'" for number in range(900))
    column = "SUM((c = '{{ name }}')::int) AS {{ name }}"
    sql = f"SELECT 1{{% for name in [{names}] %}}, {column}{{% endfor %}} FROM t"
    assert mistakes(sql, POSTGRES) == ()
    assert filled_in(sql, DATES, POSTGRES).endswith("SUM((c = 'name_899')::int) AS name_899 FROM t")
    many = "SELECT 1" + ", '{{ ds }}'" * 4_000
    assert mistakes(many, POSTGRES) == ()

"""What templates can say, and that it means what Jinja and pendulum make of it in any other DAG."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pendulum
import pytest
from airflow.sdk.execution_time.macros import ds_add, ds_format
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.templates import moments
from summary_tables.sql.templates.dates import template_dates
from summary_tables.sql.templates.template import filled_in, mistakes
from tests.sql.templates.queries import DATES, corpus

ALLOWED = corpus("allowed")


def _jinja(sql: str, dates: Mapping[str, object]) -> str:
    """What Jinja makes of it, with Airflow's macros and filters and pendulum's moments."""
    environment = SandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True)
    environment.filters |= {
        "ds": lambda value: value.strftime("%Y-%m-%d"),
        "ds_nodash": lambda value: value.strftime("%Y%m%d"),
        "ts": lambda value: value.isoformat(),
        "ts_nodash": lambda value: value.strftime("%Y%m%dT%H%M%S"),
        "ts_nodash_with_tz": lambda value: value.isoformat().replace("-", "").replace(":", ""),
    }
    macros = SimpleNamespace(ds_add=ds_add, ds_format=ds_format, datetime=datetime, timedelta=timedelta)
    given = {name: pendulum.instance(value) if isinstance(value, datetime) else value for name, value in dates.items()}
    return environment.from_string(sql).render(given | {"macros": macros, "ds_add": ds_add, "ds_format": ds_format})


@pytest.mark.parametrize("sql", ALLOWED)
def test_is_allowed_and_means_what_jinja_makes_of_it(sql: str) -> None:
    assert mistakes(sql, POSTGRES) == ()
    assert filled_in(sql, DATES, POSTGRES) == _jinja(sql, DATES)


_ZONES = ("UTC", "Asia/Seoul", "America/New_York", "Australia/Lord_Howe")
_MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
_UNITS = st.dictionaries(
    st.sampled_from(["years", "months", "weeks", "days", "hours", "minutes", "microseconds"]), st.integers(-40, 40)
)


@settings(max_examples=150, deadline=None)
@given(_MOMENTS, st.sampled_from(_ZONES), _UNITS, st.sampled_from(["minute", "hour", "day", "week", "month", "year"]))
def test_moments_do_what_pendulum_does(wall: datetime, zone: str, units: Mapping[str, int], unit: str) -> None:
    theirs = pendulum.instance(wall.replace(tzinfo=ZoneInfo("UTC"))).in_timezone(zone)
    ours = moments.plain(theirs)
    calls: list[tuple[str, tuple[Any, ...], Mapping[str, int]]] = [
        ("add", (), units),
        ("subtract", (), units),
        ("start_of", (unit,), {}),
        ("end_of", (unit,), {}),
        ("to_date_string", (), {}),
        ("to_datetime_string", (), {}),
        ("format", ("YYYY/MM/DD HH:mm:ss YY-M-D H:m:s",), {}),
        ("in_timezone", ("Europe/Berlin",), {}),
    ]
    for name, values, named in calls:
        wanted = getattr(theirs, name)(*values, **named)
        assert str(moments.OF_MOMENTS[name](ours, *values, **named)) == str(wanted), (name, values, named)
    for name, attribute in moments.ATTRIBUTES_OF_MOMENTS.items():
        assert attribute(ours) == getattr(theirs, name), name
    assert str(moments.moved(ours, timedelta(hours=7, days=-3))) == str(theirs + timedelta(hours=7, days=-3))


# Parts from which templates are built, those of attacks among them: most are refused, what is not must be harmless.
_NAMES = st.sampled_from(
    [
        "ds",
        "ts",
        "data_interval_start",
        "data_interval_end",
        "x",
        "self",
        "macros",
        "loop",
        "range",
        "cycler",
        "_",
        "dag",
    ]
)
_MEMBERS = st.sampled_from(
    [
        "__class__",
        "_environment",
        "year",
        "add(days=1)",
        "subtract(months=2)",
        "replace('-', '')",
        "strftime('%d')",
        "upper()",
        "format(ds)",
        "date()",
        "environment",
        "mro()",
        "split('-')",
        "ds_add(ds, 3)",
        "datetime",
        "index",
    ]
)
_FILTERS = st.sampled_from(
    ["ds", "upper", "attr('__class__')", "list", "first", "int", "join('-')", "format(1)", "map('x')"]
)
_CONSTANTS = st.sampled_from(["'a'", "'{{'", '"b"', "1", "7", "2.5", "true", "[]", "[1, 2]", "(ds, ts)", "{}", "none"])


def _more(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(inner, inner)
    signs = st.sampled_from(["+", "-", "~", "*", "**", "%", "//", "==", "<", "in", "and", "or", "is"])
    return st.one_of(
        st.tuples(inner, _MEMBERS).map(lambda part: f"{part[0]}.{part[1]}"),
        st.tuples(inner, _FILTERS).map(lambda part: f"({part[0]} | {part[1]})"),
        two.map(lambda part: f"{part[0]}[{part[1]}]"),
        two.map(lambda part: f"({part[0]} if {part[1]} else {part[0]})"),
        st.tuples(inner, signs, inner).map(lambda part: f"({part[0]} {part[1]} {part[2]})"),
        inner.map(lambda part: f"-{part}"),
        inner.map(lambda part: f"({part})"),
        inner.map(lambda part: f"range({part})"),
    )


_EXPRESSIONS = st.recursive(_NAMES | _CONSTANTS, _more, max_leaves=5)
_OUTPUTS = _EXPRESSIONS.map(lambda part: f"{{{{ {part} }}}}")
_TEXTS = st.sampled_from(["SELECT ", "'", "a", "\n", " -- ", "}}", "%}", "{schema}", '"', "$$", "{"])


def _statements(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    both = st.tuples(_EXPRESSIONS, inner)
    return st.one_of(
        both.map(lambda part: f"{{% if {part[0]} %}}{part[1]}{{% else %}}b{{% endif %}}"),
        both.map(lambda part: f"{{% for x in {part[0]} -%}} {part[1]}{{%- endfor %}}"),
        both.map(lambda part: f"{{% set x = {part[0]} %}}{part[1]}"),
        inner.map(lambda part: f"{{% set x %}}{part}{{% endset %}}{{{{ x }}}}"),
        inner.map(lambda part: f"{{% raw %}}{part}{{% endraw %}}"),
        inner.map(lambda part: f"{{% macro x() %}}{part}{{% endmacro %}}"),
        inner.map(lambda part: f"{{# {part} #}}"),
        st.lists(inner, max_size=3).map("".join),
    )


_TEMPLATES = st.recursive(_OUTPUTS | _TEXTS, _statements, max_leaves=5)
_SAFE = frozenset("0123456789-+:T .")


@settings(max_examples=600, deadline=None)
@given(_TEMPLATES)
def test_whatever_is_accepted_is_made_of_its_own_text_and_the_dates(sql: str) -> None:
    """And equals what Jinja makes of it: nothing of the process, such as an address in memory, gets in."""
    if mistakes(sql, POSTGRES):
        return
    made = filled_in(sql, DATES, POSTGRES)
    assert made == _jinja(sql, DATES)
    own = set(sql.upper()) | _SAFE | set("TRUEFALSE")
    assert set(made.upper()) <= own


def test_lint_and_a_run_read_the_same() -> None:
    """What lint lets pass is filled in, at any time of any zone."""
    for zone in _ZONES:
        moment = datetime(2024, 3, 10, 2, 30, tzinfo=ZoneInfo(zone))
        dates = template_dates(logical_date=None, start=None, end=None, due=moment)
        for sql in ALLOWED:
            filled_in(sql, dates, POSTGRES)

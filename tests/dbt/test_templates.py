"""Templates of dbt, filled in without running anything: what is understood, and what is said of the rest."""

from collections.abc import Mapping
from typing import Any

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.dbt.not_understood import NotUnderstood, Refused
from summary_tables.dbt.templates import arguments_of, rendered

MACROS: Mapping[str, str] = {
    "cents": "{% macro cents(column, digits=2) -%} round({{ column }} / 100.0, {{ digits }}) {%- endmacro %}",
    "shared": "{% macro shared(x) %}{{ return(adapter.dispatch('shared', 'other')(x)) }}{% endmacro %}",
    "other.postgres__shared": "{% macro postgres__shared(x) %}{{ x | upper }}{% endmacro %}",
    "default__shared": "{% macro default__shared(x) %}never{% endmacro %}",
    "test_positive": "{% test positive(model, column_name) %}"
    "select * from {{ model }} where {{ column_name }} < 0{% endtest %}",
    "asks": "{% macro asks() %}{{ run_query('select 1') }}{% endmacro %}",
    "endless": "{% macro endless() %}{{ endless() }}{% endmacro %}",
}


def var(name: str, *default: object) -> object:
    if default:
        return default[0]
    raise Refused(f"`var('{name}')`")


def ref(name: str) -> str:
    return f"analytics.{name}"


LONG = "a text longer than any SQL"
END = "{% endfor %}"
# A list that grows when others have it already.
GROWS = "{% set b = [] %}{% set a = [" + "b," * 99 + "] %}{% do b.extend(MANY) %}"
NAMES: Mapping[str, Any] = {
    "TEN": list(range(10)),
    "MANY": list(range(10_000)),
    "MUCH": "x" * 1_000_000,
    "LINE": "x" * 10_000,
    "ref": ref,
    "var": var,
    "is_incremental": lambda: False,
    "target": {"name": "prod"},
}


def filled(code: str) -> str | NotUnderstood:
    return rendered(code, NAMES, MACROS.get)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("select 1 from {{ ref('orders') }}", "select 1 from analytics.orders"),
        ("{% if is_incremental() %}where x{% else %}all{% endif %}", "all"),
        ("{% if target.name == 'prod' and not is_incremental() %}prod{% elif true %}dev{% endif %}", "prod"),
        ("{% set days = 3 %}{{ days * 2 - 1 }}", "5"),
        ("{% set names = ['a', 'b'] %}{% for n in names %}{{ n }}{{ ', ' if not loop.last }}{% endfor %}", "a, b"),
        ("{% for k, v in {'a': 1}.items() %}{{ k }}={{ v }}{% endfor %}", "a=1"),
        ("{%- set text -%} select 1 {%- endset -%}{{ text }}", "select 1"),
        ("{{ cents('amount') }}, {{ cents('tax', digits=0) }}", "round(amount / 100.0, 2), round(tax / 100.0, 0)"),
        ("{{ shared('abc') }}", "ABC"),
        ("{{ test_positive(model=ref('orders'), column_name='n') }}", "select * from analytics.orders where n < 0"),
        ("{{ var('days', 3) }}{# a note #}{% raw %}{{ x }}{% endraw %}", "3{{ x }}"),
        ("{{ ['a', 'b'] | join('-') | upper }}{{ 'x' ~ 1 }}", "A-Bx1"),
        ("{% set x = 0 %}{% for a in [1, 2] %}{% set x = x + a %}{{ x }},{% endfor %}{{ x }}", "1,2,0"),
        (
            "{% for a in 'xy' | list %}{{ [loop.index, loop.index0, loop.first, loop.last, loop.length] }}{% endfor %}",
            "[1, 0, True, False, 2][2, 1, False, True, 2]",
        ),
        ("{% set found = [] %}{% do found.append('a') %}{{ found[0] }}", "a"),
    ],
)
def test_understood(code: str, expected: str) -> None:
    assert filled(code) == expected


@pytest.mark.parametrize(
    "expression",
    [
        *("none", "'x' ~ 1 ~ none", "[1, 'a', none]", "{'a': 1}", "('a', 'b')", "('a', 1)[1]", "true", "1.0", "-3"),
        *("1 == 1", "1 != 2", "2 < 1", "2 <= 2", "3 > 2", "3 >= 4", "1 < 2 < 3", "1 < 2 > 5", "1 == true"),
        *("'a' in 'abc'", "'a' in ('a', 'b')", "'a' not in ['a']", "not 1", "true and 0", "'' or 'x'"),
        *("1 - 2", "2 * 3", "1.5 + 1", "'a' + 'b'", "[1] + [2]", "'a' if true else 'b'", "'a' if false"),
        *("none is none", "1 is none", "1 is not none", "'a' is string", "1 is string", "(1, 2) is iterable"),
        *("1 is iterable", "{} is mapping", "[] is mapping", "x is defined", "x is undefined"),
        *("' a ' | trim", "'a' | upper", "'A' | lower", "'aba' | replace('a', 'c')", "1 | string", "'3' | int"),
        *("'abc' | length", "'ab' | list", "['a', 'b'] | first", "['a', 'b'] | last"),
        *("['a', 1] | join", "('a', none) | join(', ')"),
        *("none | default('x')", "'' | default('x')", "'' | default('x', true)", "'y' | default('x', true)"),
        *("'Abc'.upper()", "'Abc'.lower()", "' a '.strip()", "'aba'.replace('a', 'c')", "'a,b'.split(',')"),
        *("'abc'.startswith('a')", "'abc'.endswith('b')", "', '.join(('a', 'b'))", "'ab cd'.title()"),
        *("{'a': 1}.items() | list", "{'a': 1}.keys() | list", "{'a': 1}.values() | list", "{'a': 1}.get('b', 2)"),
        *("['a', 'b'][1]", "['a', 'b'][-1]", "{'a': 1}['a']", "{'a': 1}.a"),
    ],
)
def test_an_expression_is_what_jinja_makes_of_it(expression: str) -> None:
    code = f"{{{{ {expression} }}}}"
    assert filled(code) == jinja2.Environment().from_string(code).render()


@pytest.mark.parametrize("name", ["as_number", "as_text", "as_bool"])
def test_filters_of_dbt_leave_a_text_as_it_is(name: str) -> None:
    assert filled(f"{{{{ '3' | {name} }}}}") == "3"


@pytest.mark.parametrize(
    ("code", "what", "line"),
    [
        ("select 1\nfrom {{ run_query('select 1') }}", "`run_query`", 2),
        ("{{ asks() }}", "the macro `asks`", 1),
        ("{{ var('days') }}", "`var('days')`", 1),
        ("{{ ref() }}", "`ref(...)`", 1),
        ("{{ 'x' | tojson }}", "the filter `tojson`", 1),
        ("{{ ''.__class__ }}", "`const.__class__`", 1),
        ("{{ ref.__globals__ }}", "`ref.__globals__`", 1),
        ("{{ 'a' * 1000000000 }}", "`*`", 1),
        ("{% call asks() %}x{% endcall %}", "`{% call %}`", 1),
        ("{{ 1 / 2 }}", "`/`", 1),
        ("{% set x = 'ab' %}" + "{% set x = x ~ x %}" * 60, LONG, 1),
        ("{% for a in TEN %}{% for b in TEN %}{% for c in TEN %}{{ 'x' | replace('x', LINE) }}" + END * 3, LONG, 1),
        ("{{ LINE.replace('x', LINE) }}", "`LINE.replace(...)`", 1),
        ("{{ LINE | replace('x', LINE) }}", "`{% filter %}`", 1),
        ("{{ LINE.join(LINE | list) }}", "`LINE.join(...)`", 1),
        ("{{ LINE | list | join(LINE) }}", "`{% filter %}`", 1),
        ("{% set a = [1] %}" + "{% do a.extend(a) %}" * 60, "`a.extend(...)`", 1),
        ("{% set a = [1] %}" + "{% set a = [a, a] %}" * 60, "`{% list %}`", 1),
        ("{% set a = [1] %}" + "{% set a = (a, a) %}" * 60, "`{% tuple %}`", 1),
        ("\n{{ [] | first }}", "a template", 1),
        ("{{ ('a', 'b')[2] }}", "`tuple[...]`", 1),
        ("{{ 1 is sameas 1 }}", "`{% test %}`", 1),
        ("{% set a = [1] %}{% do a.append(a) %}", "`a.append(...)`", 1),
        ("{% set a = 10 %}" + "{% set a = a * a %}" * 60, "`*`", 1),
        ("{{ 0x" + "f" * 5_000 + " }}", "`{% const %}`", 1),
        ("{{ " + "9" * 5_000 + " }}", "a template (a number of more digits than anybody reads)", 1),
        (GROWS + "{{ a }}", "`{% name %}`", 1),
        (GROWS + "{{ a ~ 1 }}", "`{% concat %}`", 1),
        (GROWS + "{{ a | string }}", "`{% filter %}`", 1),
        (GROWS + "{{ a == a }}", "`{% compare %}`", 1),
        ("{% set a = [" + "MUCH," * 9 + "] %}", "`{% list %}`", 1),
        ("{% set a = {'a': [" + "{MUCH: 1}," * 9 + "]} %}", "`{% list %}`", 1),
        ("{% for a in range(9) %}x{% endfor %}", "`range`", 1),
        ("{{ endless() }}", "a template that is nested too deep", 1),
    ],
)
def test_the_rest_is_said_with_its_line(code: str, what: str, line: int) -> None:
    assert filled(code) == NotUnderstood(what=what, line=line)


def test_arguments_of_a_call_that_nobody_reads_are_none() -> None:
    assert arguments_of("config", "{{ config(a=" + "9" * 5_000 + ") }}", NAMES, MACROS.get) == {}
    hexadecimal = "{{ config(a=0x" + "f" * 5_000 + ") }}"
    found = arguments_of("config", hexadecimal, NAMES, MACROS.get)
    assert found == {"a": NotUnderstood(what="`{% const %}`", line=1)}


def test_arguments_of_all_calls() -> None:
    code = "{# {{ config(a=1) }} #}{{ config({'b': [2], 'c': {'d': {}}}, e=ref('f')) }} x {{ config(c=run_query(1)) }}"
    unknown = NotUnderstood(what="`run_query`", line=1)
    assert arguments_of("config", code, NAMES, MACROS.get) == {"b": [2], "c": unknown, "e": "analytics.f"}


def test_a_template_that_is_none() -> None:
    found = filled("select 1\n{% if %}")
    assert isinstance(found, NotUnderstood)
    assert found.line == 2


def test_loops_in_loops_end() -> None:
    loops = "{% for a in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] %}" * 6
    assert filled(f"{loops}x{'{% endfor %}' * 6}") == NotUnderstood(what="a loop that does not end", line=1)


@given(
    st.lists(
        st.sampled_from(["{{", "}}", "{%", "%}", " if ", "x", "ref('a')", "endif", "|", "[0]", "'", "(", ")", "."])
    )
)
def test_no_text_breaks_it(pieces: list[str]) -> None:
    assert isinstance(filled("".join(pieces)), str | NotUnderstood)

"""Templates that reach for more than dates are refused, everywhere at once and in the same words."""

import time
from pathlib import Path

import pytest

from summary_tables.lint.build_check import check_folder
from summary_tables.model.failure import Refusal
from summary_tables.model.table import SummaryTable
from summary_tables.runs.dates import RunDates
from summary_tables.runs.render import main_query
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.templates.error import TemplateError
from summary_tables.sql.templates.template import filled_in, mistakes
from tests.golden_files import assert_golden
from tests.lint.rules.one_rule import config
from tests.sql.templates.queries import DATES, START, corpus

ATTACKS = corpus("attacks")
_SECONDS = 2.0


def _first(sql: str) -> str:
    found = mistakes(sql, POSTGRES)[0]
    return f"{found.message}; fix: {found.fix}" if found.fix else found.message


def test_what_is_said_of_each() -> None:
    lines = [f"{sql}\n    {_first(sql)}\n" for sql in ATTACKS]
    assert_golden("templates/attacks.txt", "".join(lines))


@pytest.mark.parametrize("sql", ATTACKS)
def test_is_refused_at_once(sql: str) -> None:
    """Once as lint does it and once as a run does: neither takes long enough for a limit to matter."""
    started = time.process_time()
    said = _first(sql)
    with pytest.raises(TemplateError) as raised:
        filled_in(sql, DATES, POSTGRES)
    assert str(raised.value) == said
    assert time.process_time() - started < _SECONDS


def test_a_run_says_the_same() -> None:
    for sql in ATTACKS:
        table = SummaryTable(table="t", schema="analytics", main_sql=sql)
        words = f"The query has a template that cannot be filled in: {_first(sql)}."
        assert main_query(table, POSTGRES, RunDates(due=START, logical_date=START)) == Refusal(error=words)


def test_no_file_with_one_gets_a_dag(tmp_path: Path) -> None:
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    for number, sql in enumerate(ATTACKS):
        (folder / f"t{number}.yaml").write_text(config(sql, name=f"t{number}"), "utf-8")
    checked = check_folder(folder)
    assert checked.configs == ()
    said = {(problem.file, problem.rule, f"{problem.message}; fix: {problem.fix}") for problem in checked.problems}
    for number, sql in enumerate(ATTACKS):
        found = mistakes(sql, POSTGRES)[0]
        name = f"dag_configs/t{number}.yaml"
        assert (name, "template", f"{found.message}; fix: {found.fix}") in said


def test_a_check_is_no_way_around(tmp_path: Path) -> None:
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    check = "input_check:\n  - sql: \"SELECT COUNT(1) FROM raw_data.nps {% include 'x' %}\"\n    count: 1\n"
    (folder / "t.yaml").write_text(config("SELECT 1 AS a", check), "utf-8")
    checked = check_folder(folder)
    assert [str(problem) for problem in checked.problems] == [
        "dag_configs/t.yaml:6:45: error[template] `include` is not among the statements of a template; "
        "fix: there are `if`, `for`, `set` and `raw`"
    ]


def test_length_hides_nothing() -> None:
    """A query of a million characters is judged like any other."""
    for padding in ("-- x\n" * 200_000, "/*" + "x" * 1_000_000 + "*/"):
        assert mistakes(f"{padding}SELECT '{{{{ self }}}}' AS a", POSTGRES)[0].place.offset == len(padding) + 11
    assert mistakes("SELECT 1" + "{{ ds }}" * 10_000, POSTGRES)[0].message == "a query has at most 5,000 templates"

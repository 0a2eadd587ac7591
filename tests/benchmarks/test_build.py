"""The benchmark compares like with like and prints what it promises. How long anything takes is not asserted."""

import re
from pathlib import Path

import pytest
import yaml

from benchmarks import build, build_dbt
from benchmarks.build_dbt import DbtBuild
from benchmarks.build_readers import READS, Read
from benchmarks.build_report import Results, Watched, report
from benchmarks.build_steps import Span
from benchmarks.build_table import NAME, QUERY, summary_table

ROWS = 1000

LOG = """\
1795396132.000 LOG:  duration: 1.000 ms  statement: drop table if exists "by_dbt"."visits_by_user__dbt_tmp" cascade
1795396133.500 LOG:  duration: 900.000 ms  statement: /* {"app": "dbt"} */

  create  table "bench"."by_dbt"."visits_by_user__dbt_tmp" as (SELECT 1)
1795396133.750 LOG:  duration: 250.000 ms  statement: /* {"app": "dbt"} */
alter table "bench"."by_dbt"."visits_by_user" rename to "visits_by_user__dbt_backup"
1795396133.800 LOG:  duration: 5.000 ms  statement: COMMIT
1795396134.000 LOG:  duration: 3.000 ms  statement: drop table if exists "by_dbt"."visits_by_user__dbt_backup" cascade
1795396135.000 LOG:  duration: 3.000 ms  statement: select count(*) from "bench"."by_dbt"."visits_by_user"
"""


@pytest.fixture(scope="module")
def results() -> Results:
    return build.run(ROWS, rounds=1, with_dbt=False, quiet_seconds=0.05)


def test_readers_read_all_the_time_and_find_no_error(results: Results) -> None:
    for watched in (*results.quiet, *results.watched_ours):
        assert {read.kind for read in watched.reads} == set(READS)
        assert [read for read in watched.reads if read.error] == []


def test_the_parts_of_our_build_are_found_in_it(results: Results) -> None:
    (ours,) = results.ours
    assert 0 < ours.query + ours.analyze < ours.create.seconds
    assert 0 < ours.scans < ours.checks.seconds


def test_dbt_has_the_same_query_and_as_many_tests_as_we_have_checks(tmp_path: Path) -> None:
    build_dbt.write_project(tmp_path, ROWS)
    (model,) = yaml.safe_load((tmp_path / "models" / "models.yml").read_text("utf-8"))["models"]
    tests = [test for column in model["columns"] for test in column["data_tests"]]
    assert (tmp_path / "models" / f"{NAME}.sql").read_text("utf-8").strip() == QUERY
    assert len(tests) + len(list((tmp_path / "tests").iterdir())) == len(summary_table(ROWS).output_check)


def test_dbt_publishes_from_its_first_rename_to_its_last_drop() -> None:
    assert build_dbt.publish_span(LOG) == Span(begin=1795396133.5, end=1795396134.0)


def test_the_report_holds_a_line_for_each_part_and_each_goal(results: Results) -> None:
    span = Span(begin=0.0, end=2.0)
    dbt = DbtBuild(process=span, publish=span, model=0.5, tests=0.5, version="1.11.0")
    reads = (Read("view", 1.0, 0.1, "relation does not exist"), Read("count", 3.0, 0.1, ""))
    with_dbt = Results(
        bare=results.bare,
        ours=results.ours,
        dbt=[dbt],
        quiet=results.quiet,
        watched_ours=results.watched_ours,
        watched_dbt=[Watched(reads=reads, publish=span)],
    )
    time = r" +[0-9.]+ m?s"
    seen = rf" +[0-9,]+ +[0-9,]+{time * 3}"
    patterns = [
        rf"\(a\) CREATE TABLE AS, nothing else{time * 2}",
        rf"\(a\) and the queries of the checks{time * 2}",
        rf"\(a\), the queries, and ANALYZE{time * 2}",
        rf"summary tables: create, check, publish{time * 2}",
        rf"    create: CREATE TABLE AS{time * 2}",
        rf"    create: ANALYZE{time * 2}",
        rf"    publish{time * 2}",
        r"\(b\) dbt build +2\.00 s +2\.00 s",
        r"    model and tests, without its start +1\.00 s +1\.00 s",
        r"against \(a\) and the queries of the checks( +[0-9.]+x){2}   goal: under 1\.1x, (met|missed)",
        r"against \(a\), the queries, and ANALYZE( +[0-9.]+x){2}",
        r"against its own CREATE TABLE AS and queries( +[0-9.]+x){2}",
        r"against \(b\)( +[0-9.]+x){2}   goal: under 0\.5x, (met|missed)",
        r"against \(b\) without its start( +[0-9.]+x){2}",
        rf"nobody builds{seen}",
        rf"summary tables, from start to end{seen}",
        rf"summary tables, publishing{seen}",
        r"dbt build, from start to end +2 +1 +100 ms +100 ms +100 ms",
        r"dbt build, publishing +1 +1 +100 ms +100 ms +100 ms",
        r"dbt, view: 1 times: relation does not exist",
        r"PostgreSQL \d+, dbt-core 1\.11\.0",
    ]
    lines = report(with_dbt, rows=ROWS).splitlines()
    assert [pattern for pattern in patterns if not any(re.fullmatch(pattern, line) for line in lines)] == []

"""What the comment says of the tests of the queries that change, run on a real server."""

from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest

from summary_tables.commands.diff import query_test_part
from summary_tables.commands.diff.comment import preview
from summary_tables.commands.diff.preview import Preview
from summary_tables.commands.diff.query_test_part import QueryTests, query_test_parts, run_query_tests
from summary_tables.commands.options import sample_server
from summary_tables.lint.engine import lint
from tests.commands.diff.config_folders import folder_of, table
from tests.golden_files import assert_golden

TESTS = """\
tests:
  - name: right
    given: {raw_data.t: [{a: 1}, {a: 2}]}
    expect: [{total: 3}]
"""
WRONG = """\
  - name: "</details> @team 틀린 행 😀"
    given: {raw_data.t: [{a: 1}, {a: 5}]}
    expect: [{total: 3}]
"""
IMPOSSIBLE = """\
tests:
  - {name: no number, types: {raw_data.t: {a: date}}, expect: []}
"""
SUM = "SELECT SUM(a) AS total FROM raw_data.t"


def found(place: Path, **files: str) -> Preview:
    """Of a pull request that adds these files."""
    after = folder_of(place / "after", **files)
    state = Preview(
        before=folder_of(place / "before"),
        after=after,
        lint=lint([after.path]),
        now=datetime(2026, 11, 22, 12, tzinfo=UTC),
    )
    return Preview(
        before=state.before,
        after=after,
        lint=state.lint,
        now=state.now,
        tests=run_query_tests(state.files, after, state.lint),
    )


def test_passed_failed_and_not_run(tmp_path: Path, address_of_tests: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_test_part, "query_test_server", lambda: nullcontext(lambda: address_of_tests))
    change = found(
        tmp_path,
        sums=table("sums", SUM, TESTS),
        wrong=table("wrong", SUM, TESTS + WRONG),
        broken=table("broken", f"{SUM};;", TESTS),
        impossible=table("impossible", SUM, IMPOSSIBLE),
        untested=table("untested"),
    )
    parts = preview(change)
    assert str(parts[0]).endswith("; tests: 2 failed")
    assert_golden("diff/query_tests.md", f"{parts[2]}\n")
    lines = [line for part in parts for line in part.items if line.startswith("- **Tests of the query**")]
    assert [line.removeprefix("- **Tests of the query** ") for line in lines] == [
        *("1, not run", "1 of 1 failed", "1 passed", "none", "1 of 2 failed")
    ]


def test_all_passed(tmp_path: Path, address_of_tests: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_test_part, "query_test_server", lambda: nullcontext(lambda: address_of_tests))
    (part,) = query_test_parts(found(tmp_path, sums=table("sums", SUM, TESTS)).tests)
    assert str(part) == "**Tests** of the queries: 1 test passed."


def test_without_a_server_the_rest_is_said_and_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample_server.SampleData.__init__, "__defaults__", (tmp_path, sample_server.SAMPLE))
    change = found(tmp_path, sums=table("sums", SUM, TESTS))
    assert str(preview(change)[2]) == (
        "**Tests** of the queries: none was run: there is no server for tests here: it comes with a checkout of the "
        "repository only."
    )


def test_redshift_has_no_server(tmp_path: Path, address_of_tests: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_test_part, "query_test_server", lambda: nullcontext(lambda: address_of_tests))
    change = found(tmp_path, sums=table("sums", SUM, TESTS), defaults="warehouse: {dialect: redshift}\n")
    assert change.tests.why_not == "tests run on PostgreSQL; they cannot speak the SQL of Redshift yet"


def test_no_server_is_started_for_no_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_test_part, "query_test_server", lambda: pytest.fail("a server was started"))
    assert found(tmp_path, untested=table("untested"), wrong=table("wrong", f"{SUM};;", TESTS)).tests.results == ()
    assert query_test_parts(QueryTests()) == ()

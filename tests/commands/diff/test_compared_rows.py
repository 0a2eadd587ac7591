"""`summary-tables diff` with a warehouse: the rows of each table that changes, before and after, in all three forms."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.commands.diff.compared_rows import MOST_TABLES, tables_to_build
from summary_tables.commands.exit_code import OK, USAGE
from summary_tables.lint.facts.lineage import Lineage
from summary_tables.model.checkout import REPOSITORY
from tests.commands.diff.config_folders import table
from tests.commands.diff.git_repository import GitRepository, new_repository
from tests.golden_files import assert_golden
from tests.warehouse.postgres.database import BUILDER, PASSWORD, Database, build_and_show

NOW = "2026-11-22T12:00:00+00:00"
_ADDRESS = "WAREHOUSE_OF_THE_TEST"
_DAILY = "SELECT day, count(*) AS n FROM raw_data.events GROUP BY day"
_WEEKLY = "SELECT day / 7 AS week, sum(n)::bigint AS n FROM analytics.daily GROUP BY 1"

Diff = Callable[..., str]


@pytest.fixture
def repository(tmp_path: Path) -> GitRepository:
    return new_repository(tmp_path / "clone")


@pytest.fixture
def diff(repository: GitRepository, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Diff:
    """Runs the command in the repository: what it prints on both streams, and its exit code."""

    def run(*arguments: str) -> str:
        monkeypatch.chdir(repository.root)
        capsys.readouterr()
        code = cli.main(["diff", "main", "--now", NOW, *arguments])
        printed = capsys.readouterr()
        said = "".join(f"! {line}\n" for line in printed.err.splitlines())
        return re.sub(r"in \d+\.\d\d s", "in S.SS s", f"{printed.out}{said}exit {code}\n")

    return run


def branch(repository: GitRepository, before: dict[str, str], after: dict[str, str]) -> None:
    repository.write(before)
    repository.commit()
    repository.git("switch", "--quiet", "--create", "branch")
    repository.write(after)
    repository.commit()


def address(database: Database, monkeypatch: pytest.MonkeyPatch, role: str = BUILDER) -> tuple[str, str]:
    monkeypatch.setenv(_ADDRESS, database.server.uri(database.name, role, PASSWORD))
    return ("--warehouse", f"env:{_ADDRESS}")


def test_a_change_of_each_summary(
    repository: GitRepository, diff: Diff, sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promoters from 8 on, months of Seoul, the first channel by its name: on the sample data."""
    monkeypatch.setenv("DEMO_HOME", str(sample_home))
    before = {path.stem: path.read_text("utf-8") for path in (REPOSITORY / "dag_configs").glob("*.yaml")}
    # What they say of rows that a file gives is no part of this.
    before = {name: text.partition("\ntests:")[0] for name, text in before.items()}
    after = {
        "nps_summary": before["nps_summary"].replace("score >= 9", "score >= 8"),
        "mau_summary": before["mau_summary"].replace("TO_CHAR(A.ts,", "TO_CHAR(A.ts + INTERVAL '9 hours',"),
        "channel_summary": before["channel_summary"].replace("ORDER BY B.ts", "ORDER BY A.channel", 1),
    }
    assert all(after[name] != before[name] for name in after)
    branch(repository, before, after)
    assert_golden("diff/rows_of_the_summaries.md", diff("--sample-warehouse"))
    assert_golden("diff/rows_of_the_summaries.txt", diff("--sample-warehouse", "--format", "text"))


def test_tables_that_are_live(
    repository: GitRepository, diff: Diff, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_and_show(database, _DAILY)
    warehouse = address(database, monkeypatch)
    before = {"daily": table("daily", _DAILY), "weekly": table("weekly", _WEEKLY), "same": table("same")}
    check = "output_check:\n  - row_count: {min: 51}\n"
    branch(repository, before, {"daily": table("daily", _DAILY.replace("count(*)", "count(*) * 2"), check)})
    said = diff(*warehouse)
    assert (
        "- `analytics.daily` would not be published: the output check `at least 51 rows` fails: expected at least 51 "
        "rows, got 50 rows.\n" in said
    )
    assert "- **All 50 rows change, in `n`, by at most 3.**\n- Before: `analytics.daily` as readers see it now" in said
    assert "- **All 8 rows change, in `n`, by at most 21.**\n- Before: the query of before on the same data" in said
    document = json.loads(diff(*warehouse, "--format", "json").rpartition("exit")[0])
    assert [(rows["table"], rows["compared_with"], rows["diff"]["changed"]) for rows in document["rows"]] == [
        ("analytics.daily", "live", 50),
        ("analytics.weekly", "base", 8),
    ]
    base = diff(*warehouse, "--format", "text", "--against", "base", "--key", "day")
    assert "Before: the query of before on the same data, 50 rows." in base
    assert "Rows are matched by `day`, as `--key` says." in base
    assert "The key `day` is no column of both tables. They share `week` and `n`." in base


def test_what_changes_no_row_is_not_built(
    repository: GitRepository, diff: Diff, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch(repository, {"daily": table("daily", _DAILY)}, {"daily": table("daily", _DAILY, "owner: growth\n")})
    said = diff(*address(database, monkeypatch), "--format", "text")
    assert said == f"No table that can be built changes.\nexit {OK}\n"


def test_files_with_errors_are_named(
    repository: GitRepository, diff: Diff, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch(repository, {"daily": table("daily", _DAILY)}, {"daily": "tabel: daily\n"})
    said = diff(*address(database, monkeypatch), "--format", "text")
    assert said == (
        "No table that can be built changes.\n! summary-tables: dag_configs/daily.yaml has errors, so what it says is "
        f"left out; run `summary-tables lint dag_configs/daily.yaml`\nexit {OK}\n"
    )


def test_wrong_calls(repository: GitRepository, diff: Diff, database: Database) -> None:
    branch(repository, {"daily": table("daily", _DAILY)}, {"daily": table("daily", _DAILY.replace("n F", "m F"))})
    password = "s3cret"
    said = [
        diff("--format", "text"),
        diff("--sample-warehouse", "--warehouse", "env:NOT_SET"),
        diff("--allow-superuser"),
        diff("--warehouse", "env:NOT_SET"),
        diff("--warehouse", f"postgresql://me:{password}@127.0.0.1:1/x"),
        diff("--warehouse", database.server.uri(database.name)),
    ]
    assert all(words.endswith(f"exit {USAGE}\n") for words in said)
    assert password not in "".join(said)
    assert_golden("diff/rows_wrong_calls.txt", "".join(said))


def test_warehouse_that_is_no_postgresql(repository: GitRepository, diff: Diff) -> None:
    branch(
        repository,
        {"daily": table("daily", _DAILY), "defaults": "warehouse: {dialect: redshift}\n"},
        {"daily": table("daily", _DAILY.replace("n F", "m F"))},
    )
    said = "! summary-tables: rows are compared on PostgreSQL; it cannot speak the SQL of Redshift yet\nexit 2\n"
    assert diff("--warehouse", "env:NOT_SET") == said


def test_so_many_tables_at_once() -> None:
    names = [f"analytics.t{number:02}" for number in range(MOST_TABLES + 1)]
    reads = {name: (names[place + 1],) if place < MOST_TABLES else () for place, name in enumerate(names)}
    after = Lineage(reads=reads, waits=dict.fromkeys(names, ()))
    assert tables_to_build((), names, after) == tuple(reversed(names))

"""`summary-tables diff` on real branches: the whole comment, and what is said where there is none."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.commands.diff.comment import MARKER
from summary_tables.commands.diff.host import GITHUB, GITLAB
from summary_tables.commands.exit_code import OK, USAGE
from summary_tables.commands.lint import known_sources_option
from tests.commands.diff.config_folders import table
from tests.commands.diff.git_repository import GitRepository, new_repository
from tests.golden_files import assert_golden

NOW = "2026-11-22T12:00:00+00:00"

BASE = {
    "defaults": "owner: data\nretries: 1\nschedule: '@daily'\nwarehouse: {dialect: postgres}\n",
    "nps_summary": """\
table: nps_summary
schema: analytics
owner: growth
schedule: "0 3 * * *"
main_sql: |
  SELECT
    LEFT(created_at, 10) AS date,
    ROUND(100.0 * SUM(CASE WHEN score >= 9 THEN 1 WHEN score <= 6 THEN -1 ELSE 0 END) / COUNT(1), 2) AS nps,
    COUNT(1) AS answers
  FROM raw_data.nps
  GROUP BY 1
input_check:
  - sql: SELECT COUNT(1) FROM raw_data.nps
    count: 150000
output_check:
  - sql: SELECT COUNT(1) FROM {schema}.temp_{table}
    count: 12
  - name: one row a day
    sql: SELECT COUNT(1) - COUNT(DISTINCT date) FROM {schema}.temp_{table}
    count: 0
    op: eq
""",
    "nps_weekly": table(
        "nps_weekly",
        "SELECT DATE_TRUNC('week', date::date) AS week, AVG(nps) AS nps\nFROM analytics.nps_summary\nGROUP BY 1",
        "schedule: {after: [analytics.nps_summary]}\n",
    ),
    "board_report": table(
        "board_report",
        "SELECT w.week, w.nps, m.mau\nFROM analytics.nps_weekly w\nJOIN analytics.mau_summary m ON m.month = w.week",
        "owner: 이사회\nschedule: {after: [analytics.nps_weekly]}\n",
    ),
    "mau_summary": table(
        "mau_summary",
        "SELECT TO_CHAR(ts, 'YYYY-MM') AS month, COUNT(DISTINCT userid) AS mau\nFROM raw_data.sessions\nGROUP BY 1",
        "owner: growth\n",
    ),
    "channel_summary": table(
        "channel_summary", "SELECT userid, MIN(channel) AS channel\nFROM raw_data.channels\nGROUP BY 1"
    ),
    "untouched": table("untouched", "SELECT COUNT(1) AS rows_now\nFROM raw_data.other"),
    "worded": table("worded", "SELECT MAX(id) AS last_id\nFROM raw_data.other", "retries: 3\n"),
}


@pytest.fixture
def repository(tmp_path: Path) -> GitRepository:
    found = new_repository(tmp_path / "clone")
    found.write(BASE)
    found.commit()
    found.git("switch", "--quiet", "--create", "branch")
    return found


Diff = Callable[..., tuple[int, str, str]]


@pytest.fixture
def diff(repository: GitRepository, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Diff:
    """Runs the command in the repository: exit code, standard output, standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(repository.root)
        code = cli.main(["diff", "--now", NOW, *arguments])
        return code, *capsys.readouterr()

    return run


def _change(repository: GitRepository) -> None:
    nps = BASE["nps_summary"]
    nps = nps.replace(" AS nps,\n    COUNT(1) AS answers", ",\n    COUNT(DISTINCT userid) AS people")
    nps = (
        nps.replace("count: 12\n", "count: 30\n").replace("owner: growth", "owner: marketing").replace("0 3 ", "0 */6 ")
    )
    nps = nps.replace("raw_data.nps\n  GROUP", "raw_data.nps\n  JOIN raw_data.users USING (userid)\n  GROUP")
    repository.write(
        {
            "nps_summary": nps + "timeout_minutes: 30\nindexes:\n  - columns: [date]\n    unique: true\n",
            "answers_daily": table(
                "answers_daily",
                "SELECT date, people\nFROM analytics.nps_summary",
                "description: How many people answered, a day.\ntags: [growth, 설문]\n"
                "schedule: {after: [analytics.nps_summary]}\n"
                "output_check:\n  - sql: SELECT COUNT(1) FROM {schema}.temp_{table}\n    count: 12\n",
            ),
            "first_channel": BASE["channel_summary"].replace("channel_summary", "first_channel"),
            "worded": "# Watched by the data team.\n" + BASE["worded"],
            "broken": "table: broken\nschema: analytics\n",
            "defaults": BASE["defaults"].replace("retries: 1", "retries: 2"),
        }
    )
    repository.delete("mau_summary", "channel_summary")


def test_branch_that_adds_changes_and_removes(repository: GitRepository, diff: Diff) -> None:
    _change(repository)
    repository.commit()
    code, text, error = diff("main", "--head", "branch")
    assert (code, error) == (OK, "")
    assert_golden("diff/branch.md", text)


def test_files_as_they_are_now_count_where_no_head_is_named(repository: GitRepository, diff: Diff) -> None:
    _change(repository)
    not_committed = diff()
    repository.commit()
    assert not_committed == diff("main", "--head", "HEAD") == diff("main")


def test_what_comes_to_the_base_later_is_no_change(repository: GitRepository, diff: Diff) -> None:
    repository.git("switch", "--quiet", "main")
    repository.write({"later": table("later")})
    repository.commit()
    assert diff("main", "--head", "branch") == (OK, f"{MARKER}\nNo summary table changes.\n", "")


def test_other_folder_and_output_file(repository: GitRepository, diff: Diff, tmp_path: Path) -> None:
    (repository.root / "marts").mkdir()
    (repository.root / "marts" / "a.yaml").write_text(table("a", "SELECT one FROM raw_data.t"))
    output = tmp_path / "comment.md"
    assert diff("--folder", "marts", "--output", str(output)) == (OK, "", "")
    assert "### Added: `analytics.a`\n" in output.read_text()
    assert "`marts/a.yaml:4:19`" in output.read_text() or "raw\\_data" not in output.read_text()


def test_deleted_folder_removes_all_tables(repository: GitRepository, diff: Diff) -> None:
    repository.delete(*BASE)
    repository.folder.rmdir()
    code, text, _ = diff()
    assert (code, text.splitlines()[1]) == (OK, "## Summary tables: 7 removed")


def test_comment_says_what_lint_says_of_known_sources(
    repository: GitRepository, diff: Diff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_sources_option, "_server", lambda: nullcontext(None))
    (repository.folder / "sources").mkdir()
    sources = "schema: shop\ntables: [{name: orders, columns: [{name: customer_id, type: bigint}]}]\n"
    (repository.folder / "sources" / "shop.yaml").write_text(sources)
    repository.write({"buyers": table("buyers", "SELECT custmer_id AS buyer FROM shop.orders")})
    repository.commit()
    code, text, _ = diff("main", "--head", "branch")
    assert code == OK
    assert text.splitlines()[1] == "## Summary tables: 1 added; lint: 1 error and 1 info"
    assert "`shop.orders` has no column `custmer_id`. Fix: write `customer_id`" in text


def test_hostile_texts_do_not_break_out(repository: GitRepository, diff: Diff) -> None:
    repository.write(
        {
            "hostile": table(
                "hostile",
                'SELECT "a`|@jin" AS "</details> <b>", 1 AS "```", 2\n'
                'FROM raw."x""] --> y[""<script>" -- ``` @everyone </details>',
                "owner: '@jin `|` <img src=x> [a](http://evil.example)'\n"
                'description: "```\\n</details>\\n# @all"\n'
                "tags: ['`', '|', '<!--']\n"
                "output_check:\n"
                "  - name: '` <b>|@jin'\n"
                "    sql: SELECT COUNT(1) FROM {schema}.temp_{table}\n"
                "    count: 1\n",
            )
        }
    )
    code, text, _ = diff()
    assert code == OK
    assert_golden("diff/hostile.md", text)


def test_many_tables_are_cut_to_what_github_takes(repository: GitRepository, diff: Diff) -> None:
    sql = "\n".join(["SELECT a", *(f", 'line {n} of a long query' AS c{n}" for n in range(60)), "FROM raw_data.t"])
    repository.write({f"t{n:03}": table(f"t{n:03}", sql) for n in range(120)})
    code, text, _ = diff()
    assert code == OK
    assert GITHUB.limit * 0.95 < GITHUB.length(text) <= GITHUB.limit
    assert_golden("diff/cut_end.md", text[text.rindex("### ") :])
    whole = diff("--limit", "0")[1]
    assert GITHUB.limit < len(whole) < GITLAB.limit
    assert diff("--host", "gitlab")[1] == whole


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nobody"], "git knows no commit `nobody`; fetch it first, or name another branch, tag or commit"),
        (
            ["main", "--head", "nobody"],
            "git knows no commit `nobody`; fetch it first, or name another branch, tag or commit",
        ),
        (["main", "--head=--all"], "`--all` is not the name of a commit; name a branch, a tag or a commit"),
        (["--folder", "nowhere"], "nowhere has no files on either side; name the folder with --folder"),
        (["--output", "no/such/folder/x.md"], "no/such/folder/x.md cannot be written: No such file or directory"),
    ],
)
def test_called_wrongly(diff: Diff, arguments: list[str], words: str) -> None:
    assert diff(*arguments) == (USAGE, "", f"summary-tables: {words}\n")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://previewer:s3cr3t-pw@127.0.0.1:1/warehouse",
        "postgresql://previewer:s3cr3t-pw@[::1:1/warehouse",
        "postgresql//previewer:s3cr3t-pw@",
        "host=127.0.0.1 port=1 user=previewer password='s3cr3t-pw",
    ],
)
def test_address_of_a_warehouse_that_does_not_answer_is_told_nowhere(
    address: str, repository: GitRepository, diff: Diff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write({"new": table("new")})
    monkeypatch.setenv("WAREHOUSE_OF_A_TEST", address)
    code, text, error = diff("main", "--warehouse", "env:WAREHOUSE_OF_A_TEST", "--output", str(tmp_path / "out.md"))
    assert (code, text) == (USAGE, "")
    assert error.startswith(("summary-tables: no connection to the warehouse: ", "summary-tables: the address of the"))
    assert "s3cr3t" not in error
    assert "previewer" not in error
    assert not (tmp_path / "out.md").exists()


def test_limit_that_is_too_small(diff: Diff, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        diff("--limit", "100")
    assert raised.value.code == USAGE
    assert capsys.readouterr().err.endswith(
        "error: argument --limit: at least 20,000 characters are needed, or 0 for everything\n"
    )

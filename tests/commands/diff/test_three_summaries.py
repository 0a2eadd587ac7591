"""The whole comment of a change that somebody might really make to each of the three summaries."""

import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.commands.diff import query_test_part
from summary_tables.commands.exit_code import OK
from summary_tables.commands.lint import known_sources_option
from tests.commands.diff.git_repository import new_repository
from tests.conftest import REPOSITORY
from tests.golden_files import assert_golden

CHANGES = {
    # A column more, an hour later, and a check that nobody named.
    "mau_summary": [
        ("B.userid) AS mau\n", "B.userid) AS mau,\n    COUNT(1) AS sessions\n"),
        (
            "in that month.\n",
            """in that month.
  - name: sessions
    type: bigint
    description: Sessions of that month.
""",
        ),
        ('"0 3 * * *"', '"0 4 * * *"'),
        (
            "    count: 5\n",
            """    count: 5
  - sql: |
      SELECT COUNT(DISTINCT month) -- months
      FROM {schema}.temp_{table}
    count: 5
  - sql: SELECT SUM(sessions) FROM {schema}.temp_{table}
    count: 100000
  - unique: month
""",
        ),
        ("month: 2026-01, mau: 2}", "month: 2026-01, mau: 2, sessions: 3}"),
        ("month: 2026-02, mau: 1}", "month: 2026-02, mau: 1, sessions: 1}"),
    ],
    # Sessions without a time count no more, for readers of another team.
    "channel_summary": [
        ("LEFT JOIN raw", "JOIN raw"),
        ("owner: marketing\n", "owner: marketing\ngrants: {select: [reporting]}\n"),
        ("    count: 900\n", "    count: 800\n"),
    ],
    # Another line between promoters and the others, which the tests of the query do not know.
    "nps_summary": [
        ("score >= 9 THEN 1    --", "score >= 8 THEN 1    --"),
        (
            "  - sql: SELECT COUNT(1) FROM {schema}.temp_{table}\n    count: 12\n",
            "  - row_count: {min: 30}\n  - range: {column: nps, min: -100, max: 100}\n",
        ),
    ],
}
NEW = """\
# yaml-language-server: $schema=../schemas/summary_table.schema.json
table: nps_by_month
schema: analytics
description: The mean of the daily scores, per month.
owner: growth
schedule: {after: [analytics.nps_summary]}
main_sql: |
  SELECT LEFT(date, 7) AS month, ROUND(AVG(nps), 1) AS nps
  FROM analytics.nps_summary
  GROUP BY 1
input_check:
  - sql: SELECT COUNT(1) FROM analytics.nps_summary
    count: 12
"""


@pytest.mark.parametrize("name", CHANGES)
def test_comment(name: str, address_of_tests: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_test_part, "query_test_server", lambda: nullcontext(lambda: address_of_tests))
    monkeypatch.setattr(known_sources_option, "_server", lambda: nullcontext(None))
    repository = new_repository(tmp_path / "clone")
    shutil.copytree(REPOSITORY / "dag_configs", repository.folder)
    repository.write({"nps_by_month": NEW})
    repository.commit()
    repository.git("switch", "--quiet", "--create", "branch")
    text = (repository.folder / f"{name}.yaml").read_text("utf-8")
    for old, new in CHANGES[name]:
        assert text.count(old) == 1
        text = text.replace(old, new)
    repository.write({name: text})
    monkeypatch.chdir(repository.root)
    output = tmp_path / "comment.md"
    assert cli.main(["diff", "--now", "2026-11-22T12:00:00+00:00", "--output", str(output)]) == OK
    assert_golden(f"diff/summaries/{name}.md", output.read_text("utf-8"))

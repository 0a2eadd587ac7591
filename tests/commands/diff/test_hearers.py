"""What a pull request says of who hears of a table: by its own file, and by `defaults.yaml` for many."""

from datetime import UTC, datetime
from pathlib import Path

from summary_tables.commands.diff.changes import folder_change
from summary_tables.commands.diff.comment import preview
from summary_tables.commands.diff.hearers import hearer_lines
from summary_tables.commands.diff.preview import Preview
from summary_tables.lint.result import LintResult
from tests.commands.diff.config_folders import folder_of, table

ROUTES = """\
timezone: Asia/Seoul
slack: {mention: <!here>}
owners: {growth: {slack: SAZ94GDB8}, data: {}}
owner: data
alerts:
  default: {conn_id: bot, channel: "#data"}
  remind_after: 12h
  routes:
    - {owner: growth, to: [slack_growth, mail], quiet: [{from: "20:00", to: "08:00"}, {days: [sat, sun]}]}
"""


def lines(tmp_path: Path, before: str | None, after: str, defaults: str = ROUTES) -> list[str]:
    old = {} if before is None else {"a": table("a", more=before)}
    states = [
        folder_of(tmp_path / str(len([*tmp_path.iterdir()])), defaults=defaults, **files)
        for files in (old, {"a": table("a", more=after)})
    ]
    (found,) = folder_change(*states).tables
    return list(hearer_lines(found))


DATA = "`bot` (`#data`); calls `<!here>`; reminds after 12h"
QUIET = "from 20:00 to 08:00 and on sat, sun (Asia/Seoul)"
GROWTH = f"`slack_growth` and `mail`; calls `<!here> <!subteam^SAZ94GDB8>`; waits {QUIET}; reminds after 12h"


def test_another_owner_is_somebody_else_who_hears(tmp_path: Path) -> None:
    assert lines(tmp_path, "", "owner: growth\n") == [f"- **Who hears of it** {DATA} → {GROWTH}"]


def test_what_the_file_says_itself(tmp_path: Path) -> None:
    own = 'alerts: {to: slack_finance, mention: "", remind_after: never}\npriority: high\n'
    assert lines(tmp_path, "owner: growth\n", f"owner: growth\n{own}") == [
        f"- **Who hears of it** {GROWTH} → `slack_finance`; warnings wait {QUIET}; reminds nobody"
    ]
    assert lines(tmp_path, None, "priority: high\n", "") == ["- **Who hears of it** `slack_default`; errors at once"]


def test_nothing_where_nothing_changes_and_nothing_is_its_own(tmp_path: Path) -> None:
    assert lines(tmp_path, "", "retries: 3\n") == []
    assert lines(tmp_path, None, "", "") == []


def test_defaults_that_lead_elsewhere(tmp_path: Path) -> None:
    files = {"a": table("a"), "b": table("b", more="owner: growth\n"), "c": table("c")}
    before = folder_of(tmp_path / "before", **files)
    after = folder_of(tmp_path / "after", defaults=ROUTES.replace("timezone: Asia/Seoul\n", ""), **files)
    found = Preview(
        before=before, after=after, lint=LintResult(files=(), problems=()), now=datetime(2026, 11, 22, tzinfo=UTC)
    )
    (part,) = (part for part in preview(found) if part.name == "`defaults.yaml`")
    assert list(part.items) == [
        "- `alerts: default`: left out, so where `slack` says → `conn_id: bot, channel: #data`, for all tables",
        "- `alerts: remind_after`: left out, so `3d` → `12h`, for all tables",
        "- `alerts: routes`: left out, so none → `owner: growth, to: [slack_growth, mail], quiet: "
        "[from: 20:00, to: 08:00; days: [sat, sun]]`, for all tables",
        "- `owner`: left out, so `data` → `data`, for `analytics.a` and `analytics.c`",
        "- `owners: data`: left out, so not listed → listed, for all tables",
        "- `owners: growth`: left out, so not listed → `slack: SAZ94GDB8`, for all tables",
        "- `slack: mention`: left out, so nothing → `<!here>`, for all tables",
        f"- **Who hears of** `analytics.a` and `analytics.c`: `slack_default` → {DATA}",
        f"- **Who hears of** `analytics.b`: `slack_default` → {GROWTH.replace('Asia/Seoul', 'UTC')}",
    ]

"""What differs between two states of the folder."""

from pathlib import Path

from summary_tables.commands.diff.changes import DefaultChange, FolderChange, folder_change
from summary_tables.configs.folder import ConfigFolder
from tests.commands.diff.config_folders import folder_of, table


def change(place: Path, before: dict[str, str], after: dict[str, str]) -> FolderChange:
    return folder_change(_folder(place / "before", before), _folder(place / "after", after))


def _folder(place: Path, files: dict[str, str]) -> ConfigFolder:
    return folder_of(place, **files)


def kinds(found: FolderChange) -> list[tuple[str, str]]:
    return [(change.kind, change.name) for change in found.tables]


def test_added_changed_and_removed(tmp_path: Path) -> None:
    found = change(
        tmp_path,
        {"b": table("b"), "c": table("c", "SELECT 3 AS c"), "same": table("same")},
        {"a": table("a", "SELECT 2 AS a"), "b": table("b", more="owner: growth\n"), "same": table("same")},
    )
    assert kinds(found) == [("added", "analytics.a"), ("changed", "analytics.b"), ("removed", "analytics.c")]
    assert not found.is_empty


def test_same_state_is_empty(tmp_path: Path) -> None:
    assert change(tmp_path, {"a": table("a")}, {"a": table("a")}).is_empty


def test_same_query_under_another_name_is_a_renamed_table(tmp_path: Path) -> None:
    found = change(
        tmp_path, {"old": table("old", "SELECT 1 AS a,\n  2 AS b")}, {"new": table("new", "SELECT 1 AS a, 2 AS b")}
    )
    assert kinds(found) == [("renamed", "analytics.new")]
    (renamed,) = found.tables
    assert renamed.before is not None
    assert renamed.before.full_name == "analytics.old"


def test_query_that_several_tables_share_tells_nothing(tmp_path: Path) -> None:
    found = change(tmp_path, {"old": table("old")}, {"new": table("new"), "newer": table("newer")})
    assert kinds(found) == [("added", "analytics.new"), ("added", "analytics.newer"), ("removed", "analytics.old")]


def test_query_that_several_removed_tables_had_tells_nothing(tmp_path: Path) -> None:
    found = change(tmp_path, {"old": table("old"), "older": table("older")}, {"new": table("new")})
    assert kinds(found) == [("added", "analytics.new"), ("removed", "analytics.old"), ("removed", "analytics.older")]


def test_file_that_breaks_is_not_a_removed_table(tmp_path: Path) -> None:
    found = change(tmp_path, {"a": table("a"), "gone": "]"}, {"a": "table: a\n"})
    assert (kinds(found), found.broken, found.deleted_unread) == ([], ("a",), ("gone",))


def test_file_that_is_fixed_is_shown(tmp_path: Path) -> None:
    found = change(tmp_path, {"a": "table: a\n", "b": "]"}, {"a": table("a"), "b": "]"})
    assert (kinds(found), found.now_readable, found.broken) == ([("added", "analytics.a")], ("a",), ())


def test_comments_are_no_change_of_the_table(tmp_path: Path) -> None:
    found = change(tmp_path, {"a": table("a")}, {"a": "# a comment\n" + table("a")})
    assert (kinds(found), found.rewritten) == ([], ("a",))


def test_defaults_name_the_tables_that_take_them_over(tmp_path: Path) -> None:
    files = {"a": table("a"), "b": table("b", more="retries: 3\n")}
    found = change(
        tmp_path,
        {**files, "defaults": "retries: 1\nowner: data\nslack: {conn_id: s}\n"},
        {**files, "defaults": "retries: 2\nslack: {conn_id: s, mention: <!here>}\n"},
    )
    assert found.tables == ()
    assert found.defaults == (
        DefaultChange(key="owner", before="data", after=None, tables=("analytics.a", "analytics.b")),
        DefaultChange(key="retries", before=1, after=2, tables=("analytics.a",)),
        DefaultChange(key="slack: mention", before=None, after="<!here>", tables=(), touches_all=True),
    )


def test_broken_defaults_hide_no_table(tmp_path: Path) -> None:
    for side in ("before", "after"):
        states = {
            "before": {"a": table("a"), "defaults": "owner: growth\n"},
            "after": {"a": table("a", more="retries: 3\n"), "defaults": "owner: growth\n"},
        }
        states[side]["defaults"] = "]"
        found = change(tmp_path / side, states["before"], states["after"])
        assert kinds(found) == [("changed", "analytics.a")]
        assert found.has_broken_defaults == (side == "after")
        assert {file.config.table.owner for file in (found.tables[0].before, found.tables[0].after) if file} == {
            "growth"
        }


def test_only_some_changes_reach_readers(tmp_path: Path) -> None:
    found = change(
        tmp_path,
        {name: table(name) for name in ("owner", "rows", "time")},
        {
            "owner": table("owner", more="owner: growth\n"),
            "rows": table("rows", "SELECT 2 AS one"),
            "time": table("time", more='schedule: "0 3 * * *"\n'),
        },
    )
    assert {change.name: change.reaches_readers for change in found.tables} == {
        "analytics.owner": False,
        "analytics.rows": True,
        "analytics.time": True,
    }

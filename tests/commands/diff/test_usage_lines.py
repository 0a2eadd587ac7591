"""What a pull request says of dashboards that show a table, and of a table that is to go."""

from pathlib import Path
from typing import Any

import pytest

from summary_tables.commands.diff.changes import TableChange
from summary_tables.commands.diff.usage_lines import usage_lines
from summary_tables.configs.folder import read_file
from summary_tables.configs.table_file import TableFile

WEEKLY = '{name: Weekly review, url: "https://bi.example.com/12", owner: growth}'
HOSTILE = '{name: "[x](https://evil.example) @all <b>", url: "https://bi.example.com/a)b(c"}'


def file(tmp_path: Path, more: str) -> TableFile:
    path = tmp_path / "t.yaml"
    path.write_text(f"table: t\nschema: s\nmain_sql: SELECT 1 AS a\n{more}\n")
    found = read_file(path, {})
    assert isinstance(found, TableFile)
    return found


def lines(tmp_path: Path, before: str | None, after: str | None) -> list[str]:
    old = None if before is None else file(tmp_path, before)
    new = None if after is None else file(tmp_path, after)
    kind: Any = "added" if old is None else "removed" if new is None else "changed"
    return list(usage_lines(TableChange(kind=kind, before=old, after=new)))


@pytest.mark.parametrize("before", [None, "", "description: a"])
def test_nothing_where_nobody_knows_of_any(tmp_path: Path, before: str | None) -> None:
    assert lines(tmp_path, before, "") == []


def test_who_is_reached_by_a_change_and_who_comes_and_goes(tmp_path: Path) -> None:
    weekly = "[Weekly review](https://bi.example.com/12) of `growth`"
    assert lines(tmp_path, None, f"used_by: [{WEEKLY}]") == ["- **Used by**", f"  - {weekly}"]
    monthly = '{name: Monthly, url: "http://bi.example.com/13"}'
    assert lines(tmp_path, f"used_by: [{WEEKLY}]", f"used_by: [{monthly}]") == [
        "- **Used by**",
        f"  - {weekly} (no longer in the file)",
        "  - [Monthly](http://bi.example.com/13) (new)",
    ]
    assert lines(tmp_path, f"used_by: [{WEEKLY}]", None) == ["- **Still used by**", f"  - {weekly}"]


def test_texts_are_texts_and_very_many_are_cut(tmp_path: Path) -> None:
    assert lines(tmp_path, None, f"used_by: [{HOSTILE}]")[1] == (
        "  - [&#91;x&#93;(https:&#8203;//evil.example) @&#8203;all &#60;b&#62;](https://bi.example.com/a%29b%28c)"
    )
    many = "".join(f'\n  - {{name: d{number}, url: "https://bi.example.com/{number}"}}' for number in range(25))
    assert lines(tmp_path, None, f"used_by:{many}")[-1] == "  - and 5 more"


def test_a_table_that_is_to_go(tmp_path: Path) -> None:
    soon = 'deprecated: {after: "2026-12-31", use: s.new}'
    words = "goes after 2026-12-31; `s.new` takes its place"
    assert lines(tmp_path, "", soon) == [f"- **Deprecated** {words}"]
    assert lines(tmp_path, soon, soon) == [f"- **Deprecated** {words}"]
    assert lines(tmp_path, soon, 'deprecated: {after: "2027-01-31"}') == [
        f"- **Deprecated** goes after 2027-01-31 (was: {words})"
    ]
    assert lines(tmp_path, soon, "") == ["- **No longer deprecated**: it was to go after 2026-12-31"]

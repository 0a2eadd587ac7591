"""Connections and readers, which a reviewer must not overlook."""

from pathlib import Path

import pytest

from summary_tables.commands.diff.access_lines import access_lines
from summary_tables.commands.diff.changes import folder_change
from tests.commands.diff.config_folders import folder_of, table


def lines(place: Path, before: str | None, after: str) -> list[str]:
    query = "SELECT 1 AS a"
    old = folder_of(place / "before", **({} if before is None else {"t": table("t", query, before)}))
    new = folder_of(place / "after", t=table("t", query, after))
    (change,) = folder_change(old, new).tables
    return list(access_lines(change))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (None, "owner: a\n", []),
        (
            None,
            "conn_id: finance\ngrants: {select: [a, PUBLIC]}\n",
            [
                "- **Connection of its own** `finance`: perhaps another warehouse or role",
                "- **May read** `a`, everybody who may connect to the warehouse (`public`)",
            ],
        ),
        (None, "grants: {select: []}\n", ["- **May read** nobody besides those who may already"]),
        (
            "owner: a\n",
            "conn_id: finance\n",
            ["- **Another connection** `warehouse` → `finance`: perhaps another warehouse or role"],
        ),
        ("grants: {select: [a]}\n", "grants: {select: [a, b]}\n", ["- **May read now** `b`"]),
        (
            "grants: {select: [a, public]}\n",
            "owner: a\n",
            [
                "- **May read no longer** `a`, everybody who may connect to the warehouse (`public`), "
                "unless others let them"
            ],
        ),
        ("grants: {select: [a, public]}\n", "grants: {select: [PUBLIC, a]}\n", []),
    ],
)
def test_what_is_said(tmp_path: Path, before: str | None, after: str, said: list[str]) -> None:
    assert lines(tmp_path, before, after) == said

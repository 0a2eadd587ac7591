"""Colours: on a terminal only, unless somebody says otherwise."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from summary_tables.commands.options.report_output import has_color


@pytest.mark.parametrize(
    ("when", "environment", "expected"),
    [
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
        ("auto", {}, False),
        ("auto", {"FORCE_COLOR": "1"}, True),
        ("auto", {"FORCE_COLOR": "0"}, False),
        ("auto", {"FORCE_COLOR": ""}, False),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
    ],
)
def test_who_wants_colours(when: str, environment: Mapping[str, str], expected: bool, tmp_path: Path) -> None:
    with (tmp_path / "out").open("w") as stream:
        assert has_color(when, stream, environment) is expected


def test_file_of_a_report_has_none_unless_it_is_asked_for() -> None:
    assert has_color("auto", None, {"FORCE_COLOR": "1"}) is False
    assert has_color("always", None, {}) is True


@pytest.mark.parametrize(
    ("environment", "expected"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_terminal(environment: Mapping[str, str], expected: bool, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("")
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "TERM")}
    ours, theirs = os.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "summary_tables", "lint", "--format", "text", str(tmp_path)],
        stdout=theirs,
        env=kept | {"TERM": "xterm"} | dict(environment),
        check=False,
    )
    os.close(theirs)
    shown = os.read(ours, 10_000)
    os.close(ours)
    assert done.returncode == 1
    assert (b"\x1b[" in shown) is expected

"""What the pages say to type is a command, with options that it has."""

import re
import shlex
from pathlib import Path

import pytest

from summary_tables import cli
from tests.conftest import REPOSITORY

_PAGES = [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").glob("*.md")]
# A line of a block, or code in a sentence that names what the command is given.
_IN_BLOCK = re.compile(r"^(?: {4}|\$ )(?:\S*/)?summary-tables ([a-z].*?)(?: {2,}#.*)?$", re.MULTILINE)
_IN_TEXT = re.compile(r"`(?:\S*/)?summary-tables ([a-z][^`]*? [^`]+)`")


def commands() -> list[tuple[Path, str]]:
    found = []
    for page in _PAGES:
        text = page.read_text("utf-8")
        for command in (*_IN_BLOCK.findall(text), *(part.replace("\n", " ") for part in _IN_TEXT.findall(text))):
            found.append((page, " ".join(command.split())))
    return sorted(set(found))


def test_there_are_commands() -> None:
    assert len(commands()) > 20


@pytest.mark.parametrize(("page", "command"), commands(), ids=lambda value: getattr(value, "name", value))
def test_command_of_a_page_is_one(
    page: Path, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "_run", lambda *_: 0)
    try:
        cli.main(shlex.split(command))
    except SystemExit:
        pytest.fail(f"{page.name}: {command}\n{capsys.readouterr().err}")

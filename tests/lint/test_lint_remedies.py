"""What lint says to do is done: by `--fix` and by a reader, for every case of the corpus that has a remedy.

- `--fix` on each case: what it changed, as data, stands in `tests/golden/fix/meaning.txt`. Read it as who wrote
  the file would: is it what was meant?
- A remedy that is only words: `tests/cases/lint/followed/` holds the file of some who followed it.
"""

import re
import shutil
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import pytest
import yaml

from summary_tables.lint.engine import lint
from summary_tables.lint.fix import fixed_files
from tests.golden_files import assert_golden
from tests.lint.cases import CASES, INVALID, NEIGHBOURS, copied, problems

FOLLOWED = sorted((INVALID.parent / "followed").glob("*.yaml"))
_TO_WRITE = re.compile(r"write (?:`([^`]+)`|(\"[^\"]+\"|\{.+?\}(?=,|$)))")


def test_what_is_fixed_means_what_was_meant(tmp_path: Path) -> None:
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    for path in (*NEIGHBOURS, *CASES):
        shutil.copy(path, folder)
    changes = ["\n".join((file.path.name, *_changes(file.before, file.after))) for file in fixed_files([folder])]
    assert_golden("fix/meaning.txt", "\n\n".join(changes) + "\n")


def _changes(before: bytes, after: bytes) -> Iterator[str]:
    """The values that are not the same; the lines, where the file could not be read before."""
    try:
        old, new = list(_values(_data(before))), list(_values(_data(after)))
    except yaml.YAMLError:
        old, new = before.decode("utf-8", "replace").splitlines(), after.decode().splitlines()
    yield from (
        line.rstrip() for line in unified_diff(old, new, n=0, lineterm="") if not line.startswith(("---", "+++", "@@"))
    )


def _data(text: bytes) -> object:
    """As any YAML tool reads it, all values as they are written."""
    return yaml.load(text.decode("utf-8-sig"), yaml.BaseLoader)


def _values(data: object, path: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _values(value, f"{path}.{key}".lstrip("."))
    elif isinstance(data, list):
        for index, value in enumerate(data, start=1):
            yield from _values(value, f"{path}[{index}]")
    else:
        yield f"{path}: {data!r}"


@pytest.mark.parametrize("followed", FOLLOWED, ids=lambda path: path.stem)
def test_who_does_what_is_said_has_a_sound_file(followed: Path, tmp_path: Path) -> None:
    said = (INVALID / f"{followed.stem}.txt").read_text("utf-8")
    text = " ".join(followed.read_text("utf-8").split())
    fixes = "\n".join(line.partition("fix: ")[2] for line in said.splitlines()).replace("schema.", "analytics.")
    to_write = [found[1] or found[2] for found in _TO_WRITE.finditer(fixes)]
    assert [written for written in to_write if written not in text and "..." not in written] == []
    path = copied(INVALID / followed.name, tmp_path)
    assert problems(path)
    shutil.copy(followed, path)
    assert problems(path) == []
    assert [problem for problem in lint([path.parent]).problems if problem.level == "error"] == []

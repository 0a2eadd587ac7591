"""SECURITY.md promises nothing that no test holds: each promise names its tests, and they are there."""

import re

import pytest

from tests.conftest import REPOSITORY

PAGE = (REPOSITORY / "SECURITY.md").read_text("utf-8")
PROMISES = PAGE.partition("## What is promised")[2].partition("## How to report")[0]
ITEM = re.compile(r"^- `(tests/[\w/]+\.py)`: ((?:`test_\w+`(?:,\s+)?)+)$", re.MULTILINE)
NAMED = [(path, name) for path, names in ITEM.findall(PROMISES) for name in re.findall(r"`(test_\w+)`", names)]


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_the_test_of_a_promise_is_there(path: str, name: str) -> None:
    assert re.search(rf"^def {name}\(", (REPOSITORY / path).read_text("utf-8"), re.MULTILINE)


def test_each_promise_names_a_test() -> None:
    chapters = re.split(r"\n\n(?=\*\*)", PROMISES.partition("Redshift:")[0].strip())
    assert [chapter[:60] for chapter in chapters if not ITEM.search(chapter)] == []
    assert len(set(re.findall(r"test_\w+(?=`)", PROMISES))) == len({name for _, name in NAMED})


def test_pages_that_it_names_are_there() -> None:
    pages = re.findall(r"\]\(([\w/.]+)\)", PAGE)
    assert pages
    assert [page for page in pages if not (REPOSITORY / page).exists()] == []

"""What the pages load."""

import re

import pytest

from summary_tables.catalog.pages.page_files import PAGE_FILES, page_file


@pytest.mark.parametrize("name", PAGE_FILES)
def test_nothing_is_loaded_from_elsewhere(name: str) -> None:
    assert re.findall(r"https?:|//\w|@import|url\(|import\(", page_file(name)) == []


def test_script_writes_no_html() -> None:
    assert (
        re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function\(", page_file("catalog.js"))
        == []
    )


def test_page_is_small() -> None:
    assert sum(len(page_file(name).encode()) for name in PAGE_FILES) < 40_000

"""What the files of the site are called."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.catalog.listing.view import Sort, View
from summary_tables.commands.catalog.file_names import address, list_file, table_file


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("analytics.nps_summary", "tables/analytics.nps_summary.html"),
        ("nps_summary", "tables/nps_summary.html"),
        ("Analytics.NPS", "tables/analytics-nps-10cd2a0d2a5b.html"),
        ("../../etc/passwd", "tables/etc-passwd-f8d9f7c0fe9b.html"),
        ("분석.표", "tables/name-6c8ee6b3d7bb.html"),
    ],
)
def test_table(name: str, file: str) -> None:
    assert re.sub("-[0-9a-f]{12}", "-…", table_file(name)) == re.sub("-[0-9a-f]{12}", "-…", file)


@pytest.mark.parametrize(
    ("view", "file"),
    [
        (View(), "index.html"),
        (View(page=2), "index.2.html"),
        (View(owner=("growth",)), "owner.growth.html"),
        (View(state=("broken_file",), page=3), "state.broken_file.3.html"),
        (View(owner=("growth",), schema=("analytics",)), ""),
        (View(owner=("growth", "data")), ""),
        (View(search="nps"), ""),
        (View(sort=Sort(key="name")), ""),
    ],
)
def test_list(view: View, file: str) -> None:
    assert list_file(view) == file


@given(one=st.text(max_size=20), other=st.text(max_size=20))
def test_files_are_safe_and_tell_names_apart(one: str, other: str) -> None:
    files = [table_file(name) for name in (one, other)] + [list_file(View(owner=(name,))) for name in (one, other)]
    for file in files:
        assert re.fullmatch(r"(?:tables/)?[a-z0-9_][a-z0-9_.-]*\.html", file)
        assert len(file) < 200
        assert ".." not in file
        assert address(file) == file
    # Also where a file system takes capitals for small letters.
    assert (files[0].lower() == files[1].lower()) == (one == other)
    assert (files[2].lower() == files[3].lower()) == (one == other)
    assert files[2] not in (list_file(View()), list_file(View(page=2)), list_file(View(owner=(other,), page=2)))

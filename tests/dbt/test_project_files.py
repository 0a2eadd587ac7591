"""Whatever stands in a project's files, who reads them goes on: neither waits, nor grows, nor ends."""

import os
from pathlib import Path

import pytest

from summary_tables.dbt.manifest import read_manifest
from summary_tables.dbt.project_files import MOST_BYTES, content, mapping_of, yaml_mapping
from summary_tables.model.problem import Problem

LEVELS = list(zip("abcdefgh", "bcdefghi", strict=True))
BOMB = "a: &a [x, x]\n" + "".join(f"{name}: &{name} [{', '.join([f'*{of}'] * 10)}]\n" for of, name in LEVELS)
MERGED = "a: &a {x: 1}\n" + "".join(f"{name}: &{name} {{<<: [{', '.join([f'*{of}'] * 10)}]}}\n" for of, name in LEVELS)


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        MERGED,
        "a: &a [*a]",
        "a: " + "[" * 100_000,
        "a: " + "{x: " * 100_000,
        "- " * 100_000,
        "\n".join(" " * depth + "a:" for depth in range(500)),
        "- a list",
        "",
        "\x00",
        "a: [",
        b"name: \xb0\xa1",
    ],
    ids=["lists", "merged", "itself", "deep", "mappings", "items", "lines", "list", "empty", "zero", "broken", "bytes"],
)
def test_what_nobody_means_says_nothing(text: str | bytes) -> None:
    assert mapping_of(text) == {}


@pytest.mark.parametrize(
    ("number", "is_text"),
    [("1:30", False), ("1" + ":59" * 300, False), ("1" + ":1" * 100_000, True), ("0x" + "f" * 5_000, True)],
)
def test_a_number_that_no_warehouse_has_is_a_text(number: str, *, is_text: bool) -> None:
    """Parts of sixty take hours to count together, and Python refuses to write numbers of many digits."""
    found = mapping_of(f"a: {number}")["a"]
    assert isinstance(found, str) is is_text
    assert len(str(found)) <= max(1_000, len(number))


def test_what_people_write_is_read(tmp_path: Path) -> None:
    """Anchors are at home in profiles, marks of Windows in files that come from there."""
    (tmp_path / "real.yml").write_bytes(b"\xef\xbb\xbfdev: &target {schema: shop}\r\nprod:\r\n  <<: *target\r\n")
    (tmp_path / "link.yml").symlink_to("real.yml")
    assert yaml_mapping(tmp_path / "link.yml") == {"dev": {"schema": "shop"}, "prod": {"schema": "shop"}}


def test_what_is_no_file_or_too_large_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to("/dev/zero")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    for name, why in (
        ("pipe", "it is a pipe or a device"),
        ("device", "it is a pipe or a device"),
        (".", "Is a directory"),
        ("large", "it is larger than 5 MB"),
        ("none", "No such file or directory"),
    ):
        with pytest.raises(OSError, match=why):
            content(tmp_path / name)
        assert yaml_mapping(tmp_path / name) == {}
    with (tmp_path / "largest").open("wb") as file:
        file.truncate(MOST_BYTES)
    assert len(content(tmp_path / "largest")) == MOST_BYTES
    found = read_manifest(tmp_path / "pipe")
    assert isinstance(found, Problem)
    assert found.message == "the file cannot be read: it is a pipe or a device"

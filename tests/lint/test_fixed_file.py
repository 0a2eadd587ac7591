"""Files are written at once, with what was theirs: line ends, BOM, mode, links."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.lint.fixed_file import FileChangedError, FixedFile, with_edits
from summary_tables.model.problem import Edit

EDITS = (Edit(start=0, end=5, text="table"), Edit(start=9, end=9, text="\nowner: 진"))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("tabel: 가나\n".encode(), "table: 가나\nowner: 진\n".encode()),
        ("tabel: 가나\r\n".encode(), "table: 가나\r\nowner: 진\r\n".encode()),
        ("\ufefftabel: 가나".encode(), "\ufefftable: 가나\nowner: 진".encode()),
        ("tabel: 가나\n".encode("cp949"), "tabel: 가나\n".encode("cp949")),
    ],
)
def test_edits_count_characters_and_leave_the_rest(raw: bytes, expected: bytes) -> None:
    assert with_edits(raw, EDITS) == expected
    assert with_edits(raw, EDITS[::-1]) == expected


@given(st.binary() | st.text().map(str.encode))
def test_no_edit_is_no_change(raw: bytes) -> None:
    assert with_edits(raw, ()) == raw


def _fixed(path: Path, before: bytes, after: bytes) -> FixedFile:
    path.write_bytes(before)
    return FixedFile(path=path, name=f"dag_configs/{path.name}", before=before, after=after)


def test_mode_stays_and_nothing_is_left_behind(tmp_path: Path) -> None:
    file = _fixed(tmp_path / "a.yaml", b"a", b"b")
    file.path.chmod(0o640)
    file.write()
    assert (file.path.read_bytes(), file.path.stat().st_mode & 0o777) == (b"b", 0o640)
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_bytes(b"a")
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    FixedFile(path=tmp_path / "link.yaml", name="link.yaml", before=b"a", after=b"b").write()
    assert (tmp_path / "link.yaml").is_symlink()
    assert (tmp_path / "real.yaml").read_bytes() == b"b"


def test_file_that_somebody_else_changed_is_left_alone(tmp_path: Path) -> None:
    file = _fixed(tmp_path / "a.yaml", b"a", b"b")
    file.path.write_bytes(b"c")
    with pytest.raises(FileChangedError):
        file.write()
    assert file.path.read_bytes() == b"c"


def test_diff_is_that_of_patch(tmp_path: Path) -> None:
    file = _fixed(tmp_path / "a.yaml", "가\r\nb\u2028c\nd".encode(), "가\r\nb\u2028c\ne\n".encode())
    assert list(file.diff()) == [
        "--- dag_configs/a.yaml",
        "+++ dag_configs/a.yaml",
        "@@ -1,3 +1,3 @@",
        " 가\r",
        " b\u2028c",
        "-d",
        "\\ No newline at end of file",
        "+e",
    ]

"""A file is written whole or not at all."""

from pathlib import Path

import pytest

from summary_tables.commands import whole_file


def test_whole_file_and_nothing_beside_it(tmp_path: Path) -> None:
    whole_file.write(tmp_path / "a.yaml", "한글\n", replace_existing=False)
    assert (tmp_path / "a.yaml").read_bytes() == "한글\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.parametrize("is_link", [False, True])
def test_existing_file_is_never_overwritten(tmp_path: Path, is_link: bool) -> None:
    path = tmp_path / "a.yaml"
    if is_link:
        path.symlink_to(tmp_path / "nowhere")
    else:
        path.write_text("mine")
    with pytest.raises(FileExistsError):
        whole_file.write(path, "yours", replace_existing=False)
    assert not (tmp_path / "nowhere").exists()
    assert is_link or path.read_text() == "mine"


@pytest.mark.parametrize("exists", [False, True])
def test_file_is_replaced_where_that_is_wanted(tmp_path: Path, exists: bool) -> None:
    if exists:
        (tmp_path / "a.yaml").write_text("mine")
    whole_file.write(tmp_path / "a.yaml", "yours", replace_existing=True)
    assert (tmp_path / "a.yaml").read_text() == "yours"
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.parametrize("replace_existing", [False, True])
def test_failure_leaves_what_was_there(tmp_path: Path, replace_existing: bool) -> None:
    path = tmp_path / "a.yaml"
    if replace_existing:
        path.write_text("mine")
    with pytest.raises(UnicodeEncodeError):
        whole_file.write(path, "\udc80", replace_existing=replace_existing)
    assert [found.read_text() for found in tmp_path.iterdir()] == (["mine"] if replace_existing else [])

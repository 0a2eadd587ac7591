"""What is remembered of files that were found good, and when nothing is."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import summary_tables
from summary_tables.configs import library_version
from summary_tables.configs.folder import is_known_good, read_folder
from summary_tables.configs.known_good import KnownGood, known_good
from summary_tables.lint.build_check import CheckedFolder, check_folder
from summary_tables.lint.rules import BUILD_RULES

GOOD = "table: {name}\nschema: analytics\nmain_sql: SELECT 1 AS one\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "dag_configs"
    found.mkdir()
    for name in ("a", "b"):
        (found / f"{name}.yaml").write_text(GOOD.format(name=name))
    return found


def opened(place: Path, configs: Path) -> KnownGood:
    """As another process opens it: one that runs never sees a change of the library."""
    library_version._content.cache_clear()
    found = known_good(place, configs)
    assert found is not None
    return found


def remembered(place: Path, folder: Path) -> CheckedFolder:
    """Checks the folder, and remembers what was found good."""
    memory = opened(place, folder)
    checked = check_folder(folder, memory)
    if not checked.problems:
        memory.keep(memory.folder(checked.statements.values()))
    memory.save()
    return checked


def good(place: Path, folder: Path) -> list[str]:
    """The files that are not checked again."""
    return sorted(path.name for path in read_folder(folder, opened(place, folder)).good)


def test_a_file_that_stays_as_it_is_is_not_checked_again(tmp_path: Path, folder: Path) -> None:
    assert good(tmp_path / "known", folder) == []
    remembered(tmp_path / "known", folder)
    assert good(tmp_path / "known", folder) == ["a.yaml", "b.yaml"]
    assert is_known_good(folder, opened(tmp_path / "known", folder))


def test_what_a_process_found_out_before_it_was_killed_is_known(tmp_path: Path, folder: Path) -> None:
    remembered(tmp_path / "known", folder)
    (folder / "a.yaml").write_text(GOOD.format(name="a") + "description: new\n")
    memory = opened(tmp_path / "known", folder)
    check_folder(folder, memory)
    memory.save_new()
    assert good(tmp_path / "known", folder) == ["a.yaml", "b.yaml"]


@pytest.mark.parametrize("change", [" ", "ouput_check: []\n", "description: new\n"])
def test_a_file_that_changes_is_checked(tmp_path: Path, folder: Path, change: str) -> None:
    remembered(tmp_path / "known", folder)
    before = (folder / "a.yaml").stat()
    with (folder / "a.yaml").open("a") as file:
        file.write(change)
    os.utime(folder / "a.yaml", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert good(tmp_path / "known", folder) == ["b.yaml"]
    assert not is_known_good(folder, opened(tmp_path / "known", folder))


def test_the_same_content_under_another_name_is_checked(tmp_path: Path, folder: Path) -> None:
    remembered(tmp_path / "known", folder)
    (folder / "a.yaml").rename(folder / "c.yaml")
    assert good(tmp_path / "known", folder) == ["b.yaml"]


@pytest.mark.parametrize("content", ["owner: growth\n", "retries: many\n", ""])
def test_another_defaults_file_has_all_checked(tmp_path: Path, folder: Path, content: str) -> None:
    remembered(tmp_path / "known", folder)
    (folder / "defaults.yaml").write_text(content)
    assert good(tmp_path / "known", folder) == []
    assert not is_known_good(folder, opened(tmp_path / "known", folder))


def test_a_file_that_nobody_reads_is_told_each_time(tmp_path: Path, folder: Path) -> None:
    remembered(tmp_path / "known", folder)
    (folder / "c.yml").write_text("")
    assert not is_known_good(folder, opened(tmp_path / "known", folder))


def test_a_broken_defaults_file_forgets_nothing(tmp_path: Path, folder: Path) -> None:
    remembered(tmp_path / "known", folder)
    (folder / "defaults.yaml").write_text("retries: many\n")
    remembered(tmp_path / "known", folder)
    (folder / "defaults.yaml").unlink()
    assert good(tmp_path / "known", folder) == ["a.yaml", "b.yaml"]


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of one file, which was there before this process began."""
    found = tmp_path / "library"
    found.mkdir()
    (found / "rules.py").write_text("LEAST = 1\n")
    monkeypatch.setattr(library_version, "PACKAGE", found)
    monkeypatch.setattr(library_version, "LOADED_AT", time.time() + 60)
    return found


def test_another_library_has_all_checked(tmp_path: Path, folder: Path, library: Path) -> None:
    remembered(tmp_path / "known", folder)
    assert good(tmp_path / "known", folder) == ["a.yaml", "b.yaml"]
    (library / "rules.py").write_text("LEAST = 2\n")
    assert good(tmp_path / "known", folder) == []


def test_what_lies_deeper_in_the_library_counts_and_what_is_no_code_does_not(
    tmp_path: Path, folder: Path, library: Path
) -> None:
    deep = library / "rules"
    deep.mkdir()
    (deep / "more.py").write_text("MOST = 1\n")
    remembered(tmp_path / "known", folder)
    (deep / "notes.txt").write_text("not read")
    assert good(tmp_path / "known", folder) == ["a.yaml", "b.yaml"]
    (deep / "more.py").write_text("MOST = 2\n")
    assert good(tmp_path / "known", folder) == []
    (deep / "more.py").write_text("MOST = 1\n")
    assert good(tmp_path / "known", folder) == ["a.yaml", "b.yaml"]
    (deep / "more.py").rename(deep / "other.py")
    assert good(tmp_path / "known", folder) == []


def test_other_schemas_have_all_checked(
    tmp_path: Path, folder: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_version, "SCHEMAS", library)
    remembered(tmp_path / "known", folder)
    (library / "defaults.schema.json").write_text("{}")
    assert good(tmp_path / "known", folder) == []


@pytest.mark.usefixtures("library")
def test_other_packages_have_all_checked(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remembered(tmp_path / "known", folder)
    (tmp_path / "packages" / "jsonschema-99.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "packages")
    assert good(tmp_path / "known", folder) == []


def test_a_library_that_changed_under_the_process_remembers_nothing(
    tmp_path: Path, folder: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_version, "LOADED_AT", (library / "rules.py").stat().st_ctime)
    assert known_good(tmp_path / "known", folder) is None


def test_a_library_is_read_once_as_long_as_its_files_look_the_same(library: Path) -> None:
    before = library_version.library_version()
    assert library_version.library_version() == before
    assert library_version._content.cache_info().hits > 0
    (library / "rules.py").write_text("LEAST = 10\n")
    assert library_version.library_version() != before


def test_the_moment_of_loading_is_that_of_the_package() -> None:
    assert vars(library_version)["LOADED_AT"] is summary_tables.LOADED_AT


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o707, 0o750])
def test_a_folder_that_is_open_to_others_is_not_used(tmp_path: Path, folder: Path, mode: int) -> None:
    remembered(tmp_path / "known", folder)
    (tmp_path / "known").chmod(mode)
    assert known_good(tmp_path / "known", folder) is None


def test_a_link_is_not_used(tmp_path: Path, folder: Path) -> None:
    remembered(tmp_path / "known", folder)
    (tmp_path / "link").symlink_to(tmp_path / "known")
    assert known_good(tmp_path / "link", folder) is None


def test_a_folder_of_another_user_is_not_used(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remembered(tmp_path / "known", folder)
    mine = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
    assert known_good(tmp_path / "known", folder) is None


def test_a_file_that_others_may_write_is_not_read(tmp_path: Path, folder: Path) -> None:
    remembered(tmp_path / "known", folder)
    [file] = (tmp_path / "known").iterdir()
    file.chmod(0o622)
    assert good(tmp_path / "known", folder) == []


def test_where_nothing_can_be_written_everything_is_checked(tmp_path: Path, folder: Path) -> None:
    assert known_good(None, folder) is None
    assert known_good(tmp_path / "no" / "such" / "place", folder) is None


@settings(max_examples=60)
@given(cut=st.integers(0, 200), noise=st.binary(max_size=80))
def test_a_damaged_file_forgets_and_never_misleads(
    tmp_path_factory: pytest.TempPathFactory, cut: int, noise: bytes
) -> None:
    root = tmp_path_factory.mktemp("damaged")
    folder = root / "dag_configs"
    folder.mkdir()
    (folder / "a.yaml").write_text(GOOD.format(name="a"))
    remembered(root / "known", folder)
    [file] = (root / "known").iterdir()
    content = file.read_bytes()
    file.write_bytes(content[:cut] + noise)
    (folder / "a.yaml").write_text(GOOD.format(name="a") + "ouput_check: []\n")
    assert good(root / "known", folder) == []
    assert len(check_folder(folder, opened(root / "known", folder)).problems) == 1


def test_a_rule_that_is_asked_before_building_looks_at_one_file_alone(folder: Path) -> None:
    """Else a file that is known to be good could be so no longer because another one changed."""

    class Untouchable:
        def __getattribute__(self, name: str) -> object:
            raise AssertionError(f"the rule asks for `{name}` of the folder")

    for file in read_folder(folder).files:
        for rule in BUILD_RULES:
            assert list(rule.check(file, Untouchable())) == []  # type: ignore[arg-type]  # nothing of it may be used

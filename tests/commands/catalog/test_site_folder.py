"""The folder of the site: only what this command wrote is ever replaced or removed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from summary_tables.commands.catalog.site_files import SiteFile
from summary_tables.commands.catalog.site_folder import LIST_NAME, write_site
from summary_tables.commands.usage_error import UsageError


def files(*paths: str, text: str = "words") -> Iterator[SiteFile]:
    return (SiteFile(path=path, text=text) for path in paths)


def standing(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


def test_pages_of_tables_that_are_gone_are_removed(tmp_path: Path) -> None:
    site = tmp_path / "public" / "site"
    assert write_site(site, files("index.html", "tables/a.html", "tables/b.html")) == 3
    assert write_site(site, files("index.html", "tables/b.html", text="new")) == 2
    assert standing(site) == {"index.html": "new", "tables/b.html": "new", LIST_NAME: "index.html\ntables/b.html\n"}


def test_what_others_put_into_the_site_later_stays(tmp_path: Path) -> None:
    write_site(tmp_path, files("index.html", "tables/a.html"))
    (tmp_path / "CNAME").write_text("tables.example.com")
    (tmp_path / "tables" / "mine.html").write_text("mine")
    write_site(tmp_path, files("index.html"))
    assert sorted(standing(tmp_path)) == [LIST_NAME, "CNAME", "index.html", "tables/mine.html"]


@pytest.mark.parametrize("name", ["thesis.txt", "index.html", ".hidden"])
def test_folder_of_others_is_refused_and_nothing_changes(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(UsageError) as refused:
        write_site(tmp_path, files("index.html"))
    assert str(refused.value) == (
        f"--output: {tmp_path} holds files that this command did not write, and nothing was changed; "
        "name a new folder or an empty one"
    )
    assert standing(tmp_path) == {name: "mine"}


def test_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(UsageError, match="is a file; name a folder"):
        write_site(tmp_path / "site", files("index.html"))


def test_list_that_somebody_changed_removes_nothing_outside(tmp_path: Path) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside.html"
    outside.write_text("mine")
    write_site(site, files("index.html"))
    (site / LIST_NAME).write_text("../outside.html\n/etc/hosts\ntables/../../outside.html\n.git/config\n")
    write_site(site, files("index.html"))
    assert outside.read_text() == "mine"


def test_interrupted_site_is_finished_by_the_next_call(tmp_path: Path) -> None:
    def interrupted() -> Iterator[SiteFile]:
        yield from files("index.html", "tables/a.html")
        raise KeyboardInterrupt

    site = tmp_path / "site"
    with pytest.raises(KeyboardInterrupt):
        write_site(site, interrupted())
    write_site(site, files("index.html", "tables/b.html"))
    assert sorted(standing(site)) == [LIST_NAME, "index.html", "tables/b.html"]


def test_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written: Not a directory"):
        write_site(tmp_path / "file" / "site", files("index.html"))

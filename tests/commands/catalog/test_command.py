"""`summary-tables catalog build`, from a folder and from a warehouse."""

import subprocess
import sys
from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.commands.catalog.site_folder import LIST_NAME
from summary_tables.commands.exit_code import OK, USAGE
from tests.catalog.pages.well_formed import mistakes, text_of
from tests.commands.warehouse_commands import Program
from tests.conftest import REPOSITORY
from tests.warehouse.postgres.database import TABLE, Database, build_and_show, create
from tests.warehouse.postgres.logged_checks import checked, log

CONFIG = """\
table: daily
schema: analytics
description: Events a day, <b>counted</b>.
owner: growth
main_sql: SELECT day, COUNT(*) AS n FROM raw_data.events GROUP BY 1
columns:
  - {name: day, description: The day.}
  - {name: n, description: How many.}
output_check:
  - row_count: {min: 1}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "dag_configs"
    found.mkdir()
    (found / "daily.yaml").write_text(CONFIG)
    return found


@pytest.fixture
def program(database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Program:
    return Program(database, capsys, monkeypatch)


def page(site: Path, name: str) -> str:
    html = (site / name).read_text("utf-8")
    assert mistakes(html) == []
    return text_of(html)


def test_files_alone(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "broken.yaml").write_text(CONFIG.replace("table: daily", "table: broken").replace("owner:", "ownr:"))
    (folder / "reader.yaml").write_text("table: reader\nschema: analytics\nmain_sql: SELECT n FROM analytics.daily\n")
    site = tmp_path / "site"
    assert cli.main(["catalog", "build", "--folder", str(folder), "--output", str(site)]) == OK
    assert capsys.readouterr().out == (
        f"Wrote the pages of 3 tables to {site}: open {site}/index.html\n"
        "Nobody asked the warehouse: the pages do not say what is fresh. --warehouse does.\n"
    )
    words = page(site, "index.html")
    assert words.startswith("Summary tables To the content")
    assert "3 tables This is what the files say. Nobody asked the warehouse" in words
    assert "Broken file analytics.broken" in words
    assert "Not known analytics.daily" in words
    daily = page(site, "tables/analytics.daily.html")
    assert "Events a day, <b>counted</b>." in daily
    assert "day The day. raw_data.events.day n How many." in daily
    assert "Read by 1 directly analytics.reader" in daily
    broken = page(site, "tables/analytics.broken.html")
    assert "error ownr is not a key of this file Fix: rename it to owner" in broken


def test_folder_without_its_whole_path_says_the_same(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "broken.yaml").write_text(CONFIG.replace("table: daily", "table: broken").replace("owner:", "ownr:"))
    (folder / "half.yaml").write_text("table: half\nschema: analytics\nmain_sql: SELECT n FROM analytics.half\n")
    monkeypatch.chdir(tmp_path)
    for site, named in (("whole", str(folder)), ("short", folder.name), ("dotted", f"./{folder.name}/")):
        assert cli.main(["catalog", "build", "--folder", named, "--output", site]) == OK
        assert "dag_configs/half.yaml:3:" in page(tmp_path / site, "tables/analytics.half.html")
        # What is wrong with a table's file is said once: there.
        assert "dag_configs/half.yaml" not in page(tmp_path / site, "index.html")
    capsys.readouterr()


def test_folder_without_tables_speaks_of_no_rights(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "dag_configs").mkdir()
    site = tmp_path / "site"
    assert cli.main(["catalog", "build", "--folder", str(tmp_path / "dag_configs"), "--output", str(site)]) == OK
    assert "after the merge it appears here. All times" in page(site, "index.html")
    capsys.readouterr()


def test_cells_are_computed_from_no_column(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "seeds").mkdir()
    (folder / "seeds" / "codes.csv").write_text("code\nKR\n")
    (folder / "codes.yaml").write_text(
        "table: codes\nschema: analytics\ncsv: {file: seeds/codes.csv}\ncolumns: [{name: code, type: text}]\n"
    )
    site = tmp_path / "site"
    assert cli.main(["catalog", "build", "--folder", str(folder), "--output", str(site)]) == OK
    words = page(site, "tables/analytics.codes.html")
    assert "Computed from" not in words
    assert "No table: its rows are those of a file or a sheet." in words
    capsys.readouterr()


def test_warehouse(folder: Path, tmp_path: Path, program: Program) -> None:
    build_and_show(program.database, number=1)
    create(program.database, number=2)
    log(program.database, checked(2, passed=False))
    site = tmp_path / "site"
    said = program("catalog", "build", "--folder", str(folder), "--output", str(site))
    assert f"Wrote the pages of 1 table to {site}" in said
    assert "Nobody asked" not in said
    index = page(site, "index.html")
    assert "1 table, 0 fresh, 1 failing, 0 late" in index
    daily = page(site, f"tables/{TABLE.full_name}.html")
    assert "readers see it" in daily
    assert "1 check failed" in daily


def test_warehouse_that_is_away_leaves_the_pages_as_they_were(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    build = ["catalog", "build", "--folder", str(folder), "--output", str(site)]
    assert cli.main(build) == OK
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert cli.main([*build, "--warehouse", "postgresql://nobody@127.0.0.1:1/none"]) == USAGE
    assert capsys.readouterr().err == "summary-tables: no connection to the warehouse: nothing listens there\n"
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_table_that_is_gone_loses_its_page(folder: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build = ["catalog", "build", "--folder", str(folder), "--output", str(site)]
    (folder / "gone.yaml").write_text(CONFIG.replace("table: daily", "table: gone"))
    assert cli.main(build) == OK
    assert (site / "tables/analytics.gone.html").exists()
    (folder / "gone.yaml").unlink()
    assert cli.main(build) == OK
    assert not (site / "tables/analytics.gone.html").exists()
    assert "analytics.gone" not in (site / "search.js").read_text()


def test_folder_of_others_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["catalog", "build", "--folder", str(folder), "--output", str(folder)]) == USAGE
    assert capsys.readouterr().err == (
        f"summary-tables: --output: {folder} holds files that this command did not write, and nothing was changed; "
        "name a new folder or an empty one\n"
    )
    assert not (folder / LIST_NAME).exists()


def test_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = tmp_path / "nowhere"
    assert cli.main(["catalog", "build", "--folder", str(nowhere), "--output", str(tmp_path / "site")]) == USAGE
    assert capsys.readouterr().err == (
        f"summary-tables: {nowhere} is not a folder; name that of the configs with --folder\n"
    )


def test_other_commands_do_not_load_templates() -> None:
    code = (
        "import sys; from summary_tables import cli; cli.main(['lint', 'dag_configs']); print('jinja2' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"

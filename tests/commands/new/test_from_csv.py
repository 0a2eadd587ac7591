"""`summary-tables new --from-csv`: a table's file from a CSV file."""

from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.commands.exit_code import OK, USAGE
from tests.golden_files import assert_golden

ROWS = """\
\ufeffCode;Zip;Population;Share;Since;Seen;Active;공식 이름;Note
KR;00501;51000000;0.5;1948-08-15;2026-01-01 03:00;yes;대한민국;
DE;10115;;1e-3;1949-05-23;;no;"Deutschland; Bund";
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "dag_configs"
    (found / "seeds").mkdir(parents=True)
    (found / "seeds" / "countries.csv").write_text(ROWS, "utf-8")
    return found


def new(folder: Path, file: Path | str, *more: str) -> int:
    answers = ["--table", "countries", "--schema", "analytics", "--description", "Countries.", "--owner", "finance"]
    return cli.main(["new", "--folder", str(folder), *answers, "--from-csv", str(file), *more])


def test_file_of_a_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(folder, folder / "seeds" / "countries.csv") == OK
    said = capsys.readouterr().out
    assert_golden("new/from_csv.txt", said + "\n" + (folder / "countries.yaml").read_text("utf-8"))
    assert cli.main(["lint", "--no-server", str(folder)]) == OK


def test_what_every_file_has_to_say_is_asked_for_afterwards(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "defaults.yaml").write_text("require: [column_descriptions, row_count]\n")
    (folder / "seeds" / "codes.csv").write_text("code\nKR\n")
    assert new(folder, folder / "seeds" / "codes.csv") == OK
    said = capsys.readouterr().out
    assert said.startswith(
        "Wrote dag_configs/countries.yaml.\ndag_configs/countries.yaml:19:12: error[required] `code` "
    )
    assert (folder / "countries.yaml").exists()


def test_schedule_that_somebody_wants(folder: Path) -> None:
    assert new(folder, folder / "seeds" / "countries.csv", "--schedule", "0 3 * * *") == OK
    assert '\nschedule: "0 3 * * *"\n' in (folder / "countries.yaml").read_text("utf-8")


def test_what_cannot_be_used(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "elsewhere.csv").write_text(ROWS)
    (folder / "nameless.csv").write_text("a,,b\n1,2,3\n")
    (folder / "open.csv").write_text('"a,b\n1,2\n')
    for file, words, more in (
        (
            tmp_path / "elsewhere.csv",
            "put the file into a folder of dag_configs/ first, e.g. dag_configs/seeds/elsewhere.csv",
            (),
        ),
        (
            folder / "no.csv",
            f"{folder / 'no.csv'} cannot be read: there is no such file",
            (),
        ),
        (
            folder / "nameless.csv",
            f"{folder / 'nameless.csv'}:1:3: column 2 has no header; write one, or delete the column",
            (),
        ),
        (
            folder / "open.csv",
            f'{folder / "open.csv"}:1:1: the row of headers has a cell that begins with `"`, which nothing closes; '
            'write `"` twice where it is part of a text',
            (),
        ),
    ):
        assert new(folder, file, *more) == USAGE
        assert capsys.readouterr().err == f"summary-tables: --from-csv: {words}\n"
    assert new(folder, folder / "seeds" / "countries.csv", "--source", "raw_data.nps") == USAGE
    assert "exclude each other" in capsys.readouterr().err

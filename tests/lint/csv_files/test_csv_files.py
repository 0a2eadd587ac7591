"""What lint says of the CSV file of a table, at its line there."""

import os
from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.commands.exit_code import OK, PROBLEMS
from summary_tables.lint.engine import lint
from summary_tables.warehouse.sources.csv_file import content, grid
from tests.golden_files import assert_golden

CONFIG = """\
# yaml-language-server: $schema=../schemas/summary_table.schema.json
table: countries
schema: analytics
csv:
  file: seeds/나라.csv
columns:
  - {name: code, type: varchar(2), header: Code, checks: [not_null, unique]}
  - {name: population, type: bigint, header: Population}
  - {name: since, type: date}
  - {name: email, type: uuid, pii: true}
"""
HEADERS = "Code,Population,since,email\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "dag_configs"
    (found / "seeds").mkdir(parents=True)
    (found / "countries.yaml").write_text(CONFIG, "utf-8")
    return found


def said(folder: Path, text: str | bytes, config: str = CONFIG) -> list[str]:
    (folder / "countries.yaml").write_text(config, "utf-8")
    (folder / "seeds" / "나라.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    found = [str(problem) for problem in lint([folder / "countries.yaml"]).problems]
    assert found == [str(problem) for problem in lint([folder]).problems]
    return [each.removeprefix("dag_configs/") for each in found]


@pytest.mark.parametrize(
    "text",
    [
        HEADERS,
        HEADERS.rstrip("\n"),
        "\ufeff" + HEADERS + "KR,51000000,1948-08-15,\n",
        "\n\nsince,Code,email,Population\r\n1948-08-15,KR,,51000000\r\n\r\n,,,\r\n",
        HEADERS + '"KR","51000000","1948-08-15",""\n',
        'Code, Population ,"since\n",email\nKR,1,,\n',
        HEADERS + "😀,1,,\n",
    ],
    ids=["no rows", "no end of line", "mark", "another order, blank rows", "quotes", "blanks in headers", "emoji"],
)
def test_files_that_are_right(folder: Path, text: str) -> None:
    assert said(folder, text) == []


def test_every_cell_that_is_wrong(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = (
        'KRW,"12,500",15.08.1948,x\nDE,12OO,1949-02-30,\nFR,9223372036854775808,,\nIT,1\n\n"ES","more\nlines",,\n'
        "PT,$5,,"
    )
    said(folder, HEADERS + rows)
    assert cli.main(["lint", "--no-server", str(folder)]) == PROBLEMS
    assert_golden("lint/csv_file.txt", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Code,Popluation,since,email\n",
            "seeds/나라.csv:1:6: error[csv-file] no column is headed `Population`, but one is headed `Popluation`; "
            "fix: write `header: Popluation` at the column `population`, or `Population` here",
        ),
        (
            "Code,since,email\n",
            "seeds/나라.csv:1:1: error[csv-file] no column is headed `Population`: the headers are `Code`, `since` and "
            "`email`",
        ),
        (
            "Code,Population,since,Code,email\n",
            "seeds/나라.csv:1:23: error[csv-file] a second column is headed `Code`: the first is "
            "dag_configs/seeds/나라.csv:1:1; fix: rename one of the two, or delete it",
        ),
        (
            "Code,Population,since,email,note\n",
            "seeds/나라.csv:1:29: error[csv-file] `columns` has no column that is headed `note`; fix: add it there, or "
            "delete the column here",
        ),
        (
            "Code,Population,since,email,\n",
            "seeds/나라.csv:1:29: error[csv-file] column 5 has no header; fix: write one, or delete the column",
        ),
        *(
            (
                f"{row}\n" + HEADERS,
                "seeds/나라.csv:1:1: error[csv-file] the row of headers has none of `Code`, `Population`, `since` and "
                f"`email`: it {found}; fix: begin the file with the row of headers, or write at each column which "
                "`header` it has",
            )
            for row, found in (
                ("KR,1,2026-01-01,", "has `KR`, `1` and `2026-01-01`"),
                ("Our countries", "has `Our countries`"),
                (",,,", "is empty"),
                (
                    ",".join(f"c{n}" for n in range(2_000)),
                    f"has {', '.join(f'`c{n}`' for n in range(10))} and 1,990 more",
                ),
                ("x\x1b" * 500, f"has `{'x␛' * 30}…`"),
            )
        ),
        (
            "Code;Population;since;email\n",
            "seeds/나라.csv:1:1: error[csv-file] the row of headers has no comma in it: its cells are separated by a "
            'semicolon; fix: write `separator: ";"` below `csv`',
        ),
        (
            HEADERS + "KR,1,,\n" + '"DE,1,,\nFR,2,,\n',
            'seeds/나라.csv:3:1: error[csv-file] the row has a cell that begins with `"`, which nothing closes; fix: '
            'write `"` twice where it is part of a text',
        ),
        (
            HEADERS + 'KR,"1"2,,\n',
            'seeds/나라.csv:2:4: error[csv-file] the row has something behind a closing `"`; fix: write `"` twice '
            "where it is part of a text",
        ),
        (
            HEADERS + "KR,1,,1,2\n",
            "seeds/나라.csv:2:1: error[csv-file] the row has 5 cells, and the row of headers 4; fix: put quotes around "
            "a cell that has the separator in it",
        ),
        (
            HEADERS + "KR,1,,,,\n",
            "seeds/나라.csv:2:1: error[csv-file] the row has 6 cells, and the row of headers 4; fix: delete what "
            "separates cells at its end",
        ),
        (
            HEADERS + 'KR, "1,2",,\n',
            "seeds/나라.csv:2:1: error[csv-file] the row has 5 cells, and the row of headers 4; fix: delete the blank "
            'before a `"`: quotes count at the beginning of a cell',
        ),
        (
            "",
            "countries.yaml:5:9: error[csv-file] dag_configs/seeds/나라.csv cannot be read: it is empty; fix: write a "
            "row of headers, and rows below it",
        ),
        (
            (HEADERS + "한국,1,,\n").encode("cp949"),
            "countries.yaml:5:9: error[csv-file] dag_configs/seeds/나라.csv cannot be read: it is not UTF-8, but CP949 "
            "(EUC-KR) (line 2); fix: save it as UTF-8: in Excel `CSV UTF-8 (Comma delimited)`, in Google Sheets "
            "`Download > CSV`",
        ),
        *(
            (
                text.encode(encoding),
                "countries.yaml:5:9: error[csv-file] dag_configs/seeds/나라.csv cannot be read: it is UTF-16 and not "
                "UTF-8; fix: save it as UTF-8: in Excel `CSV UTF-8 (Comma delimited)`, in Google Sheets `Download > "
                "CSV`",
            )
            for text in (HEADERS, HEADERS + "한국,1,,\n")
            for encoding in ("utf-16-le", "utf-16-be")
        ),
        (
            HEADERS.encode("utf-16"),
            "countries.yaml:5:9: error[csv-file] dag_configs/seeds/나라.csv cannot be read: it is UTF-16 and not "
            "UTF-8; fix: save it as UTF-8: in Excel `CSV UTF-8 (Comma delimited)`, in Google Sheets `Download > CSV`",
        ),
    ],
    ids=lambda _: "",
)
def test_file_as_a_whole(folder: Path, text: str | bytes, words: str) -> None:
    assert said(folder, text) == [words]


def test_another_separator(folder: Path) -> None:
    for sign, written in ((";", '";"'), ("|", '"|"'), ("\t", "tab")):
        config = CONFIG.replace("나라.csv", f"나라.csv\n  separator: {written}")
        assert said(folder, (HEADERS + 'KR,1,,\n"a,",2,,\n').replace(",", sign), config) == []


def test_too_much(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_ROWS", 2)
    assert said(folder, HEADERS + "KR,1,,\n" * 2) == []
    found = said(folder, HEADERS + "KR,1,,\n" * 4)
    assert [words.partition(" the row is")[0] for words in found] == ["seeds/나라.csv:4:1: error[csv-file]"]
    monkeypatch.setattr(content, "MOST_BYTES", 20)
    assert said(folder, HEADERS) == [
        "countries.yaml:5:9: error[csv-file] dag_configs/seeds/나라.csv cannot be read: it is larger than 20 bytes; "
        "fix: load it into a table of the warehouse, and read that by `main_sql`"
    ]


def test_nothing_outside_of_the_folder_is_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("Code\nsecret\n")
    place = "countries.yaml:5:9: error[csv-file] dag_configs/seeds/나라.csv cannot be read: "
    out = [f"{place}it is a link that leads out of the folder of configs; fix: put the file itself here"]
    link = folder / "seeds" / "나라.csv"
    for target in (tmp_path / "secret.csv", Path("../../secret.csv"), Path("/dev/zero")):
        link.symlink_to(target)
        assert [str(each).removeprefix("dag_configs/") for each in lint([folder]).problems] == out
        link.unlink()
    (folder / "seeds").rmdir()
    (folder / "seeds").symlink_to(tmp_path)
    (tmp_path / "나라.csv").write_text("Code\nsecret\n")
    assert [str(each).removeprefix("dag_configs/") for each in lint([folder / "countries.yaml"]).problems] == out
    (folder / "seeds").unlink()
    os.mkfifo(tmp_path / "pipe")
    assert [str(each).removeprefix("dag_configs/") for each in lint([folder]).problems] == [
        f"{place}there is no such file; fix: add it to the pull request as dag_configs/seeds/나라.csv"
    ]


def test_only_files_that_were_named_are_judged(folder: Path) -> None:
    said(folder, "nonsense\n")
    (folder / "other.yaml").write_text("table: other\nschema: analytics\nmain_sql: SELECT 1 AS one\n")
    assert lint([folder / "other.yaml"]).problems == ()


def test_csv_file_that_is_named_stands_for_its_table(folder: Path) -> None:
    found = said(folder, "nonsense\n")
    named = lint([folder / "seeds" / "나라.csv"])
    assert [str(each).removeprefix("dag_configs/") for each in named.problems] == found


def test_path_that_leads_out_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in ("../a.csv", "/etc/a.csv", "seeds/../../a.csv", "a", "a\\b.csv", "seeds/..csv/../../a.csv"):
        (folder / "countries.yaml").write_text(CONFIG.replace("seeds/나라.csv", f"'{path}'"), "utf-8")
        assert cli.main(["lint", "--no-server", str(folder)]) == PROBLEMS
        assert "it must be a path from the folder of this file to a .csv" in capsys.readouterr().out
    (folder / "x..y.csv").write_text(HEADERS)
    (folder / "countries.yaml").write_text(CONFIG.replace("seeds/나라.csv", "x..y.csv"), "utf-8")
    assert cli.main(["lint", "--no-server", str(folder)]) == OK


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("dag_configs/seeds/나라.csv", "write `file: seeds/나라.csv`, if that is what it means"),
        ("seeds/나라.CSV", "write `file: seeds/나라.csv`, if that is what it means"),
        ("seeds/나라.txt", "write `file: seeds/나라.csv`, if that is what it means"),
        ("seeds/other.csv", "add it to the pull request as dag_configs/seeds/other.csv"),
        ("seeds/Cuntries.csv", "write `file: seeds/Countries.csv`, if that is what it means"),
        ("seed/나라.csv", "add it to the pull request as dag_configs/seed/나라.csv"),
        ("folder.csv", "write the path of a file in it"),
    ],
)
def test_what_is_done_about_a_file_that_is_not_there(folder: Path, written: str, fix: str) -> None:
    (folder / "seeds" / "Countries.csv").write_text(HEADERS)
    (folder / "folder.csv").mkdir()
    (said_of,) = said(folder, HEADERS, CONFIG.replace("seeds/나라.csv", written))
    assert said_of.partition("; fix: ")[2] == fix
    if fix.startswith("write `file"):
        assert said(folder, HEADERS, CONFIG.replace("seeds/나라.csv", fix.split("`")[1].removeprefix("file: "))) == []


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("file: seeds/나라.csv", "4:1: error[unknown-key] `file` is not a key of this file; fix: move it under `csv`"),
        *(
            (
                f"csv: {written}",
                f'4:6: error[value] `csv` must be `key: value` lines, not the text "{written}"; fix: write `csv: '
                f"{{file: {right}}}`",
            )
            for written, right in (("seeds/나라.csv", "seeds/나라.csv"), ("se'ed, a.csv", '"se\'ed, a.csv"'))
        ),
        (
            "csv_file: {file: seeds/나라.csv}",
            "4:1: error[unknown-key] `csv_file` is not a key of this file; fix: rename it to `csv`",
        ),
        (
            "csv: {file: seeds/나라.csv, delimiter: ','}",
            "4:27: error[unknown-key] `delimiter` is not a key of `csv`; fix: rename it to `separator`",
        ),
    ],
)
def test_source_that_is_said_in_other_words_is_one_mistake(folder: Path, written: str, words: str) -> None:
    config = CONFIG.replace("csv:\n  file: seeds/나라.csv", written)
    assert said(folder, HEADERS, config) == [f"countries.yaml:{words}"]

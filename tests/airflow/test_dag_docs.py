"""What people wrote about a table stands in Airflow's docs word for word: read back by a Markdown parser."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from summary_tables.airflow.dag_docs import dag_docs
from summary_tables.configs.config import Config
from summary_tables.model.row_source import Export, GoogleSheet, SheetExport
from summary_tables.model.settings import Settings
from summary_tables.model.table import DeclaredColumn, SummaryTable

PARSER = MarkdownIt("commonmark").enable("strikethrough").enable("table")
HOSTILE = (
    "[click](javascript:alert(1))",
    "![](https://evil.example/pixel.png)",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<https://evil.example>",
    "&lt;b&gt; &#64;here",
    "# heading",
    "1. one",
    "- list",
    "+ list",
    "> quote",
    "```sql",
    "~~~",
    "---",
    "===",
    "a_b_c _it_ *bold* ~~gone~~ `code` $x$",
    "[x]: https://evil.example",
    "[ ] task",
    "a | b",
    "| --- | --- |",
    "back\\slash\\",
    "$$",
    "README.md",
)
TAGS = ("<a ", "<img", "<script", "<h1", "<h2", "<table", "<blockquote", "<ol", "<em", "<strong", "<s>")
LETTERS = st.characters(exclude_categories=["Cc", "Cs"])
"""YAML takes no control characters."""
PIECES = st.lists(st.sampled_from([*HOSTILE, "\n", " ", "    "]), max_size=9)
TEXTS = st.text(alphabet=LETTERS, min_size=1, max_size=60) | PIECES.map("".join)


def docs(description: str = "", owner: str = "data", column: str = "") -> str:
    columns = (DeclaredColumn(name="n", description=column),)
    table = SummaryTable(
        table="t", schema="s", main_sql="SELECT 1 AS n", description=description, owner=owner, columns=columns
    )
    return dag_docs(Config(table=table, settings=Settings(), path=Path("dag_configs/t.yaml")))


def shown(tokens: list[Token]) -> str:
    """The text of inline Markdown, which must hold nothing but text and ends of lines."""
    kinds = {"text": lambda token: token.content, "text_special": lambda token: token.content}
    breaks = {"hardbreak", "softbreak"}
    assert {token.type for token in tokens} <= {*kinds, *breaks}
    return "".join("\n" if token.type in breaks else token.content for token in tokens)


def in_order(text: str) -> list[str]:
    """The lines of a text that have anything on them."""
    return [" ".join(line.split()) for line in text.splitlines() if line.split()]


@given(TEXTS)
def test_description(text: str) -> None:
    tokens = PARSER.parse(docs(description=text))
    if not text.strip():
        assert shown(tokens[1].children or []) == "The summary table s.t."
        return
    first_list = next(index for index, token in enumerate(tokens) if token.type == "bullet_list_open")
    assert {token.type for token in tokens[:first_list]} <= {"paragraph_open", "inline", "paragraph_close"}
    inline = [shown(token.children or []) for token in tokens[:first_list] if token.type == "inline"]
    assert in_order("\n".join(inline)) == in_order(text)


@given(TEXTS, TEXTS)
def test_owner_and_column(owner: str, column: str) -> None:
    tokens = PARSER.parse(docs(owner=owner, column=column))
    lines = [token.children or [] for token in tokens if token.type == "inline"]
    (found,) = [line for line in lines if line[0].content.startswith("owner:")]
    assert shown(found) == f"owner: {' '.join(owner.split())}".strip()
    last = shown(lines[-1])
    assert last == ("n: " + " ".join(column.split()) if column.split() else "n")
    assert {"heading_open", "html_block", "hr", "blockquote_open"}.isdisjoint(token.type for token in tokens)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_one_by_one(text: str) -> None:
    for html in (PARSER.render(docs(description=text)), PARSER.render(docs(owner=text, column=text))):
        assert [tag for tag in TAGS if tag in html] == []


def test_a_file_whose_name_is_long_or_odd_stays_one_link() -> None:
    table = SummaryTable(table="t", schema="s", main_sql="SELECT 1 AS n")
    settings = replace(Settings(), repository="https://git.example.com/a")
    text = dag_docs(Config(table=table, settings=settings, path=Path("dag_configs/a) [x](b.yaml")))
    assert '<a href="https://git.example.com/a/dag_configs/a%29%20%5Bx%5D%28b.yaml">dag_configs/a) [x](b.yaml</a>' in (
        PARSER.render(text)
    )


def test_where_rows_come_from_and_where_they_go() -> None:
    key = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg"
    table = SummaryTable(
        table="t",
        schema="s",
        google_sheet=GoogleSheet(
            spreadsheet=f"https://docs.google.com/spreadsheets/d/{key}/edit?gid=0#gid=0", range="`a`"
        ),
        export=Export(google_sheet=SheetExport(spreadsheet=key, range="Report!B3")),
    )
    lines = dag_docs(Config(table=table, settings=Settings(), path=Path("dag_configs/t.yaml"))).splitlines()
    link = f"[a Google Sheet](https://docs.google.com/spreadsheets/d/{key})"
    assert [line for line in lines if "Google" in line] == [
        f"- rows: those of `` `a` `` in {link}",
        f"- also written to: `Report!B3` in {link}",
    ]

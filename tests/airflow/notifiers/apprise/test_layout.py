"""A notice as mail programs, Teams and Discord get it, compared whole; and that no text in it is more than text."""

from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from summary_tables.airflow.notifiers.apprise.layout import letter
from summary_tables.airflow.notifiers.apprise.styles import HTML, MARKDOWN, STYLES, TEXT, Style, readable
from summary_tables.model.failure import Failure
from summary_tables.model.notice import Bullets, Fact, Link, Notice, Piece
from summary_tables.runs.run_failure import RunFailure
from tests.golden_files import assert_golden

FAILED: Final = RunFailure(
    table="analytics.nps_summary",
    dag_id="nps_summary",
    run_id="scheduled__2026-11-22T03:00:00+00:00",
    failures=(
        Failure(
            step="output_check",
            table="analytics.nps_summary",
            check="at least 12 rows",
            check_index=1,
            expected="at least 12",
            actual="7",
            sql="SELECT COUNT(1)\nFROM summary_tables.nps_summary__20261122\nWHERE nps < 100 AND nps > -100",
            live="The live table was not changed: it holds the build of 2026-11-21 03:00 UTC.",
        ),
    ),
    owner="growth",
    run_at=datetime(2026, 11, 22, 3, tzinfo=UTC),
    try_number=1,
    tries=2,
    log_url="https://airflow.acme.com/dags/nps_summary/runs/a/tasks/b",
    config_url="https://github.com/acme/tables/blob/main/dag_configs/nps_summary.yaml#L13",
).notice()
HOSTILE: Final = Notice(
    sign="❌",
    headline="Late: analytics.<b>nps</b>_*summary*\n@everyone",
    words="words",
    explanation="**bold** _it_ `code` [l](https://x.y) <script>alert(1)</script> &lt; @here\n# not a heading\n1. one",
    since="",
    live="~~gone~~ ||seen|| 한국어 😀",
    details="a  | b\n-- | --\n```\n<i>",
    lists=(Bullets(title="Waits for <it>", lines=("- one", "1. two", "*three*")),),
    facts=(Fact(name="Owner", pieces=(Piece(text="<@U1>"), Piece(text=" `x`", is_code=True))),),
    query="SELECT '</pre>' AS a, 1 < 2",
    links=(
        Link(url='https://a.b/"><script>', label="Open <it>"),
        Link(url="javascript:alert(1)", label="no"),
        Link(url="", label="none"),
    ),
    context=("DAG a_b", "run\nx"),
)
SHAPES: Final[dict[str, tuple[Style, int]]] = {
    "email": (HTML, 32_768),
    "teams": (MARKDOWN, 1_000),
    "discord": (MARKDOWN, 2_000),
    "text": (TEXT, 32_768),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("name", "notice"), [("failed", FAILED), ("hostile", HOSTILE)])
def test_what_is_sent(name: str, notice: Notice, shape: str) -> None:
    style, limit = SHAPES[shape]
    found = letter(notice, style, limit)
    assert_golden(f"apprise/{name}_{shape}.txt", f"{found.title}\n\n{found.body}\n")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs


WORDS = st.text(st.sampled_from("ab1 \n`*_[]()<>&#-+.!|~\\@\"'한😀\x00\ud800") | st.characters(), max_size=60)
NOTICES = st.builds(
    Notice,
    sign=st.just("❌"),
    headline=WORDS,
    words=WORDS,
    explanation=WORDS,
    since=WORDS,
    live=WORDS,
    details=WORDS,
    lists=st.lists(st.builds(Bullets, title=WORDS, lines=st.lists(WORDS, max_size=60).map(tuple)), max_size=2).map(
        tuple
    ),
    facts=st.lists(
        st.builds(
            Fact,
            name=WORDS,
            pieces=st.lists(st.builds(Piece, text=WORDS, is_code=st.booleans()), min_size=1, max_size=3).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    query=st.text(max_size=5_000),
    links=st.lists(st.builds(Link, url=WORDS.map("https://a".__add__), label=WORDS), max_size=2).map(tuple),
    context=st.lists(WORDS, max_size=2).map(tuple),
)


@given(NOTICES, st.sampled_from([*STYLES.values()]), st.sampled_from([200, 1_000, 2_000, 32_768]))
def test_it_always_fits_and_can_be_sent(notice: Notice, style: Style, limit: int) -> None:
    found = letter(notice, style, limit)
    assert len(found.title) + 1 + len(found.body) <= limit
    assert "\n" not in found.title
    (found.title + found.body).encode()


@given(NOTICES)
def test_html_holds_only_the_tags_that_are_meant(notice: Notice) -> None:
    found = _Tags()
    found.feed(letter(notice, HTML, 32_768).body)
    assert found.tags <= {"p", "b", "br", "pre", "code", "ul", "li", "a"}
    assert all(name == "href" and str(value).startswith("https://a") for name, value in found.attributes)


@given(WORDS)
def test_markdown_means_the_text_that_was_written(text: str) -> None:
    line = " ".join(text.split())
    shown = MarkdownIt("commonmark").render(f"x {MARKDOWN.words(line)} x")
    parsed = _Text()
    parsed.feed(shown)
    assert "".join(parsed.found).strip() == readable(f"x {line} x")


class _Text(_Tags):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)
        assert not self.tags - {"p"}


def test_nobody_is_called_by_a_name() -> None:
    assert readable("@everyone @Here a@channel.com @jin") == "@\u2060everyone @\u2060Here a@\u2060channel.com @jin"

"""Whatever people write, a page is well-formed HTML in which it is text."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from summary_tables.catalog.entry import Entry, Neighbours, TableState
from summary_tables.catalog.listing.listing import listing
from summary_tables.catalog.listing.view import View
from summary_tables.catalog.pages.list_page import list_page
from summary_tables.catalog.pages.table_page import table_page
from summary_tables.model.table import DeclaredColumn
from tests.catalog.made_entries import NOW
from tests.catalog.pages.made_catalog import MadeLinks, catalog, history, made
from tests.catalog.pages.well_formed import mistakes, text_of

_PIECES = st.sampled_from(
    [
        *("<", ">", "&", '"', "'", "`", "</", "-->", "<!--", "]]>", "</script>", "</title>", "</textarea>"),
        *("{{", "}}", "{%", "%}", "&lt;", "&#x3c;", "javascript:", "--", "/*", "$$", "한국어", "🎉"),
        *("\u202e", "\x00", "\u200b", " ", "\n"),
    ]
)
TEXT = st.lists(_PIECES | st.text(max_size=3), min_size=1, max_size=12).map("".join)
LINKS = MadeLinks()


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    found = made(
        f"{draw(TEXT)}.{draw(TEXT)}",
        draw(st.sampled_from(["fresh", "failing", "warning"])),
        draw(TEXT),
        found=history("t", nights=2, failed=draw(st.sampled_from([(), (0,)]))),
        neighbours=Neighbours(reads=(draw(TEXT),), read_by=(draw(TEXT),)),
        description=draw(TEXT),
        owner=draw(TEXT),
        tags=(draw(TEXT),),
        main_sql=draw(TEXT),
        columns=(DeclaredColumn(name=draw(TEXT), type=draw(TEXT), description=draw(TEXT)),),
    )
    return replace(found, state=TableState(state=found.state.state, sentence=draw(TEXT)))


@settings(max_examples=20, deadline=None)
@given(entry=entries(), search=TEXT)
def test_pages_are_well_formed(entry: Entry, search: str) -> None:
    found = catalog(entry)
    for view in (View(), View(search=search), View(owner=(search,))):
        assert mistakes(list_page(found, listing(found.entries.values(), view), LINKS)) == []
    html = table_page(entry, LINKS, read_at=NOW)
    assert mistakes(html) == []


@settings(max_examples=60, deadline=None)
@given(sql=st.text(alphabet="SELECT a1'\"$-/*<>&{}\n;", max_size=60))
def test_query_is_shown_as_it_is_written(sql: str) -> None:
    words = text_of(table_page(made("a.b", "fresh", "Fresh.", found=None, main_sql=f"|{sql}|"), LINKS, read_at=NOW))
    assert " ".join(f"|{sql}|".split()) in words

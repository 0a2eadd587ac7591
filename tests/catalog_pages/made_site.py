"""The pages of a catalogue that was made by hand, served with no Airflow behind them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from threading import Thread
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from summary_tables.catalog.column_sources import ColumnSources, SourceColumn, TableColumnSources
from summary_tables.catalog.entry import Catalog, Declaration, Entry, Neighbours
from summary_tables.catalog.lineage import lineage_graph, table_lineage
from summary_tables.catalog.listing.address import from_query
from summary_tables.catalog.listing.listing import listing
from summary_tables.catalog.pages.list_page import list_page
from summary_tables.catalog.pages.rows_page import rows_page
from summary_tables.catalog.pages.table_details import RollBackForm, TableDetails
from summary_tables.catalog.pages.table_page import table_page
from summary_tables.warehouse.first_rows import FirstRows
from tests.catalog.made_entries import declaration
from tests.catalog.pages.made_catalog import ENTRIES, HOSTILE, MadeLinks, catalog, made

LIST = "/c"
ROWS = "/rows"
"""Below the path of a table's page."""
FRAME = "/frame"
"""A page that shows another one, whose path follows, as Airflow does."""
_FRAME = """<!doctype html><html lang="en" class="dark"><title>Airflow</title>
<iframe sandbox="allow-scripts allow-same-origin allow-forms allow-downloads" src="{}" width="1000"
height="800"></iframe>"""
_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'"
"""As strict as can be: a page that needs more is found by what does not work."""
_TYPES = {"style.css": "text/css", "catalog.js": "text/javascript"}
_ICON = "/favicon.ico"
"""Browsers ask for it by themselves."""

REPORT = made(
    "analytics.growth_report",
    "fresh",
    "Fresh: built today at 03:30 UTC, 12 rows.",
    found=None,
    neighbours=Neighbours(reads=("analytics.nps_summary", "analytics.mau_summary")),
    owner="growth",
)

FIRST_ROWS = FirstRows(
    columns=tuple(f"column_{number}" for number in range(12)),
    rows=(("<b>2026-11-27</b>", None, "한국 🙂", "", *("x" * 150,) * 8),),
    personal=("email",),
    undeclared=("note",),
)
"""More than a window has room for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """`posted`: the fields of each form that was sent, and where to."""

    address: str
    catalog: Catalog
    posted: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    def page(self, full_name: str = "") -> str:
        """The address of a table's page; without a name that of the list."""
        return f"{self.address}{LIST}/{quote(full_name, safe='')}" if full_name else f"{self.address}{LIST}"

    def first_rows(self, full_name: str) -> str:
        """The address of the page of its first rows."""
        return f"{self.page(full_name)}{ROWS}"

    def shown(self, path: str, query: str) -> str | None:
        """The page there; None: there is none."""
        if path == LIST:
            read = from_query(query)
            found = listing(list(self.catalog.entries.values()), read.view)
            return list_page(self.catalog, found, MadeLinks(), read.remarks)
        name = path.removeprefix(f"{LIST}/")
        if name.endswith(ROWS):
            return rows_page(name.removesuffix(ROWS), MadeLinks(), FIRST_ROWS)
        entry = self.catalog.entries.get(name)
        if entry is None:
            return None
        return table_page(entry, MadeLinks(), self._details(entry), read_at=self.catalog.read_at)

    def _details(self, entry: Entry) -> TableDetails:
        entries = self.catalog.entries
        declared: dict[str, Declaration] = {
            name: each.declaration for name, each in entries.items() if each.declaration
        }
        sources = (SourceColumn(table="raw_data.nps", column="score"),)
        nps = ColumnSources(column="nps", sources=sources)
        return TableDetails(
            lineage=table_lineage(lineage_graph(declared), entry.full_name, declared),
            column_sources=TableColumnSources(columns=(nps,)) if entry.table == "nps_summary" else None,
            roll_back=RollBackForm(action="/c/roll-back", fields={"csrf_token": "made"}),
        )


def many_tables(number: int) -> Catalog:
    """So many tables that read `analytics.nps_summary`."""
    reads = Neighbours(reads=("analytics.nps_summary",))
    entries = (
        Entry(
            full_name=f"analytics.reader_{place:03}",
            state=REPORT.state,
            declaration=declaration(f"analytics.reader_{place:03}", reads, owner=f"team {place % 40}"),
        )
        for place in range(number)
    )
    return catalog(*ENTRIES, *entries)


@contextmanager
def made_site(shown: Catalog | None = None) -> Iterator[Site]:
    """Ends with the block. Without a catalogue: one table in each state, and one of hostile texts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            path = unquote(asked.path)
            name = path.removeprefix(f"{LIST}/")
            if name in _TYPES:
                content = files("summary_tables.catalog.pages").joinpath("files", name).read_bytes()
                self._answer(200, _TYPES[name], content)
            elif path.startswith(FRAME):
                self._answer(200, "text/html", _FRAME.format(self.path.removeprefix(FRAME)).encode(), policy="")
            elif path == _ICON:
                self._answer(204, "image/x-icon", b"")
            elif text := site.shown(path, asked.query):
                self._answer(200, "text/html", text.encode())
            else:
                self._answer(404, "text/plain", b"")

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            site.posted.append((self.path, dict(parse_qsl(text))))
            self._answer(200, "text/html", b"<!doctype html><title>Done</title><h1>Rolled back</h1>")

        def _answer(self, status: int, kind: str, content: bytes, policy: str = _POLICY) -> None:
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(
        address=f"http://127.0.0.1:{server.server_address[1]}", catalog=shown or catalog(*ENTRIES, HOSTILE, REPORT)
    )
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

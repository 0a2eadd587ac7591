"""Where things are: all in which Airflow's pages and the static site differ."""

from typing import Protocol

from summary_tables.catalog.entry import Entry
from summary_tables.catalog.listing.view import View


class Links(Protocol):
    """Addresses for `href`, percent-encoded where they need it. An empty one: there is no such thing, and no link."""

    @property
    def catalog(self) -> str:
        """The list of all tables."""
        ...

    @property
    def target(self) -> str:
        """Where what lies outside the catalogue opens: `_blank`, `_top`, or empty for the same place."""
        ...

    def file(self, name: str) -> str:
        """A file that comes with the pages: `style.css`, `catalog.js`."""
        ...

    @property
    def search_data(self) -> str:
        """The script with the words of all tables, where the browser searches; empty: the list is asked anew."""
        ...

    def listing(self, view: View) -> str:
        """The list as somebody wants to see it; empty where there is no such page."""
        ...

    def table(self, full_name: str) -> str:
        """The page of a table; empty where there is none, or nobody may know of it."""
        ...

    def project(self, name: str, model: str = "") -> str:
        """The page of a dbt project, at a model by its full name; empty where nobody may know of it."""
        ...

    def dag_of_project(self, name: str) -> str:
        """The DAG that runs a dbt project."""
        ...

    def dag(self, entry: Entry) -> str:
        """The DAG that builds the table."""
        ...

    def run(self, entry: Entry, run_id: str) -> str:
        """One run of that DAG."""
        ...

    def source(self, entry: Entry, line: int = 0) -> str:
        """The table's file where people read it, at a line (from 1; 0: at its beginning)."""
        ...

    def edit(self, entry: Entry) -> str:
        """The form in which one changes the file and opens a pull request."""
        ...

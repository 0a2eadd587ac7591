"""Where things are in a folder of pages: relative addresses, so that it works from any path, and from a disk."""

from collections.abc import Collection
from dataclasses import dataclass

from summary_tables.catalog.entry import Entry
from summary_tables.catalog.listing.view import View
from summary_tables.catalog.pages.file_addresses import edit_address, file_address
from summary_tables.commands.catalog.file_names import address, list_file, project_file, table_file

SEARCH_DATA = "search.js"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLinks:
    """`root` leads from the page to the root of the site: empty, or `../`. `tables` are those that have a page."""

    root: str
    tables: Collection[str]
    projects: Collection[str] = ()
    repository: str = ""

    @property
    def catalog(self) -> str:
        return f"{self.root}index.html"

    @property
    def target(self) -> str:
        return ""

    @property
    def search_data(self) -> str:
        return f"{self.root}{SEARCH_DATA}"

    def file(self, name: str) -> str:
        return f"{self.root}{name}"

    def listing(self, view: View) -> str:
        file = list_file(view)
        return f"{self.root}{address(file)}" if file else ""

    def table(self, full_name: str) -> str:
        return f"{self.root}{address(table_file(full_name))}" if full_name in self.tables else ""

    def project(self, name: str, model: str = "") -> str:
        file = f"{self.root}{address(project_file(name))}" if name in self.projects else ""
        return f"{file}#{address(model)}" if file and model else file

    def dag_of_project(self, name: str) -> str:  # noqa: ARG002 - as `dag`
        return ""

    def dag(self, entry: Entry) -> str:  # noqa: ARG002 - a protocol; the site does not know where Airflow is
        return ""

    def run(self, entry: Entry, run_id: str) -> str:  # noqa: ARG002 - as `dag`
        return ""

    def source(self, entry: Entry, line: int = 0) -> str:
        return file_address(self.repository, entry.declaration.file, line) if entry.declaration else ""

    def edit(self, entry: Entry) -> str:
        return edit_address(self.repository, entry.declaration.file) if entry.declaration else ""

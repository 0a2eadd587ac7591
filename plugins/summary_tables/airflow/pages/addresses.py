"""Where things are inside Airflow; all below the path of `[api] base_url`."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from airflow.api_fastapi.app import API_ROOT_PATH

from summary_tables.catalog.entry import Entry
from summary_tables.catalog.listing.address import to_query
from summary_tables.catalog.listing.view import View
from summary_tables.catalog.pages.file_addresses import edit_address, file_address

PREFIX: Final = "/summary-tables"
"""Of the application, in Airflow."""

BASE: Final = f"{API_ROOT_PATH.rstrip('/')}{PREFIX}"
"""The same as browsers see it."""

ROUTE: Final = "summary-tables"
"""Of the entry in Airflow's navigation."""

_SHELL: Final = f"{API_ROOT_PATH}plugin/{ROUTE}"
"""Where Airflow shows a page of ours, whose whole path follows, within its own navigation."""

LOGIN: Final = f"{API_ROOT_PATH}api/v2/auth/login"


@dataclass(frozen=True, slots=True, kw_only=True)
class AirflowLinks:
    """For somebody who may see the tables `visible` and the dbt projects `projects`: no other one has an address.

    `repository`: see `Settings`.

    `on_dag`: they stand in the tab of a DAG, where no other table's page belongs.
    """

    visible: Collection[str] = ()
    projects: Collection[str] = ()
    repository: str = ""
    on_dag: bool = False

    @property
    def catalog(self) -> str:
        return self._own(f"{BASE}/")

    @property
    def target(self) -> str:
        """The whole window, also from a frame inside Airflow's own pages."""
        return "_top"

    def file(self, name: str) -> str:
        return f"{BASE}/files/{name}"

    @property
    def search_data(self) -> str:
        return ""

    def listing(self, view: View) -> str:
        query = to_query(view)
        return f"{BASE}/?{query}" if query else f"{BASE}/"

    def table(self, full_name: str) -> str:
        return self._own(table_page(full_name)) if full_name in self.visible else ""

    def project(self, name: str, model: str = "") -> str:
        address = f"{BASE}/projects/{_part(name)}{f'#{_part(model)}' if model else ''}"
        return self._own(address) if name in self.projects else ""

    def dag_of_project(self, name: str) -> str:
        return f"{API_ROOT_PATH}dags/{_part(name)}" if name in self.projects else ""

    def rows(self, full_name: str) -> str:
        """The page of a table's first rows."""
        return self._own(f"{table_page(full_name)}/rows")

    def _own(self, address: str) -> str:
        return f"{_SHELL}{address}" if self.on_dag else address

    def dag(self, entry: Entry) -> str:
        return f"{API_ROOT_PATH}dags/{_part(entry.table)}" if entry.dag else ""

    def run(self, entry: Entry, run_id: str) -> str:
        known = entry.dag and any(run.run_id == run_id for run in entry.dag.runs)
        return f"{API_ROOT_PATH}dags/{_part(entry.table)}/runs/{_part(run_id)}" if known else ""

    def source(self, entry: Entry, line: int = 0) -> str:
        return file_address(self.repository, entry.declaration.file, line) if entry.declaration else ""

    def edit(self, entry: Entry) -> str:
        return edit_address(self.repository, entry.declaration.file) if entry.declaration else ""


def table_page(full_name: str) -> str:
    """The page of a table."""
    return f"{BASE}/tables/{_part(full_name)}"


def _part(text: str) -> str:
    return quote(text, safe="")

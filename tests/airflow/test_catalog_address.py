"""A DAG's docs lead to the page that the catalogue has there; reading files loads nothing of the pages for it."""

import pytest
from airflow.configuration import conf

from summary_tables.airflow import catalog_address
from summary_tables.airflow.catalog_address import table_page
from summary_tables.airflow.pages import addresses


def test_docs_and_pages_agree() -> None:
    assert table_page("analytics.nps_summary") == addresses.table_page("analytics.nps_summary")


@pytest.mark.parametrize(
    ("base_url", "page"),
    [
        ("", "/summary-tables/tables/s.t"),
        ("https://airflow.example.com", "/summary-tables/tables/s.t"),
        ("https://example.com/team/airflow/", "/team/airflow/summary-tables/tables/s.t"),
    ],
)
def test_airflow_may_stand_below_a_path(monkeypatch: pytest.MonkeyPatch, base_url: str, page: str) -> None:
    monkeypatch.setattr(conf, "get", lambda *_, **__: base_url)
    catalog_address._airflow_path.cache_clear()
    assert table_page("s.t") == page
    catalog_address._airflow_path.cache_clear()

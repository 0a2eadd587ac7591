"""Where Airflow's own pages lead to these: an entry in its navigation, and a tab on each DAG."""

from summary_tables.airflow.pages.addresses import BASE, ROUTE


def entrances() -> list[dict[str, object]]:
    """As Airflow's plugins declare them."""
    return [
        {
            # Airflow shows as much of it as fits; for "Tables" alone people would not know whose.
            "name": "Summary tables",
            "href": f"{BASE}/",
            "destination": "nav",
            "url_route": ROUTE,
            "nav_top_level": True,
        },
        {
            "name": "Table",
            "href": f"{BASE}/dags/{{DAG_ID}}",
            "destination": "dag",
            "url_route": "summary-table",
        },
    ]

import os

from airflow.models import Variable

SCHEMA = "analytics"

sales = {
    "table": "sales_summary",
    "schema": SCHEMA,
    "owner": Variable.get("owner"),
    "description": "Sales of %s" % "2026",
    "main_sql": f"""
        SELECT day AS day, SUM(amount) AS amount
        FROM {SCHEMA}.sales
        GROUP BY 1
    """,
    "input_check": [
        {"sql": "SELECT COUNT(1) FROM {}.sales".format(SCHEMA), "count": 100},
        {"sql": f"SELECT COUNT(1) FROM raw_data.sales", "count": int(os.environ["SALES"])},
    ],
    "output_check": make_checks("sales_summary"),
    **os.environ,
    5: "five",
}
sales["tags"] = ["sales"]


def build():
    # not a comment of a table
    return sales

"""Tables of the shop."""

orders = {
    "table": "orders_by_day",
    "schema": "shop",
    "main_sql": "SELECT day AS day, COUNT(1) AS orders FROM raw_data.orders GROUP BY 1;;",
    "input_check": [{"sql": "SELECT COUNT(1) FROM raw_data.orders", "count": 1}],
}
OTHERS = {
    "returns": {
        "table": "returns_by_day",
        "schema": "shop",
        "overwrite": True,
        "main_sql": "SELECT day AS day, COUNT(1) AS returns FROM raw_data.returns GROUP BY 1",
        "input_check": [{"sql": "SELECT COUNT(1) FROM raw_data.returns", "count": 1}],
    },
    "bad name": {"table": "../../Orders", "schema": "shop", "main_sql": "DELETE FROM raw_data.orders"},
}
again = {"table": "orders_by_day", "schema": "shop", "main_sql": "SELECT 1 AS one"}
defaults = {"table": "defaults", "schema": "shop", "main_sql": "SELECT 1 AS one"}

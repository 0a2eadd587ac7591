{
    "table": "nps_summary"
    "schema": "analytics",
}

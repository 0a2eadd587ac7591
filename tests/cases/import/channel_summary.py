tables = [
    {
        "table": "channel_summary",
        "schema": "analytics",
        "description": "The first and the last channel through which each user came.",
        "owner": "marketing",
        "schedule": "0 3 * * *",
        "main_sql": "SELECT DISTINCT\n"
        "  A.userid,\n"
        "  FIRST_VALUE(A.channel) OVER (\n"
        "    PARTITION BY A.userid ORDER BY B.ts\n"
        "    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING\n"
        "  ) AS first_channel,\n"
        "  LAST_VALUE(A.channel) OVER (\n"
        "    PARTITION BY A.userid ORDER BY B.ts\n"
        "    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING\n"
        "  ) AS last_channel\n"
        "FROM raw_data.user_session_channel A\n"
        "LEFT JOIN raw_data.session_timestamp B ON A.sessionid = B.sessionid",
        "input_check": [
            {"sql": "SELECT COUNT(1) FROM raw_data.user_session_channel", "count": 100_000},
            {"sql": "SELECT COUNT(1) FROM raw_data.session_timestamp", "count": 100_000},
        ],
        "output_check": [
            {"sql": "SELECT COUNT(1) FROM {schema}.temp_{table}", "count": 900},
            dict(
                name="one row a user",
                sql="SELECT COUNT(1) - COUNT(DISTINCT userid) FROM {schema}.temp_{table}",
                count=0,
                op="eq",
            ),
        ],
    }
]

{
    'table': 'sessions_by_day',
    'schema': 'analytics',
    'description': None,
    'overwrite': False,  # only today's rows
    'attributes': 'DISTSTYLE KEY DISTKEY(userid) COMPOUND SORTKEY(ts, userid)',
    'primary_key': ['day'],
    'pre_sql': "",
    'post_sql': "GRANT SELECT ON TABLE {schema}.{table} TO reporting",
    'tags': ['sessions', 'by: day'],  # for the list
    'ouput_checks': [1],
    'start_date': '2026-01-01',
    'retries': '3',
    'retries': 2,
    'timeout_minutes': 90.5,
    'main_sql': 'SELECT DATE(ts) AS day, COUNT(1) AS sessions FROM raw_data.session_timestamp GROUP BY 1',
    'input_check': {'sql': 'SELECT COUNT(1) FROM raw_data.session_timestamp', 'count': 1},
    'output_check': [{'sql': 'SELECT COUNT(1) FROM {schema}.temp_{table}', 'count': '12', 'level': 'warn'}],
}

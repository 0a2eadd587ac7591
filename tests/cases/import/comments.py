#!/usr/bin/env python
# -*- coding: utf-8 -*-
# 담당: 그로스팀 🙂
"""하루의 NPS: 추천 고객에서 비추천 고객을 뺀 값 # 퍼센트"""

import os  # noqa: F401

# The survey changed in May 2026.
nps = {  # asked in the app
    "table": "nps_by_app",
    # people read it here
    "schema": "analytics",
    "main_sql": """SELECT app AS app, AVG(score) AS nps
                   FROM raw_data.nps_by_app -- it's from the app
                   WHERE note <> 'a: b #1'
                   GROUP BY 1""",
    "input_check": [
        # one month of answers
        {"sql": "SELECT COUNT(1) FROM raw_data.nps_by_app WHERE tag = 'x #1'", "count": 30000},  # was 20000
        # {'sql': 'SELECT COUNT(1) FROM raw_data.apps', 'count': 2},
    ],
    "output_check": [
        {
            "sql": "SELECT COUNT(1) FROM {schema}.temp_{table}",
            "count": 2,  # iOS and Android
            "op": "eq",
        },
    ],
    # nothing more
}
# end of file

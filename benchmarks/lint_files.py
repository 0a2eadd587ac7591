"""Config files as analysts write them, in number: no two alike, and nothing in them that lint could call an error."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import indent

_DEFAULTS = """\
owner: growth
conn_id: warehouse
retries: 1
retry_delay_minutes: 5
timeout_minutes: 120
"""

_QUERIES = (
    """\
SELECT
  LEFT(n.created_at, 10) AS date,
  COUNT(1) AS answers,
  ROUND(
    100.0 * SUM(
      CASE
        WHEN n.score >= 9 THEN 1    -- promoters
        WHEN n.score <= 6 THEN -1   -- detractors
        ELSE 0
      END
    ) / COUNT(1),
    2
  ) AS nps
FROM raw_data.answers_{source} n
JOIN raw_data.regions_{source} r ON r.id = n.region
WHERE n.region = {number} AND r.name <> '시험'
GROUP BY 1
""",
    """\
WITH sessions AS (
  SELECT s.userid, s.channel, t.ts, ROW_NUMBER() OVER (PARTITION BY s.userid ORDER BY t.ts) AS place
  FROM raw_data.sessions_{source} s
  JOIN raw_data.timestamps_{source} t ON t.sessionid = s.sessionid
  WHERE t.ts >= '{{{{ data_interval_start }}}}' AND t.ts < '{{{{ data_interval_end }}}}'
),
firsts AS (
  SELECT userid, channel AS first_channel, ts AS first_seen FROM sessions WHERE place = 1
)
SELECT f.first_channel, DATE_TRUNC('month', f.first_seen) AS month, COUNT(DISTINCT f.userid) AS users
FROM firsts f
WHERE f.userid % 1000 <> {number}
GROUP BY f.first_channel, DATE_TRUNC('month', f.first_seen)
""",
    """\
SELECT
  o.country,
  o.ordered_on AS day,
  SUM(o.amount) FILTER (WHERE o.state = 'paid') AS paid,
  SUM(o.amount) FILTER (WHERE o.state = 'refunded') AS refunded,
  SUM(SUM(o.amount)) OVER (
    PARTITION BY o.country ORDER BY o.ordered_on ROWS BETWEEN 6 PRECEDING AND CURRENT ROW
  ) AS week_total,
  PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY o.amount) AS median_amount
FROM raw_data.orders_{source} o
LEFT JOIN raw_data.customers_{source} c ON c.id = o.customer_id AND c.is_test IS FALSE
WHERE o.shop = {number}
  AND o.note IS DISTINCT FROM 'a; b' -- 주석: 세미콜론은 문자열 안에 있다
GROUP BY GROUPING SETS ((o.country, o.ordered_on), (o.ordered_on))
HAVING COUNT(*) > 3
""",
    """\
SELECT userid, MIN(seen) AS first_seen, MAX(seen) AS last_seen, COUNT(*) AS events
FROM (
  SELECT w.userid, w.created_at AS seen FROM raw_data.web_{source} w WHERE w.site = {number}
  UNION ALL
  SELECT a.userid, a.created_at AS seen FROM raw_data.app_{source} a
  WHERE EXISTS (SELECT 1 FROM raw_data.consents_{source} k WHERE k.userid = a.userid AND k.given)
) AS seen_anywhere
GROUP BY userid
""",
)
_SOURCES = (("answers", "regions"), ("sessions", "timestamps"), ("orders", "customers"), ("web", "app", "consents"))


def write_folder(folder: Path, count: int) -> None:
    """`count` files of tables, and `defaults.yaml`. The same ones every time."""
    folder.mkdir(parents=True)
    (folder / "defaults.yaml").write_text(_DEFAULTS, "utf-8")
    for number in range(count):
        (folder / f"{_table(number)}.yaml").write_text(_config(number), "utf-8")


_COLUMNS = {
    "answers": {"created_at": "varchar(19)", "score": "smallint", "region": "integer"},
    "regions": {"id": "integer", "name": "text"},
    "sessions": {"userid": "bigint", "sessionid": "varchar(32)", "channel": "varchar(32)"},
    "timestamps": {"sessionid": "varchar(32)", "ts": "timestamp"},
    "orders": {
        "customer_id": "bigint",
        "country": "char(2)",
        "ordered_on": "date",
        "amount": "numeric(12,2)",
        "state": "text",
        "shop": "integer",
        "note": "text",
    },
    "customers": {"id": "bigint", "is_test": "boolean"},
    "web": {"userid": "bigint", "created_at": "timestamp", "site": "integer"},
    "app": {"userid": "bigint", "created_at": "timestamp"},
    "consents": {"userid": "bigint", "given": "boolean"},
}


def write_sources(folder: Path) -> None:
    """What is known of all tables that the files in `folder` read."""
    (folder / "sources").mkdir()
    tables = "".join(_source(f"{name}_{number}", columns) for number in range(40) for name, columns in _COLUMNS.items())
    (folder / "sources" / "raw_data.yaml").write_text(f"schema: raw_data\nowner: platform\ntables:\n{tables}", "utf-8")


def _source(name: str, columns: Mapping[str, str]) -> str:
    listed = "".join(f'      - {{name: {column}, type: "{kind}"}}\n' for column, kind in columns.items())
    return f"  - name: {name}\n    columns:\n{listed}"


def write_queries(folder: Path, count: int) -> None:
    """The queries of the first `count` of those files, each in a file, names in place of placeholders."""
    folder.mkdir(parents=True)
    for number in range(count):
        queries = [_main_sql(number), *(sql for sql, _ in _input_checks(number)), *(_output_checks())]
        for place, query in enumerate(queries):
            text = query.replace("{schema}.temp_{table}", f"analytics.temp_{_table(number)}").rstrip()
            (folder / f"{_table(number)}_{place}.sql").write_text(f"{text}\n", "utf-8")


def _table(number: int) -> str:
    return f"summary_{number:04}"


def _config(number: int) -> str:
    return (
        "# yaml-language-server: $schema=../schemas/summary_table.schema.json\n"
        f"table: {_table(number)}\nschema: analytics\n"
        f"description: 지역 {number}의 하루 요약. Built for the weekly report.\n"
        f'owner: growth\ntags: [report, "team {number % 7}"]\nschedule: "{number % 60} 3 * * *"\n\n'
        f"main_sql: |\n{indent(_main_sql(number), '  ')}\n"
        f"input_check:\n{''.join(_checks(number))}\noutput_check:\n{_output(number)}"
    )


def _main_sql(number: int) -> str:
    return _QUERIES[number % len(_QUERIES)].format(number=number, source=number % 40)


def _input_checks(number: int) -> Iterator[tuple[str, int]]:
    for name in _SOURCES[number % len(_QUERIES)]:
        yield f"SELECT COUNT(1) FROM raw_data.{name}_{number % 40}", 1000 + number


def _output_checks() -> tuple[str, ...]:
    return (
        "SELECT COUNT(1) FROM {schema}.temp_{table}",
        "SELECT COUNT(1) - COUNT(DISTINCT t) FROM {schema}.temp_{table} t",
    )


def _checks(number: int) -> Iterator[str]:
    for query, count in _input_checks(number):
        yield f"  - sql: {query}\n    count: {count}\n"


def _output(number: int) -> str:
    rows, doubles = _output_checks()
    return (
        f"  - sql: {rows}\n    count: {number % 9 + 1}\n"
        f"  - name: no row twice\n    sql: {doubles}\n    count: 0\n    op: eq\n"
    )

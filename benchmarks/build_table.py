"""The summary that every variant of `benchmarks.build` makes: its source, its query, and its checks."""

from summary_tables.checks.kinds.accepted_values import AcceptedValues
from summary_tables.checks.kinds.not_null import NotNull
from summary_tables.checks.kinds.row_count import RowCount
from summary_tables.checks.kinds.unique import Unique
from summary_tables.model.table import Grants, SummaryTable

NAME = "visits_by_user"
READER = "reader"
ROWS_PER_USER = 10
TIERS = ("new", "returning", "regular")

QUERY = """\
SELECT
  user_id,
  COUNT(*) AS visits,
  MIN(visited_at) AS first_visit,
  MAX(visited_at) AS last_visit,
  SUM(amount) AS amount,
  CASE WHEN COUNT(*) >= 15 THEN 'regular' WHEN COUNT(*) >= 5 THEN 'returning' ELSE 'new' END AS tier
FROM raw_data.visits
GROUP BY user_id"""


def source_sql(rows: int) -> str:
    """Creates the table that `QUERY` reads. The same rows every time: some users come often, some hardly ever."""
    return (
        "CREATE TABLE raw_data.visits AS SELECT\n"
        "  i AS visit_id,\n"
        f"  (pg_catalog.hashint8(i) & 2147483647) % {max(1, rows // ROWS_PER_USER)} AS user_id,\n"
        "  TIMESTAMP '2026-01-01' + i * INTERVAL '1 second' AS visited_at,\n"
        "  (i % 1000)::numeric / 100 AS amount,\n"
        "  (ARRAY['search', 'mail', 'direct', '검색'])[i % 4 + 1] AS channel\n"
        f"FROM pg_catalog.generate_series(1, {rows}::bigint) AS i"
    )


def least_rows(rows: int) -> int:
    """How many rows the summary must have for its check to pass."""
    return rows // ROWS_PER_USER // 2


def summary_table(rows: int) -> SummaryTable:
    """What a file in `dag_configs/` would say. `benchmarks.build_dbt` says the same in dbt's words."""
    return SummaryTable(
        table=NAME,
        schema="analytics",
        main_sql=QUERY,
        grants=Grants(select=(READER,)),
        output_check=(
            RowCount(min=least_rows(rows)),
            NotNull(columns=("user_id",)),
            Unique(columns=("user_id",)),
            AcceptedValues(column="tier", values=TIERS),
        ),
    )

"""The tables that every variant of the benchmark describes in its own way. No Airflow is needed here."""

from dataclasses import dataclass

SCHEMA = "analytics"
OWNER = "growth"
SCHEDULE = "0 3 * * *"
CONN_ID = "warehouse"
RETRIES = 2
RETRY_MINUTES = 5
TIMEOUT_MINUTES = 120

TASKS_OF_A_TABLE = 6
"""Two input checks, create, two output checks, publish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One table. A check is a query and the least number that it may return."""

    table: str
    description: str
    query: str
    input_checks: tuple[tuple[str, int], ...]
    output_checks: tuple[tuple[str, int], ...]

    @property
    def full_name(self) -> str:
        return f"{SCHEMA}.{self.table}"

    @property
    def docs(self) -> str:
        return f"{self.description}\n\n```sql\n{self.query}```\n"


def examples(count: int) -> tuple[Example, ...]:
    """The same `count` tables every time, no two alike."""
    return tuple(map(_example, range(count)))


def _example(number: int) -> Example:
    return Example(
        table=f"summary_{number:04}",
        description=f"Net Promoter Score per day in region {number}.",
        query=_QUERY.format(region=number),
        input_checks=(
            (f"SELECT COUNT(1) FROM raw_data.nps WHERE region = {number}", 1000 + number),
            ("SELECT COUNT(DISTINCT region) FROM raw_data.regions", number),
        ),
        output_checks=(
            (f"SELECT COUNT(1) FROM {SCHEMA}.temp_summary_{number:04}", 12),
            (f"SELECT MIN(answers) FROM {SCHEMA}.temp_summary_{number:04}", 1),
        ),
    )


_QUERY = """\
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
FROM raw_data.nps n
JOIN raw_data.regions r ON r.id = n.region
WHERE n.region = {region} AND r.name <> 'test'
GROUP BY 1
"""

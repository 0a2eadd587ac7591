"""Tables that grow by the day, one a strategy, from one small source; and what they must hold, computed in Python."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from tests.end_to_end.deployment import Deployment

Rows = list[tuple[Any, ...]]

OF_THE_RUN = (
    "FROM raw_data.orders WHERE day >= '{{ data_interval_start | ds }}' AND day < '{{ data_interval_end | ds }}'"
)


class Order(NamedTuple):
    """A row of the source."""

    id: int
    day: date
    buyer: int
    amount: int


class Schedule(NamedTuple):
    """Once a day, so that its last run was due twelve hours ago and none comes due while the tests run."""

    due: datetime

    @classmethod
    def far_from_now(cls) -> "Schedule":
        return cls((datetime.now(UTC) - timedelta(hours=12)).replace(minute=0, second=0, microsecond=0))

    @property
    def cron(self) -> str:
        return f"0 {self.due.hour} * * *"

    @property
    def last_days(self) -> list[date]:
        """The days of the three runs that were due last: the run of a day is due on the next one."""
        return [(self.due - timedelta(days=days)).date() for days in (3, 2, 1)]


def orders(days: list[date]) -> list[Order]:
    """Buyer 1 orders on each of three days, the others on one or two of them."""
    first, second, third = days
    return [
        Order(1, first, 1, 10),
        Order(2, first, 2, 20),
        Order(3, first, 2, 25),
        Order(4, second, 1, 30),
        Order(5, second, 3, 40),
        Order(6, third, 1, 50),
        Order(7, third, 3, 60),
    ]


def changed(before: list[Order]) -> list[Order]:
    """Other amounts, an order that is gone, and one more by a new buyer on the first day."""
    gone = 3
    kept = [order._replace(amount=order.amount + 1000) for order in before if order.id != gone]
    return [*kept, Order(8, before[0].day, 4, 70)]


def fill_source(deployment: Deployment, rows: Iterable[Order]) -> None:
    """The source holds just these rows."""
    values = ", ".join(f"({row.id}, '{row.day}', {row.buyer}, {row.amount})" for row in rows)
    deployment.execute(
        "CREATE TABLE IF NOT EXISTS raw_data.orders (id integer, day date, buyer integer, amount integer);"
        "GRANT SELECT ON raw_data.orders TO builder; TRUNCATE raw_data.orders;"
        f"INSERT INTO raw_data.orders VALUES {values}"
    )


def add_growing_tables(deployment: Deployment, schedule: Schedule) -> None:
    """One table a strategy; Airflow has made the run of the last day for each."""
    queries: dict[str, tuple[Any, str]] = {
        "every_order": ("append", f"SELECT id, day, amount {OF_THE_RUN}"),
        "orders_by_day": (
            {"delete_insert": {"time_column": "day"}},
            f"SELECT day, COUNT(1) AS orders, SUM(amount) AS amount {OF_THE_RUN} GROUP BY day",
        ),
        "last_purchase": (
            {"merge": {"unique_key": "buyer"}},
            f"SELECT buyer, MAX(day) AS day, SUM(amount) AS amount {OF_THE_RUN} GROUP BY buyer",
        ),
    }
    for name, (refresh, query) in queries.items():
        deployment.add(name, schedule=schedule.cron, refresh=refresh, main_sql=query)
    deployment.has_dags(*queries)
    # Airflow's scheduler ends if a backfill makes this run at the same moment: github.com/apache/airflow/issues/59120.
    deployment.wait(lambda: all(deployment.api.runs(name) for name in queries), "The first runs")


def expected_tables(source: Iterable[Order]) -> dict[str, Rows]:
    """The rows of each table, in their order."""
    of_day: dict[date, list[Order]] = defaultdict(list)
    for order in source:
        of_day[order.day].append(order)
    last_purchase: dict[int, tuple[date, int]] = {}
    for day in sorted(of_day):
        for buyer in {order.buyer for order in of_day[day]}:
            last_purchase[buyer] = day, sum(order.amount for order in of_day[day] if order.buyer == buyer)
    return {
        "every_order": sorted((order.id, order.day, order.amount) for order in source),
        "orders_by_day": sorted((day, len(found), sum(one.amount for one in found)) for day, found in of_day.items()),
        "last_purchase": sorted((buyer, *found) for buyer, found in last_purchase.items()),
    }


def found_tables(deployment: Deployment) -> dict[str, Rows]:
    """What readers see of them."""
    names = "every_order", "orders_by_day", "last_purchase"
    return {name: deployment.query(f"SELECT * FROM analytics.{name} ORDER BY 1") for name in names}

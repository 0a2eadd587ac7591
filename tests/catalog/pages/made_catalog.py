"""A catalogue made by hand that has one table in each state, with a history of some weeks."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from summary_tables.catalog.entry import Catalog, Declaration, Entry, Neighbours, State, TableState
from summary_tables.catalog.listing.address import to_query
from summary_tables.catalog.listing.view import View
from summary_tables.checks import check_from_item
from summary_tables.model.build import Build, RollBack
from summary_tables.model.dag_facts import DagFacts, DagRunFacts
from summary_tables.model.problem import Place, Problem
from summary_tables.model.table import DeclaredColumn, Refresh, Schedule
from summary_tables.model.table_history import BuildPoint, FailingCheck, LoggedCheck, RunChecks, TableHistory
from summary_tables.model.version import Version
from tests.catalog.made_entries import NOW, build, declaration

NIGHT = datetime(2026, 11, 27, 3, 0, tzinfo=NOW.tzinfo)
"""When the last runs were due."""


class MadeLinks:
    """Addresses that say what they are."""

    catalog = "/c"
    target = "_top"
    search_data = ""

    def file(self, name: str) -> str:
        return f"/c/{name}"

    def listing(self, view: View) -> str:
        return f"/c?{to_query(view)}" if to_query(view) else "/c"

    def table(self, full_name: str) -> str:
        return f"/c/{quote(full_name, safe='')}" if not full_name.startswith("raw_data.") else ""

    def project(self, name: str, model: str = "") -> str:
        return f"/c/projects/{quote(name, safe='')}{f'#{quote(model)}' if model else ''}"

    def dag_of_project(self, name: str) -> str:
        return f"/dags/{quote(name, safe='')}"

    def dag(self, entry: Entry) -> str:
        return f"/dags/{quote(entry.table, safe='')}" if entry.dag else ""

    def run(self, entry: Entry, run_id: str) -> str:
        return f"/dags/{quote(entry.table, safe='')}/runs/{quote(run_id, safe='')}" if entry.dag else ""

    def source(self, entry: Entry, line: int = 0) -> str:
        if entry.declaration is None:
            return ""
        return f"https://example.com/{quote(entry.declaration.file)}{f'#L{line}' if line else ''}"

    def edit(self, entry: Entry) -> str:
        return f"https://example.com/edit/{quote(entry.declaration.file)}" if entry.declaration else ""


ROWS_CHECK = check_from_item({"row_count": {"min": 12}})
NULL_CHECK = check_from_item({"not_null": "date"})
CHANGE_CHECK = check_from_item({"row_count_change": {"max_decrease_percent": 20}, "severity": "warn"})

NPS_SQL = """SELECT
  LEFT(created_at, 10) AS date,
  ROUND(
    100.0 * SUM(
      CASE
        WHEN score >= 9 THEN 1    -- promoters
        WHEN score <= 6 THEN -1   -- detractors
        ELSE 0
      END
    ) / COUNT(1),
    2
  ) AS nps
FROM raw_data.nps
WHERE created_at < '{{ data_interval_end | ds }}' AND channel <> 'it''s <none>'
GROUP BY 1
"""


def due(nights_ago: int) -> datetime:
    """When the run of that night was due."""
    return NIGHT - timedelta(days=nights_ago)


def run_id(nights_ago: int) -> str:
    """Of the run of that night."""
    return f"scheduled__{due(nights_ago):%Y-%m-%dT%H:%M:%S}+00:00"


def logged(
    night: int, name: str, key: str, position: int, *, passed: bool = True, actual: str = "92", warns: bool = False
) -> LoggedCheck:
    """An answer of a check."""
    return LoggedCheck(
        step="output_check",
        position=position,
        name=name,
        key=key,
        severity="warn" if warns else "error",
        passed=passed,
        expected="at least 12",
        actual=actual,
        error="",
        run_id=run_id(night),
        run_at=due(night),
        checked_at=due(night) + timedelta(seconds=4),
    )


def build_of(night: int, table: str, rows: int, **more: object) -> Build:
    """The build of a night."""
    fields: dict[str, object] = {
        "run_id": run_id(night),
        "run_at": due(night),
        "started_at": due(night) + timedelta(seconds=2),
        "built_at": due(night) + timedelta(seconds=3.4),
        "published_at": due(night) + timedelta(seconds=6),
        "columns": ("date", "nps"),
        "size_bytes": 65536,
        **more,
    }
    return replace(build(table, rows=rows), version=f"{table}__{night}", **fields)  # type: ignore[arg-type]


def history(
    table: str, *, failed: tuple[int, ...] = (), warned: tuple[int, ...] = (), nights: int = 40
) -> TableHistory:
    """A build a night; in the nights `failed` (0 is the last) a check did not hold, in `warned` another one."""
    rows = [92 - night + (night * 7) % 5 for night in range(nights)]
    checks = [
        each
        for night in range(min(nights, 30))
        for each in (
            logged(
                night,
                "at least 12 rows",
                "row_count",
                0,
                passed=night not in failed,
                actual="7" if night in failed else str(rows[night]),
            ),
            logged(night, "no empty value in date", "not_null date", 1, actual="0"),
            logged(
                night,
                "rows at most 20% fewer than the previous build",
                "row_count_change previous_build",
                2,
                passed=night not in warned,
                actual="31 %",
                warns=True,
            ),
        )
    ]
    runs = tuple(
        RunChecks(
            run_id=run_id(night),
            run_at=due(night),
            checked_at=due(night) + timedelta(seconds=4),
            passed=3 - (night in failed) - (night in warned),
            failed=int(night in failed),
            warned=int(night in warned),
        )
        for night in range(min(nights, 30))
    )
    good = [night for night in range(nights) if night not in failed]
    live = build_of(good[0], table, rows[good[0]])
    points = tuple(
        BuildPoint(
            run_id=run_id(night),
            run_at=due(night),
            rows=7 if night in failed else rows[night],
            seconds=1.2 + (night * 3) % 7 / 10,
            is_published=night not in failed,
        )
        for night in range(min(nights, 30))
    )
    versions = [
        Version(
            build=build_of(night, table, rows[night]),
            built_at=due(night) + timedelta(seconds=3),
            state="live" if night == good[0] else "published",
        )
        for night in good[:3]
    ]
    failing = [
        FailingCheck(
            check=next(c for c in checks if c.run_id == run_id(0) and not c.passed),
            since=due(max(group)),
            runs=len(group),
        )
        for group in (failed, warned)
        if 0 in group
    ]
    return TableHistory(
        live=live,
        newest=live,
        last_run=runs[0],
        failing=tuple(failing),
        points=points,
        runs=runs,
        checks=tuple(checks),
        versions=tuple(versions),
    )


def dag(*, failed: tuple[int, ...] = (), is_paused: bool = False) -> DagFacts:
    """A run a night."""
    runs = tuple(
        DagRunFacts(
            run_id=run_id(night),
            state="failed" if night in failed else "success",
            run_after=due(night),
            started_at=due(night) + timedelta(seconds=1),
            ended_at=due(night) + timedelta(seconds=9),
        )
        for night in range(30)
    )
    return DagFacts(is_paused=is_paused, next_run_at=due(-1), runs=runs)


def made(
    full_name: str,
    state: State,
    sentence: str,
    *,
    found: TableHistory | None,
    facts: DagFacts | None = None,
    neighbours: Neighbours = Neighbours(),  # noqa: B008 - frozen
    **table: object,
) -> Entry:
    """A table whose file can be read."""
    return Entry(
        full_name=full_name,
        state=TableState(state=state, sentence=sentence),
        declaration=declaration(full_name, neighbours=neighbours, **table),
        dag=facts,
        history=found,
    )


NPS = made(
    "analytics.nps_summary",
    "fresh",
    "Fresh: built today at 03:00 UTC, 92 rows, all 3 checks passed.",
    found=history("nps_summary", failed=(9, 10), warned=(4,)),
    facts=dag(failed=(9, 10)),
    neighbours=Neighbours(reads=("raw_data.nps",), read_by=("analytics.growth_report",)),
    description="Net Promoter Score per day.",
    owner="growth",
    tags=("kpi", "daily"),
    schedule=Schedule(cron="0 3 * * *"),
    main_sql=NPS_SQL,
    columns=(
        DeclaredColumn(name="date", type="text", description="The day, such as 2019-05-01.", checks=(NULL_CHECK,)),
        DeclaredColumn(name="nps", type="numeric", description="Promoters less detractors, from -100 to 100."),
        DeclaredColumn(name="email", type="text", description="Who answered last.", pii=True),
    ),
    output_check=(ROWS_CHECK, CHANGE_CHECK, NULL_CHECK),
)

FAILING = made(
    "analytics.mau_summary",
    "failing",
    "Failing since Wednesday: expected at least 12 rows, got 7; people read the build of Tuesday.",
    found=history("mau_summary", failed=(0, 1, 2), warned=(12, 13)),
    facts=dag(failed=(0, 1, 2)),
    neighbours=Neighbours(reads=("raw_data.session_timestamp", "raw_data.user_session_channel"), read_by=()),
    description="Monthly active users.",
    owner="growth",
    schedule=Schedule(cron="0 3 * * *"),
    columns=(DeclaredColumn(name="month", type="text"), DeclaredColumn(name="mau", type="bigint")),
    output_check=(ROWS_CHECK, NULL_CHECK, CHANGE_CHECK),
)

LATE = made(
    "analytics.channel_summary",
    "late",
    "Late: due today at 03:00 UTC, six hours ago; people read the build of yesterday.",
    found=history("channel_summary"),
    facts=dag(),
    description="The first and the last channel through which each user came.",
    owner="marketing",
    schedule=Schedule(cron="0 3 * * 1-5"),
)

BROKEN_FILE = Entry(
    full_name="finance.revenue",
    state=TableState(state="broken_file", sentence="Its file cannot be read: `ouput_check` is not a key of this file."),
    declaration=Declaration(
        file="dag_configs/revenue.yaml",
        config=None,
        problems=(
            Problem(
                path=Path("dag_configs/revenue.yaml"),
                file="dag_configs/revenue.yaml",
                place=Place(12, 1, 11),
                rule="unknown-key",
                message="`ouput_check` is not a key of this file",
                fix="rename it to `output_check`",
            ),
            Problem(
                path=Path("dag_configs/revenue.yaml"),
                file="dag_configs/revenue.yaml",
                place=Place(3, 1, 5),
                rule="no-description",
                level="warning",
                message="nobody knows what the table means",
            ),
        ),
    ),
    history=history("revenue"),
    dag=dag(),
)

WARNING = made(
    "growth.weekly_signups",
    "warning",
    "Built today at 03:00 UTC, 92 rows; 1 check warned: rows change by at most 20 %, got 31 %.",
    found=history("weekly_signups", warned=(0,)),
    facts=dag(),
    neighbours=Neighbours(reads=("analytics.mau_summary", "raw_data.users")),
    description="주간 가입자 수 🎉 — sign-ups a week, by country",
    owner="성장팀",
    schedule=Schedule(after=("analytics.mau_summary",)),
    refresh=Refresh(strategy="append"),
    output_check=(ROWS_CHECK, NULL_CHECK, CHANGE_CHECK),
)

NEVER_BUILT = made(
    "growth.churn",
    "never_built",
    "Never built: its first run is due tomorrow at 03:00 UTC.",
    found=TableHistory(),
    facts=DagFacts(next_run_at=due(-1)),
    owner="growth",
    schedule=Schedule(cron="0 3 * * *"),
)

ORPHANED = Entry(
    full_name="analytics.old_report",
    state=TableState(state="orphaned", sentence="No file describes it any more; people read the build of 27 November."),
    history=history("old_report", nights=5),
)

PAUSED = made(
    "ops.tickets",
    "paused",
    "Paused: nobody builds it; people read the build of today.",
    found=replace(
        history("tickets"),
        roll_back=RollBack(
            from_version="b", to_version="a", from_shown_at=due(1), to_shown_at=due(2), at=NOW, role="jin"
        ),
    ),
    facts=dag(is_paused=True),
    description="Open tickets per team.",
    owner="support",
    schedule=Schedule(),
)

HOSTILE = made(
    "analytics.<script>alert(1)</script>\"'&",
    "fresh",
    "<b>Fresh</b>: built & 'checked' \"today\".",
    found=history("hostile"),
    description='</style><script>alert("description")</script> <img src=x onerror=alert(2)>\u202e turned around',
    owner='"><script>alert("owner")</script>',
    tags=("<i>tag</i>",),
    main_sql="SELECT '</code></pre><script>alert(3)</script>' AS \"<b>\" -- </pre>",
    columns=(DeclaredColumn(name="<b>name</b>", type="<type>", description="<u>words</u>"),),
)

ENTRIES = (NPS, FAILING, LATE, BROKEN_FILE, WARNING, NEVER_BUILT, ORPHANED, PAUSED)


def catalog(*entries: Entry, warehouse_problem: str = "") -> Catalog:
    """These tables, or one in each state."""
    return Catalog(
        entries={entry.full_name: entry for entry in entries or ENTRIES},
        read_at=NOW,
        warehouse_problem=warehouse_problem,
    )


def without_answers(found: Catalog) -> Catalog:
    """The same as the files alone tell it: neither the warehouse nor Airflow was asked."""
    asked = found.entries.values()
    return replace(
        found,
        entries={
            entry.full_name: replace(entry, history=None, dag=None)
            for entry in asked
            if entry.state.state not in ("orphaned", "paused")
        },
    )

"""What a log is: a table of ours in the versions schema, documented in the warehouse itself."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LogTable:
    """`columns` are names with what they mean, in table order; a release may add some, and never takes one away.

    `key` is the column that tells the rows apart, where there is one. `searched_by` are the columns by which rows are
    looked for. `is_filled`: every column has a value in every row. A row is open as long as its column `open_until` is
    empty; `one_open` are columns that no two open rows have the same of, where there are any.
    """

    name: str
    comment: str
    columns: Mapping[str, str]
    key: str = ""
    searched_by: tuple[str, ...] = ()
    is_filled: bool = False
    open_until: str = ""
    one_open: tuple[str, ...] = ()


BUILD_LOG = LogTable(
    name="build_log",
    comment="Builds of summary tables, one row a version.",
    columns={
        "version_name": "Name of the version, a table of this schema. It may have been dropped since.",
        "schema_name": "Schema of the summary table.",
        "table_name": "Name of the summary table.",
        "origin": "built: made by a run. migrated: the plain table that stood there before; never dropped by us.",
        "run_id": "Airflow run that made the version.",
        "try_number": "Which try of that run, from 1.",
        "run_at": "When the run was due: the time meant by 'the build of ...'.",
        "started_at": "When the build began. A build never replaces one that began later.",
        "built_at": "When the query had finished.",
        "row_count": "Rows in the version; unknown for migrated.",
        "column_names": "Names of the columns in table order, as a JSON list.",
        "published_at": "When readers saw the version, or what it adds, first; empty: never.",
        "strategy": (
            "replace: the version is a whole table. append, delete_insert, merge: it is what one run adds to one."
        ),
        "interval_start": "Beginning of the data interval that the run covers; empty: it covers none.",
        "interval_end": "End of that interval, which is not part of it.",
        "applied_to": ("Of what one run adds: the version that it was added to, which may be itself; empty: none yet."),
        "size_bytes": "Bytes that the version took when it was built, with its indexes; empty: unknown.",
        "timezone": "Time zone of the table at that time; empty: UTC.",
    },
    key="version_name",
    searched_by=("schema_name", "table_name", "started_at"),
)

CHECK_LOG = LogTable(
    name="check_log",
    comment="Checks of summary tables, one row each time that one was run.",
    columns={
        "schema_name": "Schema of the summary table.",
        "table_name": "Name of the summary table.",
        "step": "input_check: before the build. output_check: of the new version, before readers see it.",
        "position": "The place of the check in its list in the file, from 1.",
        "check_name": "What the check is called in messages.",
        "severity": "error: the run ends if the check fails. warn: it goes on.",
        "passed": "Whether the check held; false, too, where it could not be asked.",
        "expected": "What had to be found, in words; empty where the check could not be asked.",
        "actual": "What was found, in the words of the message: values of the table may be among them.",
        "error": "Why the check could not be asked; empty: it was.",
        "seconds": "How long the question and its answer took.",
        "run_id": "Airflow run that asked.",
        "try_number": "Which try of that run, from 1.",
        "run_at": "When the run was due.",
        "version_name": "The version that was checked, as in build_log; empty for input_check.",
        "checked_at": "When the check was asked.",
        "check_key": "Which check it is: stays when the number changes that it compares with. Empty in old rows.",
    },
    searched_by=("schema_name", "table_name", "checked_at"),
)

ROLL_BACK_LOG = LogTable(
    name="roll_back_log",
    comment="Who pointed a table at another version.",
    columns={
        "schema_name": "Schema of the summary table.",
        "table_name": "Name of the summary table.",
        "from_version": "What readers saw before.",
        "to_version": "What readers saw then.",
        "rolled_back_at": "When.",
        "rolled_back_by": "The role that did it.",
    },
    is_filled=True,
)

DECLARED = LogTable(
    name="declared",
    comment="What the file of each summary table gave it when it was published last, one row a table.",
    columns={
        "schema_name": "Schema of the summary table.",
        "table_name": "Name of the summary table.",
        "readers": "Roles that may read the table because of its file: a JSON object, names by the role's id.",
        "comments": "Comments that are the file's: a JSON object, texts by column; the table's own has no name.",
        "declared_at": "When the file was first published with these.",
    },
    is_filled=True,
)

INCIDENT_LOG = LogTable(
    name="incident_log",
    comment="What was wrong with summary tables, one row from the first failure to the next good build.",
    columns={
        "incident_id": "Tells the incidents apart.",
        "schema_name": "Schema of the summary table.",
        "table_name": "Name of the summary table.",
        "kind": (
            "What opened it. failed: a run failed. late: the table was not there when it had to be. "
            "waiting: other tables were late because of it. broken_file: its file could not be read."
        ),
        "about": (
            "build: the table is not built. file: its file cannot be read. waiting: others wait for it, of whom the "
            "place that is named hears. One of each at most is open."
        ),
        "opened_at": "When it was seen first.",
        "opened_by": "Airflow run that opened it; empty: none did.",
        "causes": "What went wrong, as a JSON list of short names, in the order in which it was seen.",
        "reason": "Why it was opened, in the words of the message: values of the table may be among them.",
        "failed_runs": "How many runs have failed.",
        "last_run_id": "The last of them.",
        "seen_at": "When it was seen last.",
        "reminded_at": "When people were last told that it goes on; empty: never.",
        "live_at": "When the build was due that readers saw when it was opened; empty: none, or nobody knows.",
        "places": "Where it is told, as a JSON list.",
        "is_silent": "Nobody is told of it: a message about another table says it.",
        "closed_at": "When it was over; empty: it is open.",
        "closed_by": "Airflow run that closed it; empty: none did.",
    },
    key="incident_id",
    searched_by=("schema_name", "table_name", "opened_at"),
    open_until="closed_at",
    one_open=("schema_name", "table_name", "about"),
)

MESSAGE_LOG = LogTable(
    name="message_log",
    comment="Messages about summary tables, one row for each place that is told.",
    columns={
        "message_id": "Tells the messages apart.",
        "incident_id": "The incident, as in incident_log; empty: it belongs to none.",
        "schema_name": "Schema of the summary table.",
        "table_name": "Name of the summary table.",
        "owner": "Owner of the table; empty: nobody was named.",
        "kind": (
            "first: something is wrong. change: it has another cause. reminder: it goes on. recovery: it is over. "
            "warning: a check warned. digest: several warnings in one."
        ),
        "notifier": "How it is told, e.g. slack; empty: as the type of the connection says.",
        "conn_id": "Airflow connection of the place.",
        "channel": "Channel there; empty: the one of the connection.",
        "mention": "Who is called.",
        "notice": "What is said, as a JSON object: values of the table may be in it.",
        "recorded_at": "When it was written here.",
        "not_before_at": "When it may be told at the earliest.",
        "claimed_at": "When somebody began to tell it; empty: nobody does.",
        "claimed_by": "Who did, a name for this once.",
        "tries": "How often somebody began.",
        "problem": "Why it was not told at the last try; empty: it was.",
        "thread": "Where it stands, for the messages that follow it; empty: nobody can say.",
        "told_at": "When it was told; empty: it was not.",
        "done_at": "When it was told or given up; empty: it is to be told.",
    },
    key="message_id",
    searched_by=("incident_id", "recorded_at"),
    open_until="done_at",
)

WATCHED_FILES = LogTable(
    name="watched_files",
    comment="The files of summary tables, as the DAG summary_tables_watch found them last.",
    columns={
        "file_name": "Name of the file in dag_configs/.",
        "schema_name": "Schema of the summary table; empty: the file has never said it.",
        "table_name": "Name of the summary table; empty: the file has never said it.",
        "digest": "Tells one content of the file from another.",
        "document": "What the last content that could be used says of times and people, as a JSON object.",
        "problems": "Why the file cannot be used now, as a JSON list; empty: it can.",
        "known_at": "When its times were found to be what they are.",
    },
    key="file_name",
    is_filled=True,
)

LOGS = (BUILD_LOG, CHECK_LOG, ROLL_BACK_LOG, DECLARED, INCIDENT_LOG, MESSAGE_LOG, WATCHED_FILES)

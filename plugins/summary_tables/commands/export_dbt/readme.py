"""The project's README: how it is run, and what is otherwise than it was."""

from summary_tables.commands.export_dbt.project_file import ProjectFile
from summary_tables.configs.folder import ConfigFolder


def readme(name: str, folder: ConfigFolder) -> ProjectFile:
    """`folder` is what was exported."""
    schedules = [(file.full_name, file.config.table.schedule.cron) for file in folder.files]
    times = "".join(f"  - `{cron}`: {table}\n" for table, cron in schedules if cron)
    grows = any(file.config.table.refresh.is_incremental for file in folder.files)
    text = _TEXT.format(name=name, times=f"\n{times}" if times else " none of these has one.\n")
    return ProjectFile(path="README.md", text=text + (_GROWING if grows else ""))


_TEXT = """\
# {name}

Written by `summary-tables export dbt`. Nothing of Summary Tables is needed to run it.

    pip install 'dbt-core>=1.10.5,<2' dbt-postgres
    export PGHOST=... PGUSER=... PGPASSWORD=... PGDATABASE=... PGTZ=UTC
    dbt build

`PGTZ=UTC` lets tests count days as the models do.

What is otherwise than before:

- A model is published, and tested then: a test that fails keeps what reads the model from being built, and readers see
  the rows that failed it.
- A model takes the place of the table that stood there: where Summary Tables has published one of that name, drop its
  view first, or build into another database.
- dbt's `grants` take away what others have granted.
- Nothing tells Slack, and no earlier version stays for a roll-back.
- Schedules are for what starts dbt:{times}"""
_GROWING = """
Models that grow cover an interval, yesterday if none is named:

    dbt build --vars '{data_interval_start: "2026-01-01", data_interval_end: "2026-01-02"}'

Where a schedule is one time of each day, a day begins at that time. Name the interval of another one with its times,
such as `data_interval_start: "2026-01-01T06:00+09:00"`.

Name several days, and their rows are those of one interval; one after the other, they are what they were before.
The first build, and one with `--full-refresh`, begins with the first day of the table, whatever interval is named.
"""

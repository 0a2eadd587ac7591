"""The pool of a table is one that `pools` in `defaults.yaml` lists.

No step of another would ever start.

Airflow shows it as a warning beside the DAG, and goes on waiting. Without `pools`, lint says nothing.

PASS: `pool: heavy` where `defaults.yaml` says `pools: [heavy]`
FAIL: `pool: haevy` there
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.model.table import DEFAULT_POOL
from summary_tables.text.spelling import nearest


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    pool, known = file.config.table.pool, (*file.config.settings.pools, DEFAULT_POOL)
    if not file.config.settings.pools or pool in known:
        return
    near = nearest(pool, known)
    yield Finding(
        place=file.place_of_setting(("pool",)),
        message=f"`pools` in defaults.yaml does not list `{pool}`, and in a pool that is not there no step starts",
        fix=f"write `pool: {near}`" if near else f"make it in Airflow, and add `{pool}` to `pools` in defaults.yaml",
    )


RULE = Rule(check=check, level="warning")

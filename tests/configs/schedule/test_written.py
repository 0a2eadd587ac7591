"""A schedule that is written is read as what it was."""

from pathlib import Path

import yaml
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.configs.config import from_data
from summary_tables.configs.schedule.written import written_schedule
from summary_tables.configs.schema.check import is_valid
from summary_tables.model.parents import AssetParent, SourceParent
from summary_tables.model.table import Schedule

TABLES = st.from_regex(r"[a-z_][a-z0-9_]{0,8}\.[a-z_][a-z0-9_]{0,8}", fullmatch=True)
NAMES = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x7E, exclude_characters='."'), min_size=1, max_size=12
).filter(str.strip)
PARENTS = st.one_of(
    TABLES,
    st.builds(AssetParent, asset=NAMES),
    st.builds(
        SourceParent,
        table=st.builds("{}.{}".format, NAMES, NAMES),
        column=NAMES,
        within_hours=st.integers(0, 1000) | st.sampled_from([0.5, 1.25]),
    ),
)
SCHEDULES = st.builds(
    Schedule,
    cron=st.sampled_from(["", "0 6 * * *", "@daily"]),
    after=st.lists(PARENTS, min_size=1, max_size=4, unique=True).map(tuple),
    any_of=st.booleans(),
    wait_hours=st.sampled_from([12, 1, 0.5]),
)
HEAD = {"table": "t", "schema": "s", "main_sql": "SELECT 1 AS one"}


@given(SCHEDULES)
def test_it_is_read_again(schedule: Schedule) -> None:
    data = {**HEAD, "schedule": yaml.safe_load(written_schedule(schedule))}
    assert is_valid(data, "summary_table")
    assert from_data(data, {}, Path("dag_configs/t.yaml")).table.schedule == schedule

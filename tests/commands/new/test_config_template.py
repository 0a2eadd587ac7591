"""The file of a new table holds what was answered, whatever was answered, and lint has nothing to say of it."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summary_tables.commands.new import draft
from summary_tables.commands.new.config_template import Answers, config_text
from summary_tables.commands.new.draft import Draft
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.yaml import document
from summary_tables.configs.yaml.document import YamlDocument

TEXT = st.text(
    st.characters(
        codec="utf-8",
        exclude_characters=[chr(code) for code in (*range(9), *range(11, 32), *range(127, 133), *range(134, 160))],
    )
)
SIGNS = st.text(alphabet=" \n\t-:?[]{}#&*!|>'\"%@`,a1\\~.=<\x85\u2028\ufeff한😀")


def read(answers: Answers) -> object:
    found = document.parse(config_text(answers).encode())
    assert isinstance(found, YamlDocument), found
    return found.data


@settings(deadline=None)
@given(st.one_of(TEXT, SIGNS), st.one_of(TEXT, SIGNS), st.lists(st.one_of(TEXT, SIGNS), min_size=1, max_size=3))
@example("하루의 NPS: “점수” # 🙂", "no", ["a.b"])
@example("a\n---\nb: c", "@team", ["a, b]"])
def test_answers_read_back(description: str, owner: str, after: list[str]) -> None:
    answers = Answers(table="t", schema="s", description=description, owner=owner, schedule=tuple(after))
    assert read(answers) == {
        "table": "t",
        "schema": "s",
        "description": description,
        "owner": owner,
        "schedule": {"after": after},
        "main_sql": "-- an example that works: write your query in its place\nSELECT 'hello' AS word, 1 AS number\n",
        "output_check": [{"sql": "SELECT COUNT(1) FROM {schema}.temp_{table}", "count": 1}],
    }


@settings(deadline=None)
@given(st.one_of(TEXT, SIGNS))
def test_query_reads_back(sql: str) -> None:
    found = read(Answers(table="t", schema="s", description="", owner="o", schedule="none", main_sql=f"SELECT {sql}"))
    assert isinstance(found, dict)
    assert found["main_sql"] == f"SELECT {sql}".rstrip("\n") + "\n"


@pytest.mark.parametrize("schedule", ["none", "@daily", "0 3 * * *", "*/15 9-17 * * MON-FRI", "not a schedule"])
def test_schedule_stands_in_words_and_as_it_is(schedule: str) -> None:
    found = read(Answers(table="t", schema="s", description="", owner="o", schedule=schedule))
    assert isinstance(found, dict)
    assert found["schedule"] == schedule


@pytest.mark.parametrize("sources", [(), ("raw_data.nps",), ("raw_data.nps", "raw_data.orders")])
def test_lint_has_nothing_to_say(sources: tuple[str, ...], tmp_path: Path) -> None:
    answers = Answers(table="t", schema="s", description="d", owner="o", schedule="0 3 * * *", sources=sources[:1])
    folder = ConfigFolder(path=tmp_path, files=(), problems=(), unreadable=frozenset(), defaults={})
    assert draft.problems([Draft(path=tmp_path / "t.yaml", text=config_text(answers))], folder) == ()

"""While a key is wrong, mistakes of the schedule and of SQL are told in the same round, and nothing is told twice."""

from io import FileIO
from pathlib import Path

import pytest

from summary_tables.configs import file_content
from summary_tables.lint.engine import lint

HEAD = "# yaml-language-server: $schema=../schemas/summary_table.schema.json\ntable: daily\nschema: analytics\n"
QUERY = "main_sql: SELECT date FROM raw_data.nps GROUP BY date\n"
BROKEN = "main_sql: SELECT (date FROM raw_data.nps\n"


def rules(tmp_path: Path, text: str, defaults: str = "") -> list[str]:
    folder = tmp_path / "dag_configs"
    folder.mkdir(exist_ok=True)
    (folder / "defaults.yaml").write_text(defaults or "retries: 1\n")
    (folder / "daily.yaml").write_text(HEAD + text)
    return [f"{problem.line} {problem.rule}" for problem in lint([folder]).problems]


def test_cron_and_sql_beside_wrong_keys_and_values(tmp_path: Path) -> None:
    text = "retrys: 1\nretries: many\nschedule: 0 25 * * *\n" + BROKEN
    assert rules(tmp_path, text) == ["4 unknown-key", "5 value", "6 cron", "7 select-only"]


def test_what_may_stand_under_the_wrong_key_is_not_missed(tmp_path: Path) -> None:
    check = "input_chek:\n  - {sql: SELECT COUNT(1) FROM raw_data.nps, count: 1}\n"
    assert rules(tmp_path, QUERY + check) == ["5 unknown-key"]


def test_query_under_the_wrong_key_is_not_judged(tmp_path: Path) -> None:
    assert rules(tmp_path, BROKEN.replace("main_sql", "main_sqll")) == ["4 unknown-key"]


def test_list_with_a_wrong_item_is_not_judged(tmp_path: Path) -> None:
    checks = "input_check:\n  - {sql: SELECT (1, count: 1}\n  - {sql: SELECT 1, count: one}\n"
    assert rules(tmp_path, QUERY + checks) == ["7 value"]


def test_query_that_yaml_cuts_is_one_mistake(tmp_path: Path) -> None:
    text = "retrys: 1\nmain_sql: SELECT ' #' AS a\n"
    assert rules(tmp_path, text) == ["4 unknown-key"]


def test_dialect_of_the_defaults_counts(tmp_path: Path) -> None:
    text = "retrys: 1\nmain_sql: SELECT GETDATE() AS a\n"
    assert "foreign" in str(rules(tmp_path, text))
    assert rules(tmp_path, text, "warehouse: {dialect: redshift}\n") == ["4 unknown-key"]


def test_comments_silence_what_they_may(tmp_path: Path) -> None:
    text = "retrys: 1\nmain_sql: |\n  SELECT GETDATE() AS a -- lint: ignore[foreign-function] we have made one\n"
    assert rules(tmp_path, text) == ["4 unknown-key"]


def test_file_with_a_wrong_key_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def counted(path: Path) -> FileIO:
        opened.append(path.name)
        return FileIO(path)

    monkeypatch.setattr(file_content, "_opened", counted)
    text = "retrys: 1\nmain_sql: SELECT GETDATE() AS a  # lint: ignore[nothing] at all\n"
    assert rules(tmp_path, text) == ["4 unknown-key", "5 foreign-function", "5 lint-comment"]
    assert sorted(opened) == ["daily.yaml", "defaults.yaml"]

"""What the editor underlines while somebody types: nothing in a good file, and a bad one's mistakes in plain words."""

from pathlib import Path
from typing import Any

from tests.conftest import REPOSITORY
from tests.editor.language_client import LanguageClient
from tests.golden_files import assert_golden

CASES = REPOSITORY / "tests/cases/lint"
FOLDER = REPOSITORY / "dag_configs"
CONFIGS = sorted(FOLDER.rglob("*.yaml"))
INVALID = (
    "at_sign",
    "bad_after",
    "bad_names",
    "bad_schedule",
    "braces_as_value",
    "check_is_text",
    "check_of_no_kind",
    "check_without_count",
    "count_is_text",
    "duplicate_key",
    "empty",
    "empty_sql",
    "korean_key",
    "long_name",
    "many_mistakes",
    "misspelt_check_key",
    "misspelt_key",
    "misspelt_required_key",
    "missing_keys",
    "no_value",
    "number_as_text",
    "repeated_tag",
    "retries_out_of_range",
    "unknown_key",
    "unknown_schedule_key",
    "wrong_op",
)
MISTAKE = "no_such_key: 1\n"
REPORTED = ["Property no_such_key is not allowed."]


def texts(paths: list[Path]) -> dict[str, str]:
    return {
        f"dag_configs/{path.relative_to(FOLDER) if path.is_relative_to(FOLDER) else path.name}": path.read_text(
            "utf-8-sig"
        )
        for path in paths
    }


def words(found: list[dict[str, Any]]) -> list[str]:
    return [diagnostic["message"] for diagnostic in found]


def test_good_files_are_not_underlined(editor: LanguageClient) -> None:
    good = texts([*CONFIGS, *sorted((CASES / "valid").glob("*.yaml"))])
    assert {file: words(found) for file, found in editor.diagnostics(good).items() if found} == {}


def test_mistakes_in_sources_in_plain_words(editor: LanguageClient) -> None:
    text = (
        "schema: probe\nno_such_key: 1\ntables:\n  - nam: a\n  - name: b\n    loaded_at: at\n    columns: [{name: c}]\n"
        "types:\n  - name: mood\n"
    )
    (found,) = editor.diagnostics({"dag_configs/sources/probe.yaml": text}).values()
    assert_golden("editor/diagnostics_of_sources.txt", "".join(map(_line, found)))


def test_mistakes_in_plain_words(editor: LanguageClient) -> None:
    found = editor.diagnostics(texts([CASES / f"invalid/{name}.yaml" for name in INVALID]))
    said = (f"{Path(file).name}\n{''.join(map(_line, diagnostics))}" for file, diagnostics in found.items())
    assert_golden("editor/diagnostics.txt", "\n".join(said))


def _line(diagnostic: dict[str, Any]) -> str:
    start = diagnostic["range"]["start"]
    return f"  {start['line'] + 1}:{start['character'] + 1} {diagnostic['message']}\n"


def test_first_line_of_each_config_names_its_schema(server: list[str]) -> None:
    wrong = {file: text + MISTAKE for file, text in texts(CONFIGS).items()}
    with LanguageClient(server, REPOSITORY, {"yaml.schemaStore.enable": False}) as without_settings:
        found = without_settings.diagnostics(wrong)
    assert {file: words(diagnostics) for file, diagnostics in found.items()} == dict.fromkeys(wrong, REPORTED)


def test_settings_name_the_schema_of_a_file_that_does_not(editor: LanguageClient) -> None:
    wrong = {file: text.partition("\n")[2] + MISTAKE for file, text in texts(CONFIGS).items()}
    found = editor.diagnostics(wrong)
    assert {file: words(diagnostics) for file, diagnostics in found.items()} == dict.fromkeys(wrong, REPORTED)


def test_settings_leave_other_files_alone(editor: LanguageClient) -> None:
    others = {"docker-compose.yaml": MISTAKE, "tests/dag_configs.yaml": MISTAKE, "dag_configs/old/x.yaml": MISTAKE}
    assert [found for found in editor.diagnostics(others).values() if found] == []


def test_editor_reads_yaml_as_lint_does(editor: LanguageClient, server: list[str], settings: dict[str, Any]) -> None:
    norway = {"dag_configs/norway.yaml": "table: norway\nschema: analytics\nmain_sql: SELECT 1 AS one\nowner: no\n"}
    assert list(editor.diagnostics(norway).values()) == [[]]
    with LanguageClient(server, REPOSITORY, {**settings, "yaml.yamlVersion": "1.1"}) as old:
        assert list(map(words, old.diagnostics(norway).values())) == [
            ["must be a text, such as growth; a number needs quotes"]
        ]

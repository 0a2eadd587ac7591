"""Every fix that lint offers fixes: applied alone, it takes its problem away and brings no other of its kind.

The cases are those of the corpus; `--fix` applies edits in the same way.
"""

import shutil
from pathlib import Path

import pytest

from summary_tables.model.problem import Edit
from tests.lint.cases import CASES, INVALID, copied, problems

FIXED = (
    "at_sign", "bad_indent", "colon_in_sql", "control_character", "jinja_as_value", "misspelt_check_key",
    "misspelt_key", "misspelt_required_key", "modeline", "modeline_missing", "no_colon", "nul_escape", "number_as_text",
    "odd_sign", "odd_sign_web_page", "schema_curly_schedule", "schema_daily", "schema_depends_on",
    "schema_indexes_names", "schema_indexes_text", "schema_null_word", "schema_schedule_is_list", "schema_tags_text",
    "schema_unique_yes", "schema_wrong_after", "schema_wrong_case", "sql_not_indented", "star", "tab", "wrong_op",
    "yaml_after_on_one_line", "yaml_ampersand", "yaml_apostrophe", "yaml_backtick", "yaml_bad_escape",
    "yaml_bracket_closed_twice", "yaml_bracket_never_closed", "yaml_brackets_and_text", "yaml_bullet",
    "yaml_check_text_and_count", "yaml_colon_in_check", "yaml_colon_in_description", "yaml_count_at_least",
    "yaml_count_behind_sql", "yaml_count_greater", "yaml_count_less_than", "yaml_count_more_than", "yaml_curly_quotes",
    "yaml_dash_as_value", "yaml_dash_without_space", "yaml_dash_without_space_alone", "yaml_equals_sign",
    "yaml_exclamation", "yaml_fence", "yaml_first_line_indented", "yaml_indent_after_block", "yaml_indent_of_item",
    "yaml_indent_of_key", "yaml_indent_one_less", "yaml_indent_one_more", "yaml_item_without_dash",
    "yaml_long_dash_item", "yaml_nbsp_indent", "yaml_nbsp_number", "yaml_no_space", "yaml_no_space_in_check",
    "yaml_op_behind_count", "yaml_op_greater", "yaml_op_not_equal", "yaml_op_quoted_sign", "yaml_op_sign",
    "yaml_open_quote", "yaml_owner_jin", "yaml_percent", "yaml_quote_in_quotes", "yaml_second_item_without_dash",
    "yaml_sql_at_key", "yaml_sql_left_of_first_line", "yaml_sql_left_of_key", "yaml_sql_on_line_of_bar", "yaml_stars",
    "yaml_tab_before_key", "yaml_tab_in_block", "yaml_text_after_quotes", "yaml_unclosed_quote", "yaml_wide_colon",
    "yaml_wide_space", "yaml_zero_width_key", "yaml_zero_width_name",
)  # fmt: skip
"""Those of which every problem has a fix."""

GUESSED = ("schema_grants_text", "count_with_a_unit", "schedule_time", "schedule_hour", "owner_is_comment")
"""Those of which no problem has one: what was meant can be told, and a person must say so."""


def apply(path: Path, edit: Edit) -> None:
    text = path.read_bytes().decode("utf-8-sig")
    path.write_bytes((text[: edit.start] + edit.text + text[edit.end :]).encode())


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_each_fix_takes_one_problem_away(case: Path, tmp_path: Path) -> None:
    path = copied(case, tmp_path)
    before = problems(path)
    for problem in before:
        if problem.edit:
            shutil.copy(case, path)
            apply(path, problem.edit)
            left = problems(path)
            assert sum(found.message == problem.message for found in left) < sum(
                found.message == problem.message for found in before
            ), problem
            # What a file that could not be read hid may show now, but it can be read.
            assert problem.rule != "yaml" or "yaml" not in {found.rule for found in left}, left


@pytest.mark.parametrize("name", FIXED)
def test_mechanical_mistakes_have_a_fix(name: str, tmp_path: Path) -> None:
    found = problems(copied(INVALID / f"{name}.yaml", tmp_path))
    assert found
    assert [problem for problem in found if not problem.edit] == []


@pytest.mark.parametrize("name", GUESSED)
def test_guesses_have_no_fix(name: str, tmp_path: Path) -> None:
    found = problems(copied(INVALID / f"{name}.yaml", tmp_path))
    assert found
    assert [problem for problem in found if problem.edit] == []


def test_another_word_for_a_key_is_a_guess(tmp_path: Path) -> None:
    found = problems(copied(INVALID / "schema_other_words.yaml", tmp_path))
    assert [problem.message for problem in found if problem.rule == "unknown-key" and problem.edit] == []

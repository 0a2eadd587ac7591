"""What dbt says of a mistake, as people read it: each message is one that dbt 1.12 has given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.dbt.error_text import LONGEST, ErrorText, error_text

NO_NODE = """[ERROR]: Encountered an error:
Compilation Error
  Model 'model.odd.a' (models/a.sql) depends on a node named 'nope' which was not found"""
NO_YAML = """[ERROR]: Encountered an error:
Parsing Error
  Error reading odd: marts/s.yml - Runtime Error
    Syntax error near line 3
    ------------------------------
    1  | models:
    2  |   - name: a
    3  |    columns: [

    Raw Error:
    ------------------------------
    while parsing
      in "<unicode string>", line 2"""
NO_KEY = """[ERROR]: Encountered an error:
Runtime Error
  at path []: Additional properties are not allowed ('modelz' was unexpected)

Error encountered in ./dbt_project.yml"""
NO_VERSION = """Runtime Error
  This version of dbt is not supported with the 'odd' package.
    Installed version of dbt: =1.12.6
  Check for a different version of the 'odd' package, or run dbt again with --no-version-check"""
NO_CONTRACT = """Compilation Error in model a (models/a.sql)
  This model has an enforced contract that failed.

  | column_name | definition_type |
  | ----------- | --------------- |
  | id          | TEXT            |

  > in macro assert_columns_equivalent (macros/x.sql)
  > called by model a (models/a.sql)"""
NO_COLUMN = """Database Error in model 주문 (models/주문.sql)
  column "orders.dai" does not exist
  LINE 12: select orders.dai
                  ^
  HINT:  Perhaps you meant "orders.day".
  compiled code at /tmp/x.sql"""
MESSAGES = {
    NO_NODE: ErrorText(
        words="Model 'model.odd.a' depends on a node named 'nope' which was not found.", file="models/a.sql"
    ),
    NO_YAML: ErrorText(
        words="Syntax error near line 3.",
        quoted="1  | models:\n2  |   - name: a\n3  |    columns: [",
        file="marts/s.yml",
        line=3,
    ),
    NO_KEY: ErrorText(words="Additional properties are not allowed ('modelz' was unexpected).", file="dbt_project.yml"),
    NO_VERSION: ErrorText(
        words="This version of dbt is not supported with the 'odd' package. Installed version of dbt: =1.12.6."
    ),
    NO_CONTRACT: ErrorText(
        words="This model has an enforced contract that failed.",
        quoted="\n".join(
            (
                "| column_name | definition_type |",
                "| ----------- | --------------- |",
                "| id          | TEXT            |",
            )
        ),
        file="models/a.sql",
    ),
    NO_COLUMN: ErrorText(
        words='column "orders.dai" does not exist. Hint: Perhaps you meant "orders.day".', file="models/주문.sql"
    ),
    "[WARNING]: Nothing to do": ErrorText(words="Nothing to do."),
    "Is it there?": ErrorText(words="Is it there?"),
    "Compilation Error": ErrorText(words="Compilation Error."),
    "x" * LONGEST: ErrorText(words=f"{'x' * LONGEST}."),
    "x" * (LONGEST + 1): ErrorText(words=f"{'x' * LONGEST}…"),
    "": ErrorText(words="dbt does not say why."),
}


@pytest.mark.parametrize("message", MESSAGES)
def test_words_place_and_what_is_quoted(message: str) -> None:
    assert error_text(message) == MESSAGES[message]
    assert error_text(message, shows_values=False) == MESSAGES[message]


@pytest.mark.parametrize(
    ("message", "without"),
    [
        (
            'Database Error in model a (models/a.sql)\n  null value in column "id" violates not-null constraint\n'
            "  DETAIL:  Failing row contains (jin@example.com).",
            'null value in column "id" violates not-null constraint.',
        ),
        (
            'Database Error in seed s (seeds/s.csv)\n  invalid input syntax for type integer: "jin@example.com"',
            "invalid input syntax for type integer.",
        ),
    ],
)
def test_values_of_rows_are_left_out_where_none_may_be_shown(message: str, without: str) -> None:
    assert "jin@example.com" in error_text(message).words
    assert error_text(message, shows_values=False).words == without


@given(st.text())
def test_whatever_dbt_says_is_one_sentence_or_more(message: str) -> None:
    found = error_text(message)
    assert found.words.endswith((".", "!", "?", "…"))
    assert "\n" not in found.words

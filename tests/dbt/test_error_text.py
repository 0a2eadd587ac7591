"""What dbt says of a mistake, as people read it: each message is one that dbt 1.12 has given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.dbt.error_text import LONGEST, NOT_SHOWN, ErrorText, error_text

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
NO_END = """[ERROR]: Encountered an error:
Compilation Error in model a (models/a.sql)
  unexpected 'end of template'
    line 3
      select {{ nothing("""
MESSAGES = {
    NO_END: ErrorText(words="unexpected 'end of template'.", quoted="select {{ nothing(", file="models/a.sql", line=3),
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
        (
            "Database Error in model a (models/a.sql)\n  customer jin@example.com is bad\n"
            "  CONTEXT:  PL/pgSQL function boom(text) line 1 at RAISE\n  compiled code at /tmp/a.sql",
            NOT_SHOWN,
        ),
        (
            "Database Error in model a (models/a.sql)\n  division by zero (jin@example.com)\n"
            "  LINE 1: SELECT boom(t)\n  CONTEXT:  PL/pgSQL function boom(text) line 1 at RAISE",
            NOT_SHOWN,
        ),
        ('Database Error in model a (models/a.sql)\n  relation "jin@example.com" does not exist', NOT_SHOWN),
        ("odd.on-run-start.0 failed, error:\n  customer jin@example.com is bad", NOT_SHOWN),
        (
            'Database Error in test t (models/s.yml)\n  value "jin@example.com" is out of range for type integer',
            NOT_SHOWN,
        ),
    ],
)
def test_values_of_rows_are_left_out_where_none_may_be_shown(message: str, without: str) -> None:
    assert "jin@example.com" in error_text(message).words
    assert error_text(message, shows_values=False).words == without


@pytest.mark.parametrize(
    "words",
    [
        "permission denied for table orders.",
        "division by zero.",
        'duplicate key value violates unique constraint "orders_key".',
        "canceling statement due to lock timeout.",
    ],
)
def test_words_without_values_are_shown_all_the_same(words: str) -> None:
    message = f"Database Error in model a (models/a.sql)\n  {words}\n  compiled code at /tmp/a.sql"
    assert error_text(message, shows_values=False).words == words


@given(st.text())
def test_whatever_dbt_says_is_one_sentence_or_more(message: str) -> None:
    found = error_text(message)
    assert found.words.endswith((".", "!", "?", "…"))
    assert "\n" not in found.words

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compose.interpolation import MissingVariableError, interpolate, interpolate_text, variables

# From the table of the specification.
CASES = [
    ("$NAME and ${NAME}", {"NAME": "x"}, "x and x"),
    ("[$NAME]", {}, "[]"),
    ("${NAME:-default}", {}, "default"),
    ("${NAME:-default}", {"NAME": ""}, "default"),
    ("${NAME-default}", {"NAME": ""}, ""),
    ("${NAME-default}", {}, "default"),
    ("${NAME:-default}", {"NAME": "x"}, "x"),
    ("${NAME:?message}", {"NAME": "x"}, "x"),
    ("${NAME?message}", {"NAME": ""}, ""),
    ("${NAME:+instead}", {"NAME": "x"}, "instead"),
    ("${NAME:+instead}", {"NAME": ""}, ""),
    ("${NAME+instead}", {"NAME": ""}, "instead"),
    ("$${NAME} $$NAME", {"NAME": "x"}, "${NAME} $NAME"),
    ('{"a": "${A:-1}", "b": {"c": "${B:-2}"}}', {}, '{"a": "1", "b": {"c": "2"}}'),
    ("${A:-.}/dags:/opt/${B:-x-y?z}", {}, "./dags:/opt/x-y?z"),
    ("${A:-${B:-}${C:-c}}", {"B": "b"}, "bc"),
    ("${A:-${B:?make one}}", {"A": "a"}, "a"),
    ("${A:+[${B:-$$}]}}", {"A": "a"}, "[$]}"),
]


@pytest.mark.parametrize(("text", "environment", "expected"), CASES)
def test_expressions(text: str, environment: Mapping[str, str], expected: str) -> None:
    assert interpolate_text(text, environment) == expected


@pytest.mark.parametrize(
    ("text", "environment"), [("${NAME:?make one}", {}), ("${NAME:?make one}", {"NAME": ""}), ("${NAME?make one}", {})]
)
def test_required_variable_is_named_with_its_message(text: str, environment: Mapping[str, str]) -> None:
    with pytest.raises(MissingVariableError) as caught:
        interpolate(["a", {"key": text}], environment)
    assert (caught.value.name, caught.value.message) == ("NAME", "make one")


def test_message_says_which_variables_have_a_value() -> None:
    with pytest.raises(MissingVariableError) as caught:
        interpolate_text("${A:?A, B${B:+ (has one)}, C${C:+ (has one)}}", {"A": "", "B": "secret"})
    assert caught.value.message == "A, B (has one), C"


@pytest.mark.parametrize("text", ["$", "a $ b", "${", "${}", "${1}", "${A b}", "$(pwd)"])
def test_lone_dollar_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="begins no expression"):
        interpolate_text(text, {})


@pytest.mark.parametrize("text", ["${A:-", "${A:-${B}", "${A:-$$}$"])
def test_expression_without_end_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"does not end|begins no expression"):
        interpolate_text(text, {})


@given(st.text())
def test_text_survives_when_its_dollars_are_doubled(text: str) -> None:
    assert interpolate_text(text.replace("$", "$$"), {}) == text


@given(st.text())
def test_values_are_not_interpolated_again(value: str) -> None:
    assert interpolate_text("<${NAME}>", {"NAME": value}) == f"<{value}>"


def test_structure_is_kept_and_keys_are_not_touched() -> None:
    value = {"$A": ["$A", 1, None, True, {"b": "$A"}]}
    assert interpolate(value, {"A": "x"}) == {"$A": ["x", 1, None, True, {"b": "x"}]}


def test_variables_are_found_everywhere() -> None:
    assert variables({"a": ["$A", "$$B", {"c": "${C:?x}-${D:-y${E}}"}], "f": 1}) == {"A", "C", "D", "E"}

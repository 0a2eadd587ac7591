"""How a run is asked to roll back."""

import pytest

from summary_tables.runs.roll_back import wanted_roll_back


@pytest.mark.parametrize(
    "key", ["roll_back_to", "roll back to", "Roll back to", "rollback_to", "rollback", "ROLL-BACK"]
)
def test_key_however_it_is_spelt(key: str) -> None:
    assert wanted_roll_back({"other": 1, key: " 2026-11-21 03:00 UTC "}) == "2026-11-21 03:00 UTC"


@pytest.mark.parametrize("configuration", [None, {}, {"roll_back_to": ""}, {"roll_back_to": None}, {"roll": "x"}])
def test_run_that_builds(configuration: dict[str, object] | None) -> None:
    assert wanted_roll_back(configuration) == ""


def test_value_of_another_type_is_its_text() -> None:
    assert wanted_roll_back({"roll_back_to": 20261121}) == "20261121"

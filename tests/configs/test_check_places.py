"""Where checks stand in a file."""

from summary_tables.configs.check_places import check_paths


def test_those_of_columns_come_behind_the_others() -> None:
    data = {
        "input_check": [{"sql": "SELECT 1", "count": 1}],
        "output_check": [{"unique": "a"}, {"unique": "b"}],
        "columns": [{"name": "a"}, {"name": "b", "checks": ["not_null", {"range": {"min": 0}}]}],
    }
    assert check_paths(data, "input_check") == [("input_check", 0)]
    assert check_paths(data, "output_check") == [
        ("output_check", 0),
        ("output_check", 1),
        ("columns", 1, "checks", 0),
        ("columns", 1, "checks", 1),
    ]
    assert check_paths({}, "output_check") == []

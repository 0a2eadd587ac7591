"""Names that nothing else has."""

from summary_tables.text.free_name import free_name


def test_a_name_is_taken_once() -> None:
    taken = {"b", "b_2"}
    assert [free_name(name, taken) for name in ("a", "a", "b", "a_2", "a")] == ["a", "a_2", "b_3", "a_2_2", "a_3"]
    assert taken == {"a", "a_2", "a_2_2", "a_3", "b", "b_2", "b_3"}

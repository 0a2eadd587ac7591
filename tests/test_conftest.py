"""How the tests are shared among workers."""

from tests.conftest import REPOSITORY, SERVICES, share


def test_long_files_are_there() -> None:
    """Renamed, one would begin last, beside nothing."""
    assert [name for line in SERVICES for name in line if not (REPOSITORY / "tests" / name).is_file()] == []


def test_services_of_a_line_are_started_by_one_worker_and_all_other_files_have_any() -> None:
    assert share("tests/end_to_end/test_installed.py::test_x") == share("tests/end_to_end/test_scheduler.py::test_y")
    assert share("tests/compose/test_stack.py::test_x") == "tests/demo/test_demo_end_to_end.py"
    assert share("tests/test_cli.py::test_x[a::b]") == "tests/test_cli.py"

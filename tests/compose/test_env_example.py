from tests.compose.compose_file import SECRETS, read, render
from tests.compose.env_example import assignments, new_environment, secrets, settings
from tests.compose.interpolation import variables

HANDED_ON = {"AIRFLOW_CONN_SLACK_DEFAULT", "AIRFLOW_VAR_SLACK_URL"}


def test_lists_every_variable_of_the_compose_file_and_no_other() -> None:
    assert set(assignments()) | set(settings()) == variables(read()) | HANDED_ON


def test_every_secret_has_a_command_and_no_value() -> None:
    assert {secret.name for secret in secrets()} == SECRETS
    assert assignments() == dict.fromkeys(SECRETS, "")


def test_commands_make_new_values_that_need_no_quoting() -> None:
    first, second = new_environment(), new_environment()
    for name, value in first.items():
        assert value != second[name]
        assert len(value) >= 24
        assert set(value) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=")


def test_defaults_are_those_of_the_compose_file() -> None:
    secret_values = new_environment()
    defaults = {name: value for name, value in settings().items() if name not in HANDED_ON}
    assert render(secret_values | defaults) == render(secret_values)

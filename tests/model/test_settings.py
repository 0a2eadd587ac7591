"""Which keys of `defaults.yaml` say something of the deployment."""

from summary_tables.model.settings import NOTIFIERS, Settings, Slack, of_deployment


def test_keys_of_the_deployment() -> None:
    assert [of_deployment(key) for key in ("slack", "warehouse", "samples")] == [True] * 3
    assert [of_deployment(key) for key in ("notifiers", "owner", "retries", "unknown")] == [False] * 4


def test_a_notifier_is_known_by_its_name_and_slack_is_told_where_none_is_set_up() -> None:
    assert [kind.NAME for kind in NOTIFIERS.values()] == list(NOTIFIERS)
    assert Settings().notifiers == (Slack(),)

"""Text in Slack means what it says, whatever people and databases wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.airflow.notifiers.slack.text import link, mention, mentions, mrkdwn, plain, size


@given(st.text(alphabet="&<>a가😱", max_size=60), st.integers(8, 60))
def test_a_cut_keeps_escapes_whole_and_is_visible(text: str, limit: int) -> None:
    cut = mrkdwn(text, limit)
    whole = mrkdwn(text, 10_000)
    assert size(cut) <= limit
    assert cut == whole or (cut.endswith("…") and whole.startswith(cut[:-1]))
    rest = cut
    for escape in ("&amp;", "&lt;", "&gt;"):
        rest = rest.replace(escape, "")
    assert not set(rest) & set("&<>")


def test_no_code_is_an_emoji_in_the_notification() -> None:
    assert mrkdwn("at 03:00:00 :x: and :+1: a:b c", 100) == "at 03:00:00 :\u2060x: and :\u2060+1: a:b c"
    assert plain(":x:", 10) == ":x:"


@pytest.mark.parametrize(
    "good", ["<!here>", "<!channel>", "<!everyone>", "<@U123>", "<@W9A>", "<!subteam^S0AB>", "<!here> <@U1>"]
)
def test_a_mention_stays_as_it_is(good: str) -> None:
    assert mention(f" {good}\n", 200) == good


@pytest.mark.parametrize(
    "bad",
    ["<!Here>", "<@u123>", "<@U123|x>", "<https://a|b>", "<!here><@U1>", "<!date^1^x|y>", "<!here> hi", "@here <"],
)
def test_what_is_no_mention_is_escaped(bad: str) -> None:
    assert mention(bad, 200) == bad.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert mentions(bad, 200) == [{"type": "text", "text": bad}]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.b/c?d=1&e=2#L3", "https://a.b/c?d=1&e=2#L3"),
        ("https://a.b/run%3A1", "https://a.b/run%3A1"),
        ("https://a.b/요 약>|.yaml", "https://a.b/%EC%9A%94%20%EC%95%BD%3E%7C.yaml"),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("", ""),
        ("https://a/" + "b" * 1000, ""),
    ],
)
def test_a_link(url: str, expected: str) -> None:
    assert link(url, "x") == ([{"type": "link", "url": expected, "text": "x"}] if expected else [])


def test_a_header_is_one_line() -> None:
    assert plain("a\n b\t c", 20) == "a b c"

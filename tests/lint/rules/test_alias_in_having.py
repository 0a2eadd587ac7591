"""Names that SELECT gives, in HAVING."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import alias_in_having
from tests.lint.rules.one_rule import config, said

HEAD = "SELECT channel, COUNT(*) AS n, UPPER(channel) AS big FROM raw_data.a"


@pytest.mark.parametrize(
    "rest",
    [
        "GROUP BY channel HAVING COUNT(*) > 1 ORDER BY n",
        "GROUP BY channel, n HAVING n > 1",
        "GROUP BY channel HAVING SUM(n) > 1",
        "GROUP BY channel HAVING a.n > 1",
        "GROUP BY channel, big HAVING big > 'a'",
        "GROUP BY channel HAVING COUNT(*) > (SELECT n FROM raw_data.b)",
    ],
)
def test_what_having_knows(rest: str, tmp_path: Path) -> None:
    assert said(alias_in_having.RULE, tmp_path, config(f"{HEAD} {rest}")) == []


def test_a_name_of_an_aggregate(tmp_path: Path) -> None:
    assert said(
        alias_in_having.RULE, tmp_path, config(f"{HEAD}\nGROUP BY channel HAVING N > 1 AND channel <> 'a'")
    ) == ["5:27+1 error: `N` is a name that SELECT gives, and HAVING does not know it; fix: write `COUNT(*)`"]

"""Redshift's layout in the words of the course -> `attributes:`."""

import pytest

from summary_tables.commands.import_course import layout


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("attributes", "DISTKEY(userid)", {"distkey": "userid"}),
        (
            "attributes",
            " DISTSTYLE KEY\nDISTKEY ( UserId ) COMPOUND SORTKEY(ts, userid) ",
            {"diststyle": "key", "distkey": "userid", "sortstyle": "compound", "sortkey": ["ts", "userid"]},
        ),
        ("attributes", "SORTKEY AUTO", None),
        ("attributes", "DISTKEY(userid) BACKUP NO", None),
        ("attributes", ["distkey"], None),
        ("sortkey", "ts, userid", {"sortkey": ["ts", "userid"]}),
        ("sortkey", ["ts"], {"sortkey": ["ts"]}),
        ("distkey", "UserId", {"distkey": "UserId"}),
        ("diststyle", "EVEN", {"diststyle": "even"}),
        ("diststyle", 1, {"diststyle": 1}),
    ],
)
def test_read(key: str, value: object, expected: object) -> None:
    assert layout.read(key, value) == expected

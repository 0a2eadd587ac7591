"""What Redshift's catalog calls a type, by its documentation."""

import pytest

from summary_tables.sql.dialects.redshift.type_spelling import NAMES, full_type_name


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("VARCHAR", "character varying(256)"),
        ("varchar(20)", "character varying(20)"),
        ("nvarchar(20)", "character varying(20)"),
        ("text", "character varying(256)"),
        ("char", "character(1)"),
        ("bpchar", "character(256)"),
        ("numeric", "numeric(18,0)"),
        ("decimal(10)", "numeric(10,0)"),
        ("float", "double precision"),
        ("timestamptz", "timestamp with time zone"),
        ("super", "super"),
        ("varbyte(16)", "varbyte(16)"),
        ("varbinary", "varbyte(64000)"),
        ("integer[]", ""),
        ("uuid", ""),
        ("intger", ""),
    ],
)
def test_full_name(written: str, full: str) -> None:
    assert full_type_name(written) == full


def test_each_name_is_that_of_a_type() -> None:
    assert [name for name in NAMES if not full_type_name(name)] == []

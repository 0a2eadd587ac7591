"""The schema files, and the keys that they know."""

from pathlib import Path

from summary_tables.configs.schema_files import SCHEMAS, owners_of_keys
from tests.configs.schema.findings import TABLE


def test_keys_and_where_they_stand() -> None:
    owners = owners_of_keys()
    assert {key for key, found in owners.items() if "" in found} == TABLE["properties"].keys()
    assert owners["distkey"] == ("attributes",)
    assert owners["columns"] == ("", "indexes", "google_sheet")
    assert owners["after"] == ("deprecated", "schedule")
    assert owners["count"] == ("check",)


def test_schemas_are_found_in_a_checkout() -> None:
    assert Path(__file__).parents[2] / "schemas" == SCHEMAS

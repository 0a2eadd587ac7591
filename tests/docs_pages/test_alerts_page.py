"""What `docs/alerts.md` shows of files is allowed, and means what the page says."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from docs_pages import DOCS
from summary_tables.alerts.routes import policy_of
from summary_tables.configs.config import from_data
from summary_tables.configs.schema.check import findings
from summary_tables.configs.yaml import document as yaml_document
from summary_tables.model.incident import Place

PAGE = (DOCS / "alerts.md").read_text("utf-8")


def block(file: str) -> str:
    """The file that the page shows."""
    found = re.search(rf"^```yaml\n# dag_configs/{file}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


DEFAULTS, TABLE = block("defaults.yaml"), block("nps_summary.yaml")
SMALLEST = "table: nps_summary\nschema: analytics\nmain_sql: SELECT 1 AS nps\n"


@pytest.mark.parametrize(("text", "schema"), [(DEFAULTS, "defaults"), (SMALLEST + TABLE, "summary_table")])
def test_the_files_are_allowed(text: str, schema: Any) -> None:
    document = yaml_document.parse(text.encode())
    assert isinstance(document, yaml_document.YamlDocument)
    assert findings(document, schema) == ()


def policy(**keys: Any) -> Any:
    config = from_data(
        {**yaml.safe_load(SMALLEST), **keys}, yaml.load(DEFAULTS, yaml.BaseLoader), Path("nps_summary.yaml")
    )
    return policy_of(config.table, config.settings)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+09:00")


def test_they_mean_what_the_page_says() -> None:
    finance = policy(tags=["finance"], owner="growth")
    assert [place.conn_id for place in finance.places] == ["slack_bot", "mail"]
    assert policy(owner="data").places == (Place(conn_id="slack_default"),)
    growth = policy(owner="growth")
    assert growth.places == (Place(conn_id="slack_growth", mention="<!subteam^SAZ94GDB8>"),)
    assert growth.due_at("first", at("2026-11-27T21:00")) == at("2026-11-30T08:00")
    assert growth.due_at("warning", at("2026-11-27T21:00")) == at("2026-11-30T09:30")
    own = policy(owner="growth", **yaml.safe_load(TABLE))
    assert own.places == (Place(conn_id="slack_board", mention="<@U024BE7LH>"),)
    assert own.due_at("first", at("2026-11-27T21:00")) == at("2026-11-27T21:00")
    assert own.quiet == growth.quiet

"""What `defaults.yaml` says about the deployment."""

from dataclasses import dataclass
from typing import Literal

Dialect = Literal["postgres", "redshift"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slack:
    """Where failures are told. `mention` is put before the text, e.g. `<!here>`."""

    conn_id: str = "slack_default"
    mention: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Warehouse:
    """What SQL the warehouse speaks, and the schema that holds versions and the build log."""

    dialect: Dialect = "postgres"
    versions_schema: str = "summary_tables"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What `defaults.yaml` says about the deployment, not about single tables.

    `repository` is the address under which the config files can be read in a browser, e.g.
    `https://github.com/acme/tables/blob/main`; links in Slack are made from it. `owners` are those whom a table may
    name; empty: anybody. `conn_ids` are the connections that a table may name besides the shared one. `samples`:
    messages may show values of tables.
    """

    slack: Slack = Slack()
    warehouse: Warehouse = Warehouse()
    repository: str = ""
    owners: tuple[str, ...] = ()
    conn_ids: tuple[str, ...] = ()
    samples: bool = True

"""What `defaults.yaml` says about the deployment."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import ClassVar

from summary_tables.model.alerts import USUAL_ALERTS, AlertSettings, Owner
from summary_tables.text.moments import UTC_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifierSettings:
    """How one notifier is set up: texts, all with a default. `mention` is who is called, in its own words."""

    NAME: ClassVar[str]
    """Its key in `defaults.yaml`, and its folder in `airflow.notifiers`."""

    conn_id: str = ""
    mention: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slack(NotifierSettings):
    """Where failures are told. `mention` is put before the text, e.g. `<!here>`."""

    NAME = "slack"

    conn_id: str = "slack_default"


NOTIFIERS: Mapping[str, type[NotifierSettings]] = {kind.NAME: kind for kind in (Slack,)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Warehouse:
    """What SQL the warehouse speaks (see `sql.dialects`), and the schema that holds versions and the build log."""

    dialect: str = "postgres"
    versions_schema: str = "summary_tables"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What `defaults.yaml` says about the deployment, not about single tables.

    `repository` is the address under which the config files can be read in a browser, e.g.
    `https://github.com/acme/tables/blob/main`; links in messages are made from it. `notifiers` are those that are set
    up; where none is, Slack is told as if it were. `owners` are those whom a table may name; empty: anybody. `alerts`
    says who hears of which tables. `conn_ids` are the connections that a table may name besides the shared one,
    `pools` the Airflow pools that there are.
    `samples`: messages may show values of tables. `require` and `recommend` are what lint wants every file to say, as
    errors and as warnings. `owner_links`: by owner, the address to which Airflow and the catalogue link. `zone` is the
    time zone of what belongs to no table, such as quiet hours: the `timezone` that tables inherit.
    """

    notifiers: tuple[NotifierSettings, ...] = (Slack(),)
    warehouse: Warehouse = Warehouse()
    repository: str = ""
    owners: tuple[Owner, ...] = ()
    alerts: AlertSettings = USUAL_ALERTS
    conn_ids: tuple[str, ...] = ()
    pools: tuple[str, ...] = ()
    samples: bool = True
    require: tuple[str, ...] = ()
    recommend: tuple[str, ...] = ()
    owner_links: Mapping[str, str] = field(default_factory=dict, hash=False)
    zone: str = UTC_NAME

    def owner(self, name: str) -> Owner:
        """What is known of an owner; of one who is not listed, the name."""
        return next((owner for owner in self.owners if owner.name == name), Owner(name=name))

    def owner_link(self, name: str) -> str:
        """The address that reaches an owner, as the deployment says it, else their e-mail; empty: none is known."""
        link, email = self.owner_links.get(name), self.owner(name).email
        return link if isinstance(link, str) and link else f"mailto:{email}" if email else ""


def of_deployment(key: str) -> bool:
    """Whether a key of `defaults.yaml` says something of the deployment, and nothing of single tables."""
    return key in NOTIFIERS or key in _KEYS


_KEYS = frozenset(each.name for each in fields(Settings)) - {"notifiers", "zone"}

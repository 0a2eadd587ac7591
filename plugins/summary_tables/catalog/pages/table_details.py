"""What a table's page shows beyond the entry: all that whoever serves it looked up, or may show."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from summary_tables.catalog.column_sources import TableColumnSources
from summary_tables.catalog.lineage import TableLineage


@dataclass(frozen=True, slots=True, kw_only=True)
class RollBackForm:
    """For somebody who may do it. The form posts `version` and the hidden `fields` to `action`."""

    action: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDetails:
    """`notice`: what was just done, in a sentence. `rows`: the address of the page of first rows; empty: none."""

    lineage: TableLineage | None = None
    column_sources: TableColumnSources | None = None
    rows: str = ""
    roll_back: RollBackForm | None = None
    notice: str = ""


NO_DETAILS = TableDetails()

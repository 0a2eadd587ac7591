"""For programs: a JSON document of what a branch changes.

    {
      "version": 1,
      "tables": [
        {
          "name": "analytics.nps_summary", "file": "nps_summary.yaml", "owner": "growth",
          "change": "changed",              added | changed | renamed | removed | inherited, which is by defaults.yaml
          "was": "analytics.nps",           the name that it had; null for one that is new
          "columns_before": ["day", "nps"], "columns": ["day", "score"],   null: not known, or no such side
          "column_changes": [               of a table that others read
            {
              "table": "analytics.nps_summary",
              "change": "renamed",          gone | renamed | new | type | definition | rows | table | unknown
              "column": "nps",              null where it is no single one
              "now": "score",               the new name or type; empty otherwise
              "reason": "",                 why nothing more is known
              "is_certain": true,           false: it may change
              "reaches": [
                {
                  "table": "analytics.board", "owner": "sales",
                  "column": "nps_avg",      null: which rows it has; "*": not known which, for this "reason"
                  "as": "value",            value: made of it | rows: it decides on rows | perhaps: not known
                  "reason": ""
                }
              ]
            }
          ]
        }
      ],
      "models": [                           of dbt projects, those that a table or a project reads or waits for
        {
          "project": "shop", "model": "orders",
          "table": "shop.orders",           null: only dbt knows its schema
          "change": "gone",                 gone | changed | columns, which are those that its contract loses
          "what": "becomes live.orders",    as the comment says it
          "instead": "live.orders",         the table that has its rows now; null: none
          "columns": [],
          "column_changes": [],             as of a table
          "readers": ["analytics.board"]
        }
      ],
      "rows": [],                           of each table that was built, beside what there is: as `compare` prints it
      "affected": [{"name": "analytics.board", "owner": "sales"}],   read, also through others, what changes
      "unreadable": ["broken.yaml"],        files that can be read no longer, or not yet
      "problems": {"errors": 0, "warnings": 1, "infos": 0}
    }

Keys may be added; another `version` says that one has changed or gone.
"""

import json
from collections.abc import Mapping
from typing import Any

from summary_tables.commands.diff.changes import TableChange
from summary_tables.commands.diff.column_changes import ColumnChange
from summary_tables.commands.diff.column_lines import column_names
from summary_tables.commands.diff.dbt_part import ModelChange
from summary_tables.commands.diff.preview import Preview
from summary_tables.lint.facts.column_lineage import Reached
from summary_tables.model.problem import LEVELS
from summary_tables.runs.data_diff.reports import data_document
from summary_tables.text.visible import escaped

VERSION = 1


def json_document(found: Preview) -> str:
    """The document that the module describes."""
    changed = [(change, change.kind) for change in found.change.tables]
    inherited = [(change, "inherited") for change in found.change.inherited]
    document = {
        "version": VERSION,
        "tables": [_table(change, kind, found) for change, kind in (*changed, *inherited)],
        "models": [_model(change, found) for change in found.models],
        "rows": data_document(found.rows.values()),
        "affected": [{"name": name, "owner": found.owner_of(name)} for name in found.affected],
        "unreadable": [f"{name}.yaml" for name in found.change.broken],
        "problems": {f"{level}s": found.verdict.levels[level] for level in LEVELS},
    }
    return escaped(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _table(change: TableChange, kind: str, found: Preview) -> Mapping[str, Any]:
    return {
        "name": change.name,
        "file": change.file.path.name,
        "owner": change.file.config.table.owner,
        "change": kind,
        "was": change.before.full_name if change.before else None,
        "columns_before": column_names(change.before),
        "columns": column_names(change.after),
        "column_changes": [_column(each, found) for each in found.column_changes.get(change.name, ())],
    }


def _model(change: ModelChange, found: Preview) -> Mapping[str, Any]:
    return {
        "project": change.project,
        "model": change.model,
        "table": change.table or None,
        "change": change.kind,
        "what": change.what,
        "instead": change.instead or None,
        "columns": list(change.columns),
        "column_changes": [_column(each, found) for each in found.model_columns.get(change.table, ())],
        "readers": list(change.readers),
    }


def _column(change: ColumnChange, found: Preview) -> Mapping[str, Any]:
    return {
        "table": change.table,
        "change": change.kind,
        "column": change.column or None,
        "now": change.now,
        "reason": change.reason,
        "is_certain": change.is_certain,
        "reaches": [_reached(each, found) for each in change.reached],
    }


def _reached(reached: Reached, found: Preview) -> Mapping[str, Any]:
    return {
        "table": reached.table,
        "owner": found.owner_of(reached.table),
        "column": reached.column or None,
        "as": reached.how,
        "reason": reached.reason,
    }

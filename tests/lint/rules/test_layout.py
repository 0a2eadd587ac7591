"""Layout that belongs to the other warehouse."""

from pathlib import Path

from summary_tables.lint.rules import layout
from tests.lint.rules.one_rule import config, said

POSTGRES = "attributes: {fillfactor: 90, tablespace: fast}\nindexes: [{columns: [one]}]\n"
REDSHIFT = "attributes: {diststyle: key, distkey: one, sortkey: [one], sortstyle: compound}\n"


def test_layout_of_the_warehouse_in_use(tmp_path: Path) -> None:
    assert said(layout.RULE, tmp_path, config("SELECT 1 AS one", POSTGRES)) == []
    defaults = "warehouse: {dialect: redshift}\n"
    assert said(layout.RULE, tmp_path, config("SELECT 1 AS one", REDSHIFT), defaults=defaults) == []


def test_keys_of_redshift_on_postgresql(tmp_path: Path) -> None:
    words = "is for Redshift; the warehouse here is postgres (defaults.yaml); fix: delete it"
    assert said(layout.RULE, tmp_path, config("SELECT 1 AS one", REDSHIFT)) == [
        f"5:14+9 error: `diststyle` {words}",
        f"5:30+7 error: `distkey` {words}",
        f"5:44+7 error: `sortkey` {words}",
        f"5:60+9 error: `sortstyle` {words}",
    ]


def test_keys_of_postgresql_on_redshift(tmp_path: Path) -> None:
    words = "is for PostgreSQL; the warehouse here is redshift (defaults.yaml); fix: delete it"
    text = config("SELECT 1 AS one", POSTGRES)
    assert said(layout.RULE, tmp_path, text, defaults="warehouse: {dialect: redshift}\n") == [
        f"5:14+10 error: `fillfactor` {words}",
        f"5:30+10 error: `tablespace` {words}",
        f"6:1+7 error: `indexes` {words}",
    ]

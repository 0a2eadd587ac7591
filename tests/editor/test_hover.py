"""What the editor shows when the pointer rests on a key: all that one needs to know of it."""

import re

from summary_tables.configs.schema_files import known_keys, load_schema
from tests.editor.editor_text import Position
from tests.editor.language_client import LanguageClient
from tests.golden_files import assert_golden

EVERY_KEY = """\
table: probe
schema: analytics
main_sql: |
  SELECT 1 AS one
google_sheet:
  spreadsheet: 1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg
  range: Targets!A:D
  header_row: 1
  conn_id: google_cloud_default
csv:
  file: seeds/probe.csv
  separator: ";"
description: One.
owner: growth
tags: [growth]
timezone: Asia/Seoul
fresh_by: "06:00"
fresh_within: 26h
priority: high
alerts:
  to:
    conn_id: slack_bot
    channel: C024BE91L
  mention: <!here>
  remind_after: 12h
schedule:
  after: [analytics.mau_summary]
refresh:
  delete_insert:
    time_column: date
    start: "2026-01-01"
    may_be_empty: true
full_refresh: false
conn_id: warehouse
retries: 1
retry_delay_minutes: 5
timeout_minutes: 120
statement_timeout_minutes: 30
lock_timeout_minutes: 30
max_rows: 5000000
work_mem_mb: 256
attributes:
  diststyle: key
  distkey: one
  sortkey: [one]
  sortstyle: compound
  fillfactor: 90
  tablespace: fast_disks
indexes:
  - columns: [one]
    unique: true
    method: btree
grants:
  select: [reporting]
deprecated:
  after: "2026-12-31"
  use: analytics.visits
used_by:
  - name: Weekly review
    url: https://example.com
columns:
  - name: one
    type: integer
    header: One
    description: One.
    pii: true
    checks:
      - range:
          min: 1
input_check:
  - sql: SELECT COUNT(1) FROM raw_data.nps
    count: 12
    op: ge
    name: enough rows
  - row_count: {min: 12}
    table: raw_data.nps
    severity: warn
    samples: false
output_check:
  - row_count:
      min: 12
      max: 1000
    whole_table: true
  - not_null: one
  - unique: one
  - accepted_values:
      column: one
      values: [1]
  - range:
      min: 1
  - null_share:
      max: 0.05
  - matches:
      pattern: '^1$'
  - length:
      min: 1
  - relationships:
      to: raw_data.users
      to_column: id
  - freshness:
      within_hours: 26
  - no_gaps: {column: one}
  - sum:
      min: 1
      max_decrease_percent: 10
      max_increase_percent: 10
  - average:
      min: 1
      max_decrease_percent: 10
      max_increase_percent: 10
  - row_count_equals:
      table: raw_data.orders
  - row_count_change:
      max_decrease_percent: 10
      max_increase_percent: 50
      compared_to: same_weekday
  - no_rows: SELECT 1
export:
  google_sheet:
    spreadsheet: 1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg
    range: Report!B3
    header: true
    columns: [one]
    pii_columns: [one]
    max_cells: 200000
    note: true
    conn_id: google_cloud_default
tests:
  - name: one
    date: "2026-01-01"
    given: {}
    types: {}
    expect: []
"""
OTHER_SCHEDULES = (
    """\
timezone: Asia/Seoul
fresh_by: '06:00'
fresh_within: 26h
pool: heavy
max_active_runs: 2
schedule:
  after:
    any:
      - analytics.mau_summary
""",
    """\
schedule:
  at: "0 6 * * *"
  after:
    - asset: orders_loaded
    - table: raw_data.orders
      column: loaded_at
      within_hours: 6
  wait_hours: 6
""",
)
# A file has one strategy; these are the others.
OTHER_STRATEGIES = ("refresh:\n  append:\n    start: '2026-01-01'\n", "refresh:\n  merge:\n    unique_key: one\n")
OWN_DEFAULTS = """\
owner: data
slack:
  conn_id: slack_default
  mention: <!here>
warehouse:
  dialect: postgres
  versions_schema: summary_tables
samples: false
owners:
  data:
    slack: U024BE7LH
    email: data@acme.com
alerts:
  default:
    conn_id: slack_bot
    channel: C024BE91L
  remind_after: 12h
  digest_at: "09:00"
  routes:
  - owner: data
    tag: finance
    schema: analytics
    to: slack_data
    quiet:
      from: "20:00"
      to: "08:00"
      days: [sat]
owner_links: {}
require: [owner]
recommend: [row_count]
repository: https://example.com
conn_ids: [warehouse]
pools: [default_pool]
"""
PROJECT = """\
# yaml-language-server: $schema=../schemas/dbt_project.schema.json
dbt:
  project: dbt/shop
  target: prod
  schema: shop
  select: ["tag:daily"]
  exclude: ["tag:weekly"]
  threads: 8
  vars: {}
  freshness: true
description: Orders.
retries: 1
timeout_minutes: 120
"""
KEY = re.compile(r"^[ -]*(\w+):", re.MULTILINE)


def hovers(editor: LanguageClient, file: str, text: str) -> str:
    found = list(KEY.finditer(text))
    places = [
        Position(text.count("\n", 0, key.start(1)), key.start(1) - text.rfind("\n", 0, key.start(1))) for key in found
    ]
    shown = editor.hovers(file, text, places)
    return "\n".join(f"<!-- {key[1]} -->\n\n{words.strip()}\n" for key, words in zip(found, shown, strict=True))


def test_each_key_of_a_table_explains_itself(editor: LanguageClient) -> None:
    shown = [
        hovers(editor, "dag_configs/probe.yaml", text) for text in (EVERY_KEY, *OTHER_SCHEDULES, *OTHER_STRATEGIES)
    ]
    assert_golden("editor/hover_summary_table.md", "\n".join(shown))


def test_each_key_of_the_defaults_explains_itself(editor: LanguageClient) -> None:
    assert_golden("editor/hover_defaults.md", hovers(editor, "dag_configs/defaults.yaml", OWN_DEFAULTS))


def test_each_key_of_a_dbt_project_explains_itself(editor: LanguageClient) -> None:
    assert_golden("editor/hover_dbt_project.md", hovers(editor, "dag_configs/probe.yaml", PROJECT))


def test_the_keys_above_are_all_that_there_are() -> None:
    assert set(KEY.findall("".join((EVERY_KEY, *OTHER_SCHEDULES, *OTHER_STRATEGIES)))) == known_keys()
    shared = load_schema("summary_table")["properties"].keys()
    assert {*KEY.findall(OWN_DEFAULTS), *shared} >= load_schema("defaults")["properties"].keys()
    project = load_schema("dbt_project")["properties"]
    assert {*KEY.findall(PROJECT), *shared} >= {*project, *project["dbt"]["properties"]}

"""The file of a small table, and checks for it of every kind of place."""

COLUMNS = """\
columns:
  - name: email
    pii: true
    checks: [unique]
  - name: day
    checks:
      - not_null
      - {range: {min: "2026-01-01"}, severity: warn, name: 올해}
output_check:
  - row_count: {min: 1}
  - unique: [day, email]
  - accepted_values: {column: day, values: ["2026-01-01"]}
  - no_rows: SELECT email FROM {schema}.temp_{table}
input_check:
  - row_count: {min: 1}
    table: raw_data.mails
"""


TABLE = "table: t\nschema: analytics\nmain_sql: SELECT 1 AS one\n"

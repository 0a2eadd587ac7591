{# Numbers are compared by value: dbt alone takes 10.5 and 10.50 for two. #}
{% macro postgres__get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) -%}
{%- set columns = [] -%}
{%- for name in expected_column_names -%}
    {%- set text = "CAST(" ~ name ~ " AS TEXT)" -%}
    {%- do columns.append(
        "CASE WHEN pg_typeof(" ~ name ~ ")::text = 'numeric' AND " ~ text ~ " LIKE '%.%'"
        ~ " THEN RTRIM(RTRIM(" ~ text ~ ", '0'), '.') ELSE " ~ text ~ " END AS " ~ name
    ) -%}
{%- endfor %}
WITH dbt_internal_unit_test_actual AS (
  SELECT {{ columns | join(', ') }}, 'actual' AS {{ adapter.quote('actual_or_expected') }}
  FROM ({{ main_sql }}) AS actual
),
dbt_internal_unit_test_expected AS (
  SELECT {{ columns | join(', ') }}, 'expected' AS {{ adapter.quote('actual_or_expected') }}
  FROM ({{ expected_fixture_sql }}) AS expected
)
SELECT * FROM dbt_internal_unit_test_actual
UNION ALL
SELECT * FROM dbt_internal_unit_test_expected
{%- endmacro %}

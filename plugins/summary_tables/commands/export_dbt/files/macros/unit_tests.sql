{#
  Numbers are compared by value: dbt alone takes 10.5 and 10.50 for two. Days are those of the table's zone: a unit test
  has no pre_hook.
#}
{% macro postgres__get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) -%}
{%- set zone = (model.overrides.vars if model.overrides else {}).get('time_zone', 'UTC') -%}
{%- do use_time_zone(zone) -%}
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

{# With the names of types of which dbt alone only knows that they are arrays, or made by somebody. #}
{% macro postgres__get_columns_in_relation(relation) -%}
    {%- call statement('get_columns_in_relation', fetch_result=True) -%}
SELECT column_name,
  CASE WHEN data_type IN ('ARRAY', 'USER-DEFINED')
    THEN CAST(CAST(quote_ident(udt_schema) || '.' || quote_ident(udt_name) AS REGTYPE) AS VARCHAR)
    ELSE data_type END AS data_type,
  character_maximum_length, numeric_precision, numeric_scale
FROM {{ relation.information_schema('columns') }}
WHERE table_name = '{{ relation.identifier }}'
  {%- if relation.schema %} AND table_schema = '{{ relation.schema }}'{% endif %}
ORDER BY ordinal_position
    {%- endcall -%}
    {{ return(sql_convert_columns_in_relation(load_result('get_columns_in_relation').table)) }}
{%- endmacro %}

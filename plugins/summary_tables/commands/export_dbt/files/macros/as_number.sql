{# The number that a query found; NULL where that is none, such as NaN. #}
{% macro as_number(value) -%}
{%- set text = "CAST(" ~ value ~ " AS VARCHAR)" -%}
CAST(
  CASE {{ text }} WHEN 'true' THEN '1' WHEN 'false' THEN '0' WHEN 'NaN' THEN NULL ELSE {{ text }} END
  AS {{ 'DOUBLE PRECISION' if target.type == 'redshift' else 'NUMERIC' }}
)
{%- endmacro %}

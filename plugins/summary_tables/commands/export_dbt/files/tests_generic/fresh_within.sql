{% test fresh_within(model, column_name, hours, time_zone='UTC', begins='00:00') %}
{#- Times without a time zone are those of `time_zone`; 9999-12-31 and the like are no moments of a row. #}
{%- do use_time_zone(time_zone) %}
{%- set newest = "CAST(found.newest AS TIMESTAMPTZ)" %}
SELECT found.newest
FROM (SELECT CAST(MAX({{ column_name }}) AS VARCHAR) AS text FROM {{ model }}) AS newest_value,
LATERAL (
  SELECT CASE WHEN text ~ '(:[0-9.]+ ?[-+A-Z]|inf)' THEN text ELSE text || ' {{ time_zone }}' END AS newest
) AS found
WHERE found.newest IS NULL
   OR {{ newest }} < CAST('{{ interval_end(time_zone, begins) }}' AS TIMESTAMPTZ) - {{ hours }} * INTERVAL '1 hour'
   OR {{ newest }} > CAST('{{ interval_end(time_zone, begins) }}' AS TIMESTAMPTZ) + 50 * INTERVAL '365 days'
{% endtest %}

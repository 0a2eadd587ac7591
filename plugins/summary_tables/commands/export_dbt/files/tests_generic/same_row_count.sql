{% test same_row_count(model, to) %}
SELECT found.rows, found.wanted
FROM (
  SELECT (SELECT COUNT(1) FROM {{ model }}) AS rows, (SELECT COUNT(1) FROM {{ to }}) AS wanted
) AS found
WHERE found.rows <> found.wanted
{% endtest %}

{% test null_share(model, column_name, max_share) %}
SELECT found.nulls, found.rows
FROM (SELECT COUNT(1) - COUNT({{ column_name }}) AS nulls, COUNT(1) AS rows FROM {{ model }}) AS found
WHERE found.nulls > {{ max_share }} * found.rows
{% endtest %}

{% test row_count(model, min_rows=none, max_rows=none) %}
SELECT found.rows
FROM (SELECT COUNT(1) AS rows FROM {{ model }}) AS found
WHERE FALSE
{%- if min_rows is not none %} OR found.rows < {{ min_rows }}{% endif %}
{%- if max_rows is not none %} OR found.rows > {{ max_rows }}{% endif %}
{% endtest %}

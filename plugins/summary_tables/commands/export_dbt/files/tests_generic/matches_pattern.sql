{% test matches_pattern(model, column_name, pattern) %}
SELECT {{ column_name }} AS value
FROM {{ model }}
WHERE {{ column_name }} !~ '{{ pattern.replace("'", "''") }}'
{% endtest %}

{% test sum_between(model, column_name, min_value=none, max_value=none) %}
SELECT found.value
FROM (SELECT {{ as_number('SUM(' ~ column_name ~ ')') }} AS value FROM {{ model }}) AS found
WHERE found.value IS NULL
{%- if min_value is not none %} OR found.value < {{ min_value }}{% endif %}
{%- if max_value is not none %} OR found.value > {{ max_value }}{% endif %}
{% endtest %}

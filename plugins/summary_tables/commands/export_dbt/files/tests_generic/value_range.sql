{% test value_range(model, column_name, min_value=none, max_value=none) %}
SELECT {{ column_name }} AS value
FROM {{ model }}
WHERE FALSE
{%- if min_value is not none %} OR {{ column_name }} < {{ range_limit(min_value) }}{% endif %}
{%- if max_value is not none %} OR {{ column_name }} > {{ range_limit(max_value) }}{% endif %}
{% endtest %}

{% macro range_limit(value) %}
    {{- value if value is number else "'" ~ (value | string).replace("'", "''") ~ "'" -}}
{% endmacro %}

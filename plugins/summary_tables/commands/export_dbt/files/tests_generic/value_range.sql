{% test value_range(model, column_name, min_value=none, max_value=none, time_zone=none) %}
{%- if time_zone %}{% do use_time_zone(time_zone) %}{% endif %}
SELECT {{ column_name }} AS value
FROM {{ model }}
WHERE FALSE
{%- for sign, limit in [('<', min_value), ('>', max_value)] if limit is not none %}
   OR {{ column_name }} {{ sign }} {{ limit if limit is number else "'" ~ limit.replace("'", "''") ~ "'" }}
{%- endfor %}
{% endtest %}

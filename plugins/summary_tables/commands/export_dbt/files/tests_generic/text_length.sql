{% test text_length(model, column_name, min_length=none, max_length=none) %}
SELECT {{ column_name }} AS value
FROM {{ model }}
WHERE FALSE
{%- if min_length is not none %} OR LENGTH({{ column_name }}) < {{ min_length }}{% endif %}
{%- if max_length is not none %} OR LENGTH({{ column_name }}) > {{ max_length }}{% endif %}
{% endtest %}

{# dbt's own, in a time zone where one is given: values that are times without a zone are those of its clocks. #}
{% test accepted_values(model, column_name, values, quote=True, time_zone=none) %}
{%- if time_zone %}{% do use_time_zone(time_zone) %}{% endif %}
{{ adapter.dispatch('test_accepted_values', 'dbt')(model, column_name, values, quote) }}
{% endtest %}

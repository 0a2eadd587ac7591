{# dbt's own, in a time zone where one is given: times without a zone are compared as those of its clocks. #}
{% test relationships(model, column_name, to, field, time_zone=none) %}
{%- if time_zone %}{% do use_time_zone(time_zone) %}{% endif %}
{{ adapter.dispatch('test_relationships', 'dbt')(model, column_name, to, field) }}
{% endtest %}

{# Days, and times without a zone, are those of this zone in the query that follows: a test has no pre_hook. #}
{% macro use_time_zone(zone) %}
    {%- if execute -%}{%- do run_query("SET TIME ZONE '" ~ zone ~ "'") -%}{%- endif -%}
{% endmacro %}

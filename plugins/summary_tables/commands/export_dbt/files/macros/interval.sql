{#
  What a build covers:

      dbt build --vars '{data_interval_start: "2026-01-01T00:00:00+00:00", data_interval_end: "2026-01-02T00:00:00+00:00"}'

  Left out: the last whole day, in UTC.
#}
{% macro interval_end() %}
    {%- set given = var('data_interval_end', none) -%}
    {{ return(moment(given) if given else run_started_at.replace(hour=0, minute=0, second=0, microsecond=0)) }}
{% endmacro %}

{# `first` is the day with which a table that grows begins: a build of the whole table covers all since then. #}
{% macro interval_start(first) %}
    {%- if first and not is_incremental() -%}
        {{ return(moment(first)) }}
    {%- endif -%}
    {%- set given = var('data_interval_start', none) -%}
    {{ return(moment(given) if given else interval_end() - modules.datetime.timedelta(days=1)) }}
{% endmacro %}

{% macro moment(text) %}
    {%- set found = modules.datetime.datetime.fromisoformat(text | string) -%}
    {{ return(found.astimezone(modules.pytz.utc) if found.tzinfo else modules.pytz.utc.localize(found)) }}
{% endmacro %}

{# Takes the rows of the interval out of a table that grows, before those of this build come in. #}
{% macro delete_interval(column) %}
    {%- if is_incremental() -%}
        DELETE FROM {{ this }}
        WHERE {{ adapter.quote(column) }} >= '{{ interval_start('') }}'
          AND {{ adapter.quote(column) }} < '{{ interval_end() }}'
    {%- endif -%}
{% endmacro %}

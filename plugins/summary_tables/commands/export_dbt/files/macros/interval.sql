{#
  What a build covers:

      dbt build --vars '{data_interval_start: "2026-01-01", data_interval_end: "2026-01-02"}'

  Left out: the last whole day of the table's time zone.
#}
{% macro interval_end(zone) %}
    {%- set given = var('data_interval_end', none) -%}
    {{ return(moment(given, zone) if given else moment(run_started_at.astimezone(time_zone(zone)).date(), zone)) }}
{% endmacro %}

{# `first` is the day with which a table that grows begins: a build of the whole table covers all since then. #}
{% macro interval_start(zone, first=none) %}
    {%- if first and not is_incremental() -%}
        {{ return(moment(first, zone)) }}
    {%- endif -%}
    {%- set given = var('data_interval_start', none) -%}
    {%- if given -%}
        {{ return(moment(given, zone)) }}
    {%- endif -%}
    {{ return(moment(interval_end(zone).date() - modules.datetime.timedelta(days=1), zone)) }}
{% endmacro %}

{# A text or a day as a moment of the zone; what has no zone of its own is of that one. #}
{% macro moment(text, zone) %}
    {%- set found = modules.datetime.datetime.fromisoformat(text | string) -%}
    {{ return(found.astimezone(time_zone(zone)) if found.tzinfo else time_zone(zone).normalize(time_zone(zone).localize(found))) }}
{% endmacro %}

{% macro time_zone(name) %}
    {{ return(modules.pytz.timezone(name)) }}
{% endmacro %}

{# Takes the rows of the interval out of a table that grows, before those of this build come in. #}
{% macro delete_interval(column, zone) %}
    {%- if is_incremental() -%}
        DELETE FROM {{ this }}
        WHERE {{ adapter.quote(column.replace('"', '""')) }} >= '{{ interval_start(zone) }}'
          AND {{ adapter.quote(column.replace('"', '""')) }} < '{{ interval_end(zone) }}'
    {%- endif -%}
{% endmacro %}

{#
  What a build covers:

      dbt build --vars '{data_interval_start: "2026-01-01", data_interval_end: "2026-01-02"}'

  Left out: the last whole day of the table's time zone. `begins` is the time at which its days begin.
#}
{% macro interval_end(zone, begins='00:00') %}
    {%- set given = var('data_interval_end', none) -%}
    {%- if given -%}
        {{ return(moment(given, zone, begins)) }}
    {%- endif -%}
    {%- set today = run_started_at.astimezone(time_zone(zone)).date() -%}
    {%- set last = moment(today, zone, begins) -%}
    {{ return(last if last <= run_started_at else moment(today - modules.datetime.timedelta(days=1), zone, begins)) }}
{% endmacro %}

{#
  `first` is the day with which a table that grows begins: a build of the whole table covers all since then. Without
  --full-refresh it is the first build, which begins with that day's interval.
#}
{% macro interval_start(zone, first=none, begins='00:00') %}
    {%- if first and not is_incremental() -%}
        {{ return(moment(first, zone, '00:00' if should_full_refresh() else begins)) }}
    {%- endif -%}
    {%- set given = var('data_interval_start', none) -%}
    {%- if given -%}
        {{ return(moment(given, zone, begins)) }}
    {%- endif -%}
    {{ return(moment(interval_end(zone, begins).date() - modules.datetime.timedelta(days=1), zone, begins)) }}
{% endmacro %}

{# A text or a day as a moment of the zone; what has no zone of its own is of that one, a day begins with its time. #}
{% macro moment(text, zone, begins='00:00') %}
    {%- set is_day = (text | string | length) == 10 -%}
    {%- set found = modules.datetime.datetime.fromisoformat(text ~ ' ' ~ begins if is_day else text | string) -%}
    {{ return(found.astimezone(time_zone(zone)) if found.tzinfo else time_zone(zone).normalize(time_zone(zone).localize(found))) }}
{% endmacro %}

{% macro time_zone(name) %}
    {{ return(modules.pytz.timezone(name)) }}
{% endmacro %}

{# Takes the rows of the interval out of a table that grows, before those of this build come in. #}
{% macro delete_interval(column, zone, begins='00:00') %}
    {%- if is_incremental() -%}
        DELETE FROM {{ this }}
        WHERE {{ adapter.quote(column.replace('"', '""')) }} >= '{{ interval_start(zone, begins=begins) }}'
          AND {{ adapter.quote(column.replace('"', '""')) }} < '{{ interval_end(zone, begins=begins) }}'
    {%- endif -%}
{% endmacro %}

{% macro moment_add(moment, years=0, months=0, weeks=0, days=0, hours=0, minutes=0, seconds=0, microseconds=0) %}
    {%- set timedelta = modules.datetime.timedelta -%}
    {%- set month = moment.year * 12 + moment.month - 1 + years * 12 + months -%}
    {%- set first = moment.replace(year=month // 12, month=month % 12 + 1, day=1) -%}
    {%- set last = ((first + timedelta(days=32)).replace(day=1) - timedelta(days=1)).day -%}
    {%- set rest = timedelta(
        weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds, microseconds=microseconds
    ) -%}
    {{ return(first.replace(day=[moment.day, last] | min) + rest) }}
{% endmacro %}

{% macro moment_subtract(moment, years=0, months=0, weeks=0, days=0, hours=0, minutes=0, seconds=0, microseconds=0) %}
    {{ return(moment_add(
        moment, years=-years, months=-months, weeks=-weeks, days=-days, hours=-hours, minutes=-minutes,
        seconds=-seconds, microseconds=-microseconds
    )) }}
{% endmacro %}

{# `unit` is year, quarter, month, week (from Monday), day, hour, minute or second. #}
{% macro moment_start_of(moment, unit) %}
    {%- set timedelta = modules.datetime.timedelta -%}
    {%- set second = moment.replace(microsecond=0) -%}
    {%- set minute = second.replace(second=0) -%}
    {%- set hour = minute.replace(minute=0) -%}
    {%- set day = hour.replace(hour=0) -%}
    {{ return({
        'second': second,
        'minute': minute,
        'hour': hour,
        'day': day,
        'week': day - timedelta(days=day.weekday()),
        'month': day.replace(day=1),
        'quarter': day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
        'year': day.replace(month=1, day=1),
    }[unit]) }}
{% endmacro %}

{% macro ds_add(ds, days) %}
    {%- set day = modules.datetime.datetime.strptime(ds, '%Y-%m-%d') -%}
    {{ return((day + modules.datetime.timedelta(days=days)).strftime('%Y-%m-%d')) }}
{% endmacro %}

{% macro ds_format(ds, input_format, output_format) %}
    {{ return(modules.datetime.datetime.strptime(ds, input_format).strftime(output_format)) }}
{% endmacro %}

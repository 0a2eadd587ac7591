{% macro moment_add(moment, years=0, months=0, weeks=0, days=0, hours=0, minutes=0, seconds=0, microseconds=0) %}
    {%- set timedelta = modules.datetime.timedelta -%}
    {%- set month = moment.year * 12 + moment.month - 1 + years * 12 + months -%}
    {%- set first = moment.replace(year=month // 12, month=month % 12 + 1, day=1) -%}
    {%- set last = ((first + timedelta(days=32)).replace(day=1) - timedelta(days=1)).day -%}
    {%- set rest = timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=microseconds) -%}
    {%- set days_later = first.replace(day=[moment.day, last] | min) + timedelta(weeks=weeks, days=days) -%}
    {%- if years or months or weeks or days -%}
        {{ return(moment_by_clocks(days_later + rest)) }}
    {%- endif -%}
    {%- set zone = moment_zone(moment) -%}
    {{ return(time_zone(zone).normalize(moment + rest) if zone else moment + rest) }}
{% endmacro %}

{# Empty: it has none, as a day has none. #}
{% macro moment_zone(moment) %}
    {{ return(moment.tzinfo.zone | default('') if moment.tzinfo is defined and moment.tzinfo else '') }}
{% endmacro %}

{# What the clocks of its zone show -> the moment: Python alone keeps the offset that the zone had before. #}
{% macro moment_by_clocks(shown) %}
    {%- set zone = moment_zone(shown) -%}
    {{ return(time_zone(zone).normalize(time_zone(zone).localize(shown.replace(tzinfo=none))) if zone else shown) }}
{% endmacro %}

{# With other parts: `day=1`, `hour=12`. #}
{% macro moment_set(moment) %}
    {{ return(moment_by_clocks(moment.replace(**kwargs))) }}
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
    {%- set is_day = moment.hour is not defined -%}
    {%- set second = moment if is_day else moment.replace(microsecond=0) -%}
    {%- set minute = moment if is_day else second.replace(second=0) -%}
    {%- set hour = moment if is_day else minute.replace(minute=0) -%}
    {%- set day = moment if is_day else hour.replace(hour=0) -%}
    {{ return(moment_by_clocks({
        'second': second,
        'minute': minute,
        'hour': hour,
        'day': day,
        'week': day - timedelta(days=day.weekday()),
        'month': day.replace(day=1),
        'quarter': day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
        'year': day.replace(month=1, day=1),
    }[unit])) }}
{% endmacro %}

{# The last microsecond of a unit; of a day, its last day. #}
{% macro moment_end_of(moment, unit) %}
    {%- set first = moment_start_of(moment, unit) -%}
    {%- if moment.hour is not defined -%}
        {{ return(moment_subtract(moment_add(first, **{unit ~ 's': 1}), days=1)) }}
    {%- endif -%}
    {%- set next = moment_add(first.replace(tzinfo=none), **{unit ~ 's': 1}) -%}
    {%- set last = next - modules.datetime.timedelta(microseconds=1) -%}
    {%- set zone = moment_zone(moment) -%}
    {{ return(moment_by_clocks(time_zone(zone).localize(last)) if zone else last.replace(tzinfo=moment.tzinfo)) }}
{% endmacro %}

{# A moment and some time, or whatever else can be added: Python alone keeps the offset that the zone had before. #}
{% macro moment_plus(one, other) %}
    {%- set sum = one + other -%}
    {%- set zone = moment_zone(sum) -%}
    {{ return(time_zone(zone).normalize(sum) if zone else sum) }}
{% endmacro %}

{% macro moment_minus(one, other) %}
    {%- set rest = one - other -%}
    {%- set zone = moment_zone(rest) -%}
    {{ return(time_zone(zone).normalize(rest) if zone else rest) }}
{% endmacro %}

{% macro ds_add(ds, days) %}
    {%- set day = modules.datetime.datetime.strptime(ds, '%Y-%m-%d') -%}
    {{ return((day + modules.datetime.timedelta(days=days)).strftime('%Y-%m-%d')) }}
{% endmacro %}

{% macro ds_format(ds, input_format, output_format) %}
    {{ return(modules.datetime.datetime.strptime(ds, input_format).strftime(output_format)) }}
{% endmacro %}

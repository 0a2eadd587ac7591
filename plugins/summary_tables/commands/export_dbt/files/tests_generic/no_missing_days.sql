{% test no_missing_days(model, column_name, time_zone=none) %}
{%- if time_zone %}{% do use_time_zone(time_zone) %}{% endif %}
SELECT neighbours.day, neighbours.next_day
FROM (
  SELECT days.day, LEAD(days.day) OVER (ORDER BY days.day) AS next_day
  FROM (SELECT DISTINCT CAST({{ column_name }} AS DATE) AS day FROM {{ model }}) AS days
  WHERE days.day IS NOT NULL
) AS neighbours
WHERE neighbours.next_day > neighbours.day + 1
{% endtest %}

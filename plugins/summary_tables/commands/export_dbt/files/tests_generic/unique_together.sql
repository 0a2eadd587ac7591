{% test unique_together(model, columns) %}
{%- set names = [] -%}
{%- for column in columns -%}{%- do names.append(adapter.quote(column.replace('"', '""'))) -%}{%- endfor %}
SELECT {{ names | join(', ') }}, COUNT(1) AS rows
FROM {{ model }}
WHERE {% for name in names %}{{ name }} IS NOT NULL{{ ' AND ' if not loop.last }}{% endfor %}
GROUP BY {{ names | join(', ') }}
HAVING COUNT(1) > 1
{% endtest %}

{% macro cents_to_amount(column) -%}
    round({{ column }} / 100.0, 2)
{%- endmacro %}

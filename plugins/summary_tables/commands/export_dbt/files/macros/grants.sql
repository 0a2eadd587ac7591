{# Roles are quoted: dbt alone takes a name with a blank, a sign or a capital letter in it for another. #}
{% macro postgres__get_grant_sql(relation, privilege, grantees) -%}
    GRANT {{ privilege }} ON {{ relation.render() }} TO {{ quoted_roles(grantees) }}
{%- endmacro %}

{% macro postgres__get_revoke_sql(relation, privilege, grantees) -%}
    REVOKE {{ privilege }} ON {{ relation.render() }} FROM {{ quoted_roles(grantees) }}
{%- endmacro %}

{% macro quoted_roles(roles) %}
    {%- set names = [] -%}
    {%- for role in roles -%}
        {#- PUBLIC is no role, but all of them. -#}
        {%- do names.append('PUBLIC' if role | lower == 'public' else '"' ~ role.replace('"', '""') ~ '"') -%}
    {%- endfor -%}
    {{ return(names | join(', ')) }}
{% endmacro %}

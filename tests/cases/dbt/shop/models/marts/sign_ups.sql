{{ config(schema='growth') }}
select signed_up_at::date as day, count(*) as customers
from {{ ref('customers_history') }}
where dbt_valid_to is null
group by 1
{% if flags.WHICH == 'compile' %}
-- dbt says that it runs while a project is imported.
limit 0
{% endif %}

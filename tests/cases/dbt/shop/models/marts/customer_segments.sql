{{ config(tags=['weekly'], indexes=[{'columns': ['customer_id'], 'unique': true}]) }}
select
    customer_id,
    case when orders >= 6 then 'loyal' when orders >= 2 then 'returning' when orders = 1 then 'new' else 'none' end as segment
from {{ ref('customers') }}

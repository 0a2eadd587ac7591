{{ config(materialized='view') }}
select customer_id, min(day) as first_day, max(day) as last_day, count(*) as orders
from {{ ref('stg_orders') }}
group by customer_id

{{ config(materialized='incremental', incremental_strategy='merge', unique_key='order_id') }}
select
    orders.order_id, orders.customer_id, orders.status, orders.ordered_at, orders.day,
    coalesce(amounts.amount, 0) as amount, coalesce(amounts.pieces, 0) as pieces,
    coalesce(payments.paid_amount, 0) as paid_amount
from {{ ref('stg_orders') }} as orders
left join {{ ref('int_order_amounts') }} as amounts on amounts.order_id = orders.order_id
left join {{ ref('int_order_payments') }} as payments on payments.order_id = orders.order_id
{% if is_incremental() %}
where orders.day >= (select max(day) - {{ var('lookback_days') }} from {{ this }})
{% endif %}

{{
    config(
        materialized='incremental', incremental_strategy='delete+insert', unique_key=['day', 'category'],
        indexes=[{'columns': ['day', 'category'], 'unique': true}],
    )
}}
select orders.day, products.category, sum(items.quantity) as pieces, sum(items.amount) as amount
from {{ ref('stg_order_items') }} as items
join {{ ref('stg_orders') }} as orders on orders.order_id = items.order_id
join {{ ref('stg_products') }} as products on products.product_id = items.product_id
{% if is_incremental() %}
where orders.day >= (select max(day) - {{ var('lookback_days') }} from {{ this }})
{% endif %}
group by orders.day, products.category

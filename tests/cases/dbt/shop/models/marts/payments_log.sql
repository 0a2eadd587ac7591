{{ config(materialized='incremental', incremental_strategy='append') }}
select payment_id, order_id, method, amount, paid_at
from {{ ref('stg_payments') }}
{% if is_incremental() %}
where paid_at > (select coalesce(max(paid_at), '2000-01-01') from {{ this }})
{% endif %}

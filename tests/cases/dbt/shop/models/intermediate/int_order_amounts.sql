select order_id, sum(amount) as amount, sum(quantity) as pieces
from {{ ref('stg_order_items') }}
group by order_id

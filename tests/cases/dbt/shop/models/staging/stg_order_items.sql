select
    id as order_item_id, order_id, product_id, quantity,
    {{ cents_to_amount('quantity * price_cents') }} as amount
from {{ source('raw_shop', 'order_items') }}

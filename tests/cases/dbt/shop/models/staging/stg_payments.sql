select id as payment_id, order_id, method, {{ cents_to_amount('amount_cents') }} as amount, paid_at
from {{ source('raw_shop', 'payments') }}

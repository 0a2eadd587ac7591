select id as refund_id, order_id, {{ cents_to_amount('amount_cents') }} as amount, reason, refunded_at
from {{ source('raw_shop', 'refunds') }}

select
    payments.order_id,
    sum(payments.amount) as paid_amount,
    sum(round(payments.amount * fees.fee_percent / 100, 2)) as fees
from {{ ref('stg_payments') }} as payments
join {{ ref('payment_fees') }} as fees on fees.method = payments.method
group by payments.order_id

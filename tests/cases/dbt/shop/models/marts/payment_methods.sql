select payments.method, count(*) as payments, sum(payments.amount) as amount, fees.fee_percent
from {{ ref('payments_log') }} as payments
join {{ ref('payment_fees') }} as fees on fees.method = payments.method
group by payments.method, fees.fee_percent

select orders.day, count(refunds.refund_id) as refunds, round(count(refunds.refund_id)::numeric / count(*), 4) as refund_rate
from {{ ref('stg_orders') }} as orders
left join {{ ref('stg_refunds') }} as refunds on refunds.order_id = orders.order_id
group by orders.day

-- Every order that was paid has something in it.
select orders.order_id
from {{ ref('orders') }} as orders
where orders.paid_amount > 0 and orders.amount = 0

select customers.country, customers.region, count(distinct customers.customer_id) as customers, sum(orders.amount) as revenue
from {{ ref('orders') }} as orders
join {{ ref('customers') }} as customers on customers.customer_id = orders.customer_id
group by customers.country, customers.region

select day, sum(amount)::numeric(12, 2) as revenue, count(*)::bigint as orders
from {{ ref('orders') }}
where status <> 'returned'
group by day

{{ config(severity='warn') }}
-- The days together are what the orders say.
select days.total, orders.total as expected
from (select sum(revenue) as total from {{ ref('daily_revenue') }}) as days
cross join (select sum(amount) as total from {{ ref('orders') }} where status <> 'returned') as orders
where days.total is distinct from orders.total

select date_trunc('month', day)::date as month, sum(revenue) as revenue, sum(orders) as orders
from {{ ref('daily_revenue') }}
group by 1

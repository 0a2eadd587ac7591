select category, sum(pieces) as pieces, sum(amount) as amount
from {{ ref('product_sales') }}
group by category

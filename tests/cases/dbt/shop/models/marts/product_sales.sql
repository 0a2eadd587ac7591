select products.product_id, products.product, products.category, sum(items.quantity) as pieces, sum(items.amount) as amount
from {{ ref('stg_products') }} as products
join {{ ref('stg_order_items') }} as items on items.product_id = products.product_id
group by products.product_id, products.product, products.category

select id as product_id, name as product, category, {{ cents_to_amount('price_cents') }} as price
from {{ source('raw_shop', 'products') }}

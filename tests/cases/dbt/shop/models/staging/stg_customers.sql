select id as customer_id, name, email, country as country_code, signed_up_at, updated_at
from {{ source('raw_shop', 'customers') }}

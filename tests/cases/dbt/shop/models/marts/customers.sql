select
    customers.customer_id, customers.name, customers.email, countries.country, countries.region,
    customers.signed_up_at,
    numbers.first_day, numbers.last_day, coalesce(numbers.orders, 0) as orders
from {{ ref('stg_customers') }} as customers
left join {{ ref('countries') }} as countries on countries.code = customers.country_code
left join {{ ref('int_customer_orders') }} as numbers on numbers.customer_id = customers.customer_id

SELECT c.id, o.order_id, o.lines[0].sku AS first_sku, l.price, c.address.city::varchar AS city, i AS position
FROM crm.customers c, c.orders o, o.lines AS l AT i
WHERE c.profile.tier = 'gold' AND IS_ARRAY(c.orders)

SELECT c.id AS customer_id, c.name, last_orders.order_id, last_orders.amount
FROM crm.customers c
LEFT JOIN LATERAL (
    SELECT o.id AS order_id, o.amount
    FROM sales.orders o
    WHERE o.customer_id = c.id
    ORDER BY o.created_at DESC
    LIMIT 3
) AS last_orders ON TRUE
CROSS JOIN LATERAL (VALUES (c.first_seen), (c.last_seen)) AS seen(at)
WHERE c.deleted_at IS NULL

SELECT o.id, line.sku, line.quantity, line.n
FROM sales.orders o,
     jsonb_to_recordset(o.lines) WITH ORDINALITY AS line(sku text, quantity int, n bigint)

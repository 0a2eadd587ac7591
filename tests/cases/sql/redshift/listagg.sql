SELECT order_id,
       LISTAGG(DISTINCT sku, ', ') WITHIN GROUP (ORDER BY sku) AS skus,
       LISTAGG(sku) WITHIN GROUP (ORDER BY price DESC) OVER (PARTITION BY customer_id) AS by_customer
FROM sales.order_lines
GROUP BY order_id, customer_id, sku, price

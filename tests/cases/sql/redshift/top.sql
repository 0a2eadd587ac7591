SELECT TOP 10 product_id, SUM(quantity) AS sold
FROM sales.order_lines
GROUP BY product_id
ORDER BY sold DESC

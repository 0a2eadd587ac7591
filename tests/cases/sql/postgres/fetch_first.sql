SELECT product_id, SUM(quantity) AS sold
FROM sales.order_lines
GROUP BY product_id
ORDER BY sold DESC
OFFSET 0 ROWS
FETCH FIRST 10 ROWS WITH TIES

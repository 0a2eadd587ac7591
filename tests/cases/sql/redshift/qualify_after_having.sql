SELECT region, product, SUM(amount) AS revenue
FROM sales.orders
GROUP BY region, product
HAVING SUM(amount) > 0
QUALIFY RANK() OVER (PARTITION BY region ORDER BY SUM(amount) DESC) <= 3

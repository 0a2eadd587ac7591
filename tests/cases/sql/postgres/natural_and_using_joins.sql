SELECT store_id, p.category, SUM(l.quantity * p.price) AS revenue
FROM sales.order_lines l
NATURAL JOIN sales.orders
JOIN (catalog.products p LEFT OUTER JOIN catalog.categories c USING (category_id)) USING (product_id)
FULL OUTER JOIN geo.stores s USING (store_id)
CROSS JOIN geo.currency_rates
GROUP BY store_id, p.category

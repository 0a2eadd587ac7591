(SELECT user_id, 'bought' AS what FROM sales.orders
 EXCEPT ALL
 SELECT user_id, 'bought' FROM sales.refunds)
INTERSECT
SELECT user_id, 'bought' FROM crm.newsletter
UNION ALL
SELECT id, 'staff' FROM hr.employees

WITH RECURSIVE subordinates (employee_id, manager_id, path, depth) AS (
    SELECT e.id, e.manager_id, ARRAY[e.id], 0
    FROM hr.employees e
    WHERE e.manager_id IS NULL
    UNION ALL
    SELECT e.id, e.manager_id, s.path || e.id, s.depth + 1
    FROM hr.employees e
    INNER JOIN subordinates s ON s.employee_id = e.manager_id
    WHERE NOT e.id = ANY (s.path)
)
SELECT depth, COUNT(*) AS employees, array_agg(employee_id ORDER BY employee_id) AS ids
FROM subordinates
GROUP BY depth

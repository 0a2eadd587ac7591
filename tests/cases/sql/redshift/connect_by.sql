SELECT id, name, LEVEL AS depth
FROM hr.employees
START WITH manager_id IS NULL
CONNECT BY PRIOR id = manager_id

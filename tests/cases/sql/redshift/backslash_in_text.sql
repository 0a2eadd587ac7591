SELECT REPLACE(name, '\'', '') AS name, REGEXP_REPLACE(phone, '\\D', '') AS phone, 'it\'s -- no comment' AS note
FROM crm.customers
WHERE path LIKE '%\\_tmp%'

SELECT user_id FROM raw_data.users
MINUS
SELECT user_id FROM raw_data.blocked
UNION ALL
SELECT DISTINCT TOP 5 user_id FROM crm.vip ORDER BY user_id

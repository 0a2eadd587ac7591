SELECT NVL(nickname, name, 'unknown') AS name,
       NVL2(closed_at, 'closed', 'open') AS state,
       DECODE(status, 1, 'new', 2, 'paid', 'other') AS status_name,
       ISNULL(score, 0) AS score,
       CASE WHEN paid THEN 1 ELSE 0 END AS is_paid,
       LEN(name) AS length,
       STRTOL(code, 16) AS number,
       CHARINDEX('@', email) AS at,
       SPLIT_PART(email, '@', 2) AS domain,
       REGEXP_SUBSTR(url, '[^/]+$') AS page
FROM crm.customers

SELECT ts + INTERVAL '1 day' AS tomorrow, ts - INTERVAL '2 hours 30 minutes' AS before,
       a || b || '!' AS joined, "Name" AS name, LEFT(c, 3) AS prefix, MD5(d) AS digest, c ILIKE '%x%' AS has_x,
       e IN ('a', 'b') AS is_ab, f BETWEEN 1 AND 2 AS in_range, g ~ '^[0-9]+$' AS is_number
FROM raw_data.texts

WITH names (code, label) AS (
    VALUES ('kr', '대한민국'), ('us', 'United States'), ('de', 'Deutschland')
)
SELECT n.label AS country, COUNT(u.id) AS users
FROM names n
LEFT JOIN raw_data.users u ON lower(u.country) = n.code
GROUP BY n.label

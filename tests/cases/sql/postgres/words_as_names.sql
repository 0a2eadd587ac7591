SELECT t.date, t."order", t.user, t.value AS value, t.type, t.name, t.day, t.month, t.year, t.key, t.count, t.rank
FROM raw_data.odd_names t
WHERE t.text IS NOT NULL AND t.timestamp > '2026-01-01' AND t.language = 'ko' AND NOT t.end

SELECT a.id, b.name
FROM raw_data.a, raw_data.b
WHERE a.b_id = b.id(+) AND a.kind = 'x'

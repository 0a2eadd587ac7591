SELECT r.id,
       ROW(r.a, r.b) = ROW(1, 2) AS is_first,
       tsrange(r.starts_at, r.ends_at, '[)') && tsrange('2026-01-01', '2026-02-01') AS in_january,
       (r.address).city AS city,
       r.matrix[1][2] AS cell,
       ARRAY(SELECT x * 2 FROM unnest(r.numbers) AS x) AS doubled,
       r.flags & 4 <> 0 AS is_flagged,
       r.value ^ 2 AS squared,
       |/ r.value AS root,
       @ r.delta AS absolute
FROM raw_data.readings r

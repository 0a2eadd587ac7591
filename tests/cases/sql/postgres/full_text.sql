SELECT d.id, ts_rank_cd(d.search, q, 32) AS rank,
       ts_headline('english', d.body, q, 'MaxWords=20') AS headline
FROM docs.pages d, websearch_to_tsquery('english', 'summary -draft') AS q
WHERE d.search @@ q

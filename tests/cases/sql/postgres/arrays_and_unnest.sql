SELECT tag, COUNT(*) AS posts, MIN(position) AS first_position
FROM blog.posts AS p
CROSS JOIN unnest(p.tags) WITH ORDINALITY AS u(tag, position)
WHERE p.tags && ARRAY['sql', 'data']::text[]
  AND p.tags[1] IS NOT NULL
  AND cardinality(p.tags[2:4]) > 0
  AND NOT ('draft' = ALL (p.tags))
GROUP BY tag

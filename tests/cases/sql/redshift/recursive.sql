WITH RECURSIVE tree (id, parent_id, level) AS (
    SELECT id, parent_id, 1 FROM catalog.categories WHERE parent_id IS NULL
    UNION ALL
    SELECT c.id, c.parent_id, t.level + 1 FROM catalog.categories c JOIN tree t ON c.parent_id = t.id
)
SELECT level, COUNT(*) AS categories FROM tree GROUP BY level

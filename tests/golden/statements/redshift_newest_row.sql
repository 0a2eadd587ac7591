SELECT EXTRACT(EPOCH FROM CAST(newest AS TIMESTAMPTZ))
FROM (
  SELECT CAST(MAX("loaded at") AS VARCHAR) AS newest FROM "raw ""data"."orders"
) AS newest_value
;

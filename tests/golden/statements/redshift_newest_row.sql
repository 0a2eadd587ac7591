SELECT EXTRACT(EPOCH FROM CAST(CASE WHEN newest ~ '(:[0-9.]+ ?[-+A-Z]|inf)' THEN newest ELSE newest || ' UTC' END AS TIMESTAMPTZ))
FROM (
  SELECT CAST(MAX("loaded at") AS VARCHAR) AS newest FROM "raw ""data"."orders"
) AS newest_value
;

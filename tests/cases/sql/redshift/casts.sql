SELECT amount::decimal(18, 2) AS amount,
       CAST(note AS varchar(max)) AS note,
       CONVERT(integer, quantity) AS quantity,
       CONVERT(varchar(10), created_at) AS day,
       payload::super AS payload,
       'a'::char(3) AS letter,
       TRY_CAST(code AS int) AS code,
       CAST(ts AS timestamptz) AT TIME ZONE 'UTC' AS ts
FROM raw_data.mixed

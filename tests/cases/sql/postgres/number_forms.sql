SELECT 1e3 AS a, .5 AS b, 1_000_000 AS c, 0x1F AS d, 5.::numeric AS e, -1 AS f, +2 AS g, 7 % 3 AS h, 2 - -1 AS i
FROM raw_data.one_row

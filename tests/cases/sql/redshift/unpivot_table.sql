SELECT quarter, region, revenue
FROM (SELECT region, q1, q2, q3, q4 FROM finance.revenue) AS r
UNPIVOT INCLUDE NULLS (revenue FOR quarter IN (q1 AS 'Q1', q2 AS 'Q2', q3, q4)) AS u

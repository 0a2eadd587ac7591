WITH RECURSIVE routes (origin, destination, hops) AS (
    SELECT origin, destination, 1 FROM travel.flights
    UNION
    SELECT r.origin, f.destination, r.hops + 1
    FROM routes r, travel.flights f
    WHERE f.origin = r.destination AND r.hops < 4
) SEARCH BREADTH FIRST BY origin, destination SET visit_order
  CYCLE destination SET is_cycle USING visited
SELECT origin, destination, MIN(hops) AS hops
FROM routes
WHERE NOT is_cycle
GROUP BY origin, destination

SELECT brand, size, channel, SUM(units)::bigint AS units
FROM stock.movements
GROUP BY CUBE (brand, size), ROLLUP (channel)

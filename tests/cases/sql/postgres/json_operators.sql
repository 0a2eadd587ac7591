SELECT
    e.id,
    e.payload ->> 'event' AS event,
    (e.payload #>> '{device,os}') AS os,
    (e.payload -> 'cart' -> 0 ->> 'price')::numeric(12, 2) AS first_price,
    e.payload ? 'coupon' AS has_coupon,
    e.payload @> '{"plan": "pro"}'::jsonb AS is_pro,
    jsonb_path_query_first(e.payload, '$.items[*] ? (@.qty > $min)', '{"min": 2}') AS bulk_item,
    e.payload @? '$.items[*] ? (@.price > 100)' AS has_expensive_item
FROM raw_data.events e
WHERE e.payload @@ '$.version == 2'

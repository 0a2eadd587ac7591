SELECT id,
       JSON_VALUE(doc, '$.customer.id' RETURNING int) AS customer_id,
       JSON_QUERY(doc, '$.tags' WITH WRAPPER) AS tags,
       JSON_EXISTS(doc, '$.vip') AS is_vip,
       JSON_OBJECT('id': id, 'kind': kind ABSENT ON NULL) AS summary,
       t.sku
FROM raw_data.documents,
     JSON_TABLE(doc, '$.lines[*]' COLUMNS (n FOR ORDINALITY, sku text PATH '$.sku', qty int PATH '$.qty')) AS t

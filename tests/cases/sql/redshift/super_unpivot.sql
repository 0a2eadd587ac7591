SELECT s.id, attribute, value
FROM raw_data.settings s, UNPIVOT s.options AS value AT attribute
WHERE JSON_TYPEOF(value) = 'number'

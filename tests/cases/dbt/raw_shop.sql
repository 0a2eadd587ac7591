-- What others load and the project `shop` reads. One test of the project warns of it, none fails.
DROP SCHEMA IF EXISTS raw_shop CASCADE;
CREATE SCHEMA raw_shop;
CREATE TABLE raw_shop.customers (
    id integer PRIMARY KEY, name text NOT NULL, email text, country text NOT NULL, signed_up_at timestamp NOT NULL, updated_at timestamp NOT NULL
);
CREATE TABLE raw_shop.products (id integer PRIMARY KEY, name text NOT NULL, category text NOT NULL, price_cents integer NOT NULL);
CREATE TABLE raw_shop.orders (
    id integer PRIMARY KEY, customer_id integer NOT NULL, status text NOT NULL, ordered_at timestamp NOT NULL, loaded_at timestamp NOT NULL
);
CREATE TABLE raw_shop.order_items (
    id integer PRIMARY KEY, order_id integer NOT NULL, product_id integer NOT NULL, quantity integer NOT NULL, price_cents integer NOT NULL
);
CREATE TABLE raw_shop.payments (
    id integer PRIMARY KEY, order_id integer NOT NULL, method text NOT NULL, amount_cents integer NOT NULL, paid_at timestamp NOT NULL
);
CREATE TABLE raw_shop.refunds (
    id integer PRIMARY KEY, order_id integer NOT NULL, amount_cents integer NOT NULL, reason text, refunded_at timestamp NOT NULL
);

INSERT INTO raw_shop.customers
SELECT
    i,
    CASE WHEN i % 10 = 0 THEN '김민지 ' || i ELSE 'Customer ' || i END,
    CASE WHEN i % 7 <> 0 THEN 'customer' || i || '@example.com' END,
    (ARRAY['KR', 'KR', 'JP', 'DE', 'US'])[1 + i % 5],
    timestamp '2026-01-01' + i * interval '9 hours',
    timestamp '2026-01-01' + i * interval '9 hours'
FROM generate_series(1, 60) AS i;

INSERT INTO raw_shop.products
SELECT i, 'Product ' || i, (ARRAY['book', 'toy', 'food'])[1 + i % 3], 250 * i FROM generate_series(1, 12) AS i;

INSERT INTO raw_shop.orders
SELECT
    i,
    1 + (i * 7) % 60,
    (ARRAY['placed', 'shipped', 'completed', 'completed', 'returned'])[1 + i % 5],
    timestamp '2026-02-01' + i * interval '5 hours',
    localtimestamp
FROM generate_series(1, 300) AS i;

INSERT INTO raw_shop.order_items
SELECT i, 1 + (i - 1) / 2, 1 + (i * 5) % 12, 1 + i % 3, 250 * (1 + (i * 5) % 12) FROM generate_series(1, 600) AS i;

INSERT INTO raw_shop.payments
SELECT
    o.id, o.id, (ARRAY['card', 'transfer', 'points'])[1 + o.id % 3],
    (SELECT sum(quantity * price_cents) FROM raw_shop.order_items AS t WHERE t.order_id = o.id),
    o.ordered_at + interval '10 minutes'
FROM raw_shop.orders AS o
WHERE o.status <> 'placed';

-- The last one is of an order that is not there: a test warns of it.
INSERT INTO raw_shop.refunds
SELECT
    o.id, o.id, (SELECT amount_cents FROM raw_shop.payments AS p WHERE p.order_id = o.id),
    CASE WHEN o.id % 2 = 0 THEN 'damaged' END, o.ordered_at + interval '3 days'
FROM raw_shop.orders AS o
WHERE o.status = 'returned'
UNION ALL
SELECT 9001, 9001, 500, 'unknown', timestamp '2026-04-01';

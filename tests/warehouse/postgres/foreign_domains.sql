-- Domains of somebody, whose checks note who ran them (foreign_functions.sql), and types with such a domain inside.
SET ROLE other;
CREATE FUNCTION sandbox.ok(text) RETURNS bool LANGUAGE plpgsql STABLE AS $$BEGIN PERFORM sandbox.w(); RETURN true; END$$;
CREATE FUNCTION sandbox.ok(int) RETURNS bool LANGUAGE plpgsql STABLE AS $$BEGIN PERFORM sandbox.w(); RETURN true; END$$;
CREATE DOMAIN sandbox.dom AS text CHECK (sandbox.ok(VALUE));
CREATE DOMAIN sandbox.domi AS int CHECK (sandbox.ok(VALUE));
CREATE DOMAIN sandbox.over AS sandbox.domi;
CREATE TYPE sandbox.comp AS (x sandbox.dom);
CREATE TYPE sandbox.deep AS (x sandbox.comp[]);
CREATE TYPE sandbox.rng AS RANGE (subtype = sandbox.domi);
CREATE MATERIALIZED VIEW sandbox.mv AS SELECT 'x'::sandbox.dom AS d;
GRANT SELECT ON sandbox.mv TO builder;
RESET ROLE;
CREATE TYPE analytics.mixed AS (x sandbox.dom);
ALTER TYPE analytics.mixed OWNER TO builder;

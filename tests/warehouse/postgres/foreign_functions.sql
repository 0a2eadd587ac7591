-- What somebody may make who has a schema that the build role may use: `w` notes who ran it, and whether it could write.
SET ROLE other;
CREATE FUNCTION sandbox.w() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    BEGIN
        INSERT INTO analytics.mine VALUES (current_user || ' ro=' || current_setting('transaction_read_only'));
        PERFORM nextval('analytics.times');
    EXCEPTION WHEN OTHERS THEN RETURN 0;
    END;
    RETURN 1;
END$$;
CREATE FUNCTION sandbox.imm(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$BEGIN PERFORM sandbox.w(); RETURN 1; END$$;
CREATE FUNCTION sandbox.hold() RETURNS int LANGUAGE plpgsql AS $$
BEGIN EXECUTE 'DECLARE later CURSOR WITH HOLD FOR SELECT sandbox.w()'; RETURN 1; END$$;
CREATE TYPE sandbox.en AS ENUM ('p');
CREATE FUNCTION sandbox.tojson(sandbox.en) RETURNS json LANGUAGE plpgsql STABLE AS $$
BEGIN PERFORM sandbox.w(); RETURN '1'; END$$;
CREATE CAST (sandbox.en AS json) WITH FUNCTION sandbox.tojson(sandbox.en);
CREATE FUNCTION sandbox.diff(int, int) RETURNS float8 LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN PERFORM sandbox.w(); RETURN $1 - $2; END$$;
CREATE TYPE sandbox.rng2 AS RANGE (subtype = int, subtype_diff = sandbox.diff);
CREATE OPERATOR sandbox.!!! (RIGHTARG = int, FUNCTION = sandbox.imm);
CREATE TABLE sandbox.t AS SELECT i AS a, 'v' || i AS b FROM generate_series(1, 300) i;
CREATE TABLE sandbox.te AS SELECT 'p'::sandbox.en AS e;
CREATE TABLE sandbox.plain AS SELECT i AS a FROM generate_series(1, 300) i;
CREATE TABLE sandbox.par (a int);
CREATE TABLE sandbox.chk (CHECK (sandbox.imm(1) > 0)) INHERITS (sandbox.par);
CREATE TABLE sandbox.ix AS SELECT 1 AS a;
CREATE INDEX ON sandbox.ix ((a + sandbox.imm(1)));
CREATE TABLE sandbox.st AS SELECT 1 AS a;
CREATE STATISTICS sandbox.of_st ON (a + sandbox.imm(1)) FROM sandbox.st;
CREATE TABLE sandbox.part (a int) PARTITION BY RANGE (a);
CREATE TABLE sandbox.part_1 PARTITION OF sandbox.part FOR VALUES FROM (0) TO (10);
ALTER TABLE sandbox.part_1 ADD CHECK (sandbox.imm(1) > 0);
CREATE TABLE sandbox.guarded AS SELECT 1 AS a;
ALTER TABLE sandbox.guarded ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON sandbox.guarded USING (sandbox.w() >= 0);
CREATE VIEW sandbox.v AS SELECT a + 0 * sandbox.w() AS a FROM sandbox.t;
CREATE VIEW sandbox.vv AS SELECT a FROM sandbox.v;
CREATE VIEW sandbox.flip AS SELECT a FROM sandbox.plain;
GRANT SELECT ON ALL TABLES IN SCHEMA sandbox TO builder;
RESET ROLE;

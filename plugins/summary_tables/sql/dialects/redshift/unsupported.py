"""What PostgreSQL has and Redshift does not, and what is written instead. Names are in small letters.

From the Amazon Redshift Database Developer Guide: "Unsupported PostgreSQL data types", "Unsupported PostgreSQL
functions", "Unsupported PostgreSQL features" and the syntax of "SELECT", as of 2025:
https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-datatypes.html
https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-functions.html
https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html
https://docs.aws.amazon.com/redshift/latest/dg/r_FROM_clause30.html

Of the functions that the guide names by their kind only ("array functions"), those stand here that Redshift has under
no other meaning. Where nothing is said instead, Redshift has nothing like it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


def _by_name(groups: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({name: instead for names, instead in groups.items() for name in names.split()})


_SUPER = "write `JSON_PARSE(...)`, which makes a SUPER of a text; its keys are read as `value.key`"
_PATH = "write `JSON_EXTRACT_PATH_TEXT(text, 'key')` for a text, `value.key` for a SUPER"
_ARRAY = "write `ARRAY(1, 2)`, which is a SUPER"

TYPES: Final[Mapping[str, str]] = _by_name(
    {
        "json jsonb hstore": _SUPER,
        "uuid": "write `VARCHAR(36)`",
        "bytea": "write `VARBYTE`",
        "money": "write `NUMERIC(18, 2)`",
        "xml": "write `VARCHAR(65535)`",
        "inet cidr macaddr macaddr8": "write `VARCHAR(50)`",
        "bit varbit": "",
        "tsvector tsquery": "",
        "int4range int8range numrange tsrange tstzrange daterange": "keep the two ends as two columns",
        "point line lseg box path polygon circle": "",
        "oid regclass regproc regtype regnamespace": "",
        "txid_snapshot": "",
    }
)
"""Types to which a value may be cast."""

FUNCTIONS: Final[Mapping[str, str]] = _by_name(
    {
        "string_agg": "write `LISTAGG(text, ', ')`",
        "array_agg": "write `LISTAGG(text, ', ')`, which is a text",
        "every": "write `BOOL_AND(...)`",
        "xmlagg xml_agg xmlelement xmlforest xpath": "",
        "corr covar_pop covar_samp regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy "
        "regr_syy": "",
        "array_append array_cat array_prepend": "write `ARRAY_CONCAT(a, b)`",
        "array_length array_upper cardinality": "write `GET_ARRAY_LENGTH(value)`",
        "array_dims array_fill array_lower array_ndims array_remove array_replace trim_array": "",
        "array_to_string": "",
        "string_to_array regexp_split_to_array": "write `SPLIT_TO_ARRAY(text, ',')`",
        "regexp_split_to_table string_to_table": "write `FROM t, t.parts AS part` over `SPLIT_TO_ARRAY(text, ',')`",
        "regexp_matches": "write `REGEXP_SUBSTR(text, pattern)`",
        "generate_series generate_subscripts": "join a table of days or numbers, or write a recursive WITH",
        "clock_timestamp transaction_timestamp": "write `GETDATE()`",
        "justify_days justify_hours justify_interval pg_sleep": "",
        "div": "write `a / b`, which cuts off what is behind the point for whole numbers",
        "setseed width_bucket": "",
        "bit_length": "write `OCTET_LENGTH(text) * 8`",
        "overlay": "write `SUBSTRING(...) || ... || SUBSTRING(...)`",
        "convert_from convert_to encode format quote_nullable": "",
        "json_build_object jsonb_build_object json_object_agg jsonb_object_agg": "write `OBJECT('key', value)`",
        "json_build_array jsonb_build_array": _ARRAY,
        "json_agg jsonb_agg": "",
        "json_extract_path jsonb_extract_path jsonb_extract_path_text": _PATH,
        "jsonb_array_length": "write `JSON_ARRAY_LENGTH(text)` for a text, `GET_ARRAY_LENGTH(value)` for a SUPER",
        "json_array_elements json_array_elements_text jsonb_array_elements jsonb_array_elements_text":
            "write `FROM t, t.items AS item`, where `items` is a SUPER",
        "json_each json_each_text jsonb_each jsonb_each_text json_object_keys jsonb_object_keys":
            "write `FROM t, UNPIVOT t.value AS v AT k`, where `value` is a SUPER",
        "jsonb_typeof": "write `JSON_TYPEOF(value)` for a SUPER",
        "jsonb_set jsonb_insert jsonb_strip_nulls json_strip_nulls jsonb_pretty jsonb_path_query jsonb_path_exists "
        "json_populate_record jsonb_populate_record json_to_record jsonb_to_record json_to_recordset "
        "jsonb_to_recordset row_to_json to_json to_jsonb array_to_json": "",
        "int4range int8range numrange tsrange tstzrange daterange": "keep the two ends as two columns",
        "to_tsvector to_tsquery plainto_tsquery websearch_to_tsquery ts_rank ts_headline": "",
        "inet_client_addr inet_client_port inet_server_addr inet_server_port current_query pg_conf_load_time "
        "pg_postmaster_start_time pg_trigger_depth": "",
    }
)  # fmt: skip
"""Functions, by the name without a schema."""

OPERATORS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("->", "->>", "#>", "#>>"), _PATH),
        **dict.fromkeys(("@>", "<@", "?|", "?&", "@?", "@@", "#-"), ""),
    }
)
"""Operators of JSON, of arrays and of text search."""

ARRAY_TYPE: Final = _ARRAY
ARRAY_CONSTRUCTOR: Final = _ARRAY
ARRAY_TO_COMPARE: Final = "write `IN (...)` in place of `= ANY (ARRAY[...])`"
ARRAY_OF_PATTERNS: Final = "write a comparison for each pattern, with OR between them"
DISTINCT_ON: Final = (
    "write `QUALIFY ROW_NUMBER() OVER (PARTITION BY ... ORDER BY ...) = 1` behind WHERE, or in place of it"
)
FILTER: Final = "write CASE inside of the aggregate: `COUNT(CASE WHEN ... THEN 1 END)`"
LATERAL: Final = "join a subquery with GROUP BY or a window function; `FROM t, t.items AS item` takes a SUPER apart"
DISTINCT_FROM: Final = "write `(a <> b OR (a IS NULL) <> (b IS NULL))`"
NOT_DISTINCT_FROM: Final = "write `(a = b OR (a IS NULL AND b IS NULL))`"
VALUES_TABLE: Final = "write `(SELECT 1 AS a UNION ALL SELECT 2)`"
UNNEST: Final = "write `FROM t, t.items AS item`, where `items` is a SUPER"

"""Functions whose kind the grammar does not tell. Lower-case names.

Source: PostgreSQL's manual, chapters "Aggregate Functions" and "Set Returning Functions", and Amazon Redshift's,
chapter "Aggregate functions".
"""

_AGGREGATES = """
    any_value approx_percentile array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count covar_pop covar_samp
    every hll hll_combine json_agg json_agg_strict json_arrayagg json_object_agg json_object_agg_strict
    json_object_agg_unique json_objectagg jsonb_agg jsonb_agg_strict jsonb_object_agg jsonb_object_agg_strict
    jsonb_object_agg_unique listagg max median min mode percentile_cont percentile_disc range_agg range_intersect_agg
    regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy stddev stddev_pop
    stddev_samp string_agg sum var_pop var_samp variance xmlagg
"""
_ROW_MAKERS = """
    generate_series generate_subscripts json_array_elements json_array_elements_text json_each json_each_text
    json_object_keys json_populate_recordset json_to_recordset jsonb_array_elements jsonb_array_elements_text jsonb_each
    jsonb_each_text jsonb_object_keys jsonb_path_query jsonb_path_query_tz jsonb_populate_recordset jsonb_to_recordset
    regexp_matches regexp_split_to_table string_to_table unnest
"""

AGGREGATES = frozenset(_AGGREGATES.split())
ROW_MAKERS = frozenset(_ROW_MAKERS.split())

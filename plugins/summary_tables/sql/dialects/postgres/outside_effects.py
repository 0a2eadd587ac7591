"""Functions of PostgreSQL that do something else than compute: what each of them does, to follow its name.

They act outside of tables, or beyond the statement, and a READ ONLY transaction does not stop most of them. From the
manual's chapter "System Administration Functions", and from the manuals of extensions. `pg_sleep` is not among them:
it only takes time, which has a limit of its own.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


def _by_name(groups: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({name: reason for reason, names in groups.items() for name in names.split()})


BUILT_IN: Final[Mapping[str, str]] = _by_name(
    {
        "stops what other sessions do": "pg_cancel_backend pg_terminate_backend",
        "sends a message to other sessions": "pg_notify",
        "takes or gives up locks that other sessions wait for": """
            pg_advisory_lock pg_advisory_lock_shared pg_advisory_unlock pg_advisory_unlock_all pg_advisory_unlock_shared
            pg_advisory_xact_lock pg_advisory_xact_lock_shared pg_try_advisory_lock pg_try_advisory_lock_shared
            pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared
        """,
        "changes a setting of the session": "set_config",
        "changes a sequence": "nextval setval",
        "runs SQL that stands in a text": """
            query_to_xml query_to_xml_and_xmlschema query_to_xmlschema ts_stat
        """,
        "runs SQL of its own": """
            cursor_to_xml cursor_to_xmlschema database_to_xml database_to_xml_and_xmlschema database_to_xmlschema
            schema_to_xml schema_to_xml_and_xmlschema schema_to_xmlschema table_to_xml table_to_xml_and_xmlschema
            table_to_xmlschema
        """,
        "writes large objects": """
            lo_creat lo_create lo_from_bytea lo_put lo_truncate lo_truncate64 lo_unlink lowrite
        """,
        "reads or writes files of the server": """
            lo_export lo_import pg_current_logfile pg_hba_file_rules pg_ident_file_mappings pg_ls_archive_statusdir
            pg_ls_dir pg_ls_logdir pg_ls_logicalmapdir pg_ls_logicalsnapdir pg_ls_replslotdir pg_ls_summariesdir
            pg_ls_tmpdir pg_ls_waldir pg_read_binary_file pg_read_file pg_read_file_old pg_show_all_file_settings
            pg_stat_file
        """,
        "writes into the server's own log": """
            pg_create_restore_point pg_log_backend_memory_contexts pg_log_standby_snapshot pg_logical_emit_message
            pg_switch_wal
        """,
        "changes how the server runs": """
            pg_backup_start pg_backup_stop pg_promote pg_reload_conf pg_rotate_logfile pg_rotate_logfile_old
            pg_wal_replay_pause pg_wal_replay_resume
        """,
        "changes what is replicated": """
            pg_copy_logical_replication_slot pg_copy_physical_replication_slot pg_create_logical_replication_slot
            pg_create_physical_replication_slot pg_drop_replication_slot pg_logical_slot_get_binary_changes
            pg_logical_slot_get_changes pg_logical_slot_peek_binary_changes pg_logical_slot_peek_changes
            pg_replication_origin_advance pg_replication_origin_create pg_replication_origin_drop
            pg_replication_origin_session_reset pg_replication_origin_session_setup pg_replication_origin_xact_reset
            pg_replication_origin_xact_setup pg_replication_slot_advance pg_sync_replication_slots
        """,
        "changes statistics of the server": """
            pg_clear_attribute_stats pg_clear_relation_stats pg_restore_attribute_stats pg_restore_relation_stats
            pg_stat_clear_snapshot pg_stat_force_next_flush pg_stat_reset pg_stat_reset_backend_stats
            pg_stat_reset_replication_slot pg_stat_reset_shared pg_stat_reset_single_function_counters
            pg_stat_reset_single_table_counters pg_stat_reset_slru pg_stat_reset_subscription_stats
        """,
        "changes the catalog or an index": """
            brin_desummarize_range brin_summarize_new_values brin_summarize_range gin_clean_pending_list
            pg_extension_config_dump pg_import_system_collations pg_nextoid pg_stop_making_pinned_objects
        """,
        "keeps rows for other sessions": "pg_export_snapshot",
        "uses up a transaction number": "pg_current_xact_id txid_current",
    }
)
"""The server's own."""

OF_EXTENSIONS: Final[Mapping[str, str]] = _by_name(
    {
        "works through a connection of its own": """
            dblink dblink_cancel_query dblink_close dblink_connect dblink_connect_u dblink_disconnect dblink_exec
            dblink_fetch dblink_get_result dblink_open dblink_send_query pg_background_launch
            postgres_fdw_disconnect postgres_fdw_disconnect_all
        """,
        "calls other machines": """
            http_delete http_get http_head http_patch http_post http_put query_export_to_s3 table_import_from_s3
        """,
        "reads or writes files of the server": """
            pg_file_read pg_file_rename pg_file_sync pg_file_unlink pg_file_write pg_logdir_ls
        """,
        "changes statistics of the server": """
            pg_qualstats_reset pg_stat_kcache_reset pg_stat_monitor_reset pg_stat_statements_reset
        """,
        "changes how the server runs": """
            autoprewarm_dump_now autoprewarm_start_worker pg_buffercache_evict pg_buffercache_evict_all
            pg_buffercache_evict_relation pg_prewarm pg_wait_sampling_reset_profile
        """,
        "changes the files of a table": "heap_force_freeze heap_force_kill pg_truncate_visibility_map",
    }
)
"""Of extensions, in whatever schema."""

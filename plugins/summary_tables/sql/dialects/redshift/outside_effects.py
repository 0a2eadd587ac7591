"""Functions of Redshift that do something else than compute: what each of them does, to follow its name.

From Amazon's manual, chapter "System administration functions". Functions of Python, SQL and Lambda belong to people.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

BUILT_IN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "change_query_priority": "changes how the server runs",
        "change_session_priority": "changes how the server runs",
        "change_user_priority": "changes how the server runs",
        "pg_cancel_backend": "stops what other sessions do",
        "pg_terminate_backend": "stops what other sessions do",
        "reboot_cluster": "changes how the server runs",
        "set_config": "changes a setting of the session",
    }
)
"""The server's own."""

OF_EXTENSIONS: Final[Mapping[str, str]] = MappingProxyType({})
"""There are none."""

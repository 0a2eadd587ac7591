"""dbt's own macros that decide where a model goes, as far as projects call them or put theirs in their place."""

from collections.abc import Mapping
from typing import Final

DISPATCHED: Final = ("postgres__", "default__")
"""What stands before the name of a macro that takes the place of dbt's own, in dbt's order."""

OWN_MACROS: Final[Mapping[str, str]] = {
    "default__generate_schema_name": "{% macro default__generate_schema_name(custom_schema_name, node) -%}"
    "{%- if custom_schema_name is none -%}{{ target.schema }}"
    "{%- else -%}{{ target.schema }}_{{ custom_schema_name | trim }}{%- endif -%}"
    "{%- endmacro %}",
    "generate_schema_name_for_env": "{% macro generate_schema_name_for_env(custom_schema_name, node) -%}"
    "{%- if target.name == 'prod' and custom_schema_name is not none -%}{{ custom_schema_name | trim }}"
    "{%- else -%}{{ target.schema }}{%- endif -%}"
    "{%- endmacro %}",
    "default__generate_alias_name": "{% macro default__generate_alias_name(custom_alias_name=none, node=none) -%}"
    "{%- if custom_alias_name -%}{{ custom_alias_name | trim }}"
    "{%- elif node.version -%}{{ return(node.name ~ '_v' ~ (node.version | replace('.', '_'))) }}"
    "{%- else -%}{{ node.name }}{%- endif -%}"
    "{%- endmacro %}",
}

"""Texts and values as dbt's files hold them: dbt fills in templates also in descriptions and arguments."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import yaml

from summary_tables.text.written_number import plain

_MARKS: Final = re.compile(r"\{[{%#]")
_END_OF_RAW: Final = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")


def has_template(value: object) -> bool:
    """Whether dbt would take a part of it for a template."""
    if isinstance(value, str):
        return _MARKS.search(value) is not None
    if isinstance(value, Mapping):
        return any(map(has_template, value.values()))
    return any(map(has_template, value)) if isinstance(value, Sequence) else False


def as_it_is(text: str) -> str:
    """`text` so that dbt takes no part of it for a template."""
    if not has_template(text):
        return text
    # What would end the raw text stands behind it, as a text of its own.
    inner = _END_OF_RAW.sub(lambda found: f"{{% endraw %}}{{{{ '{found[0]}' }}}}{{% raw %}}", text)
    return f"{{% raw %}}{inner}{{% endraw %}}"


def all_as_it_is(value: Any) -> Any:
    """`value` with `as_it_is` of each text in it."""
    if isinstance(value, str):
        return as_it_is(value)
    if isinstance(value, Mapping):
        return {key: all_as_it_is(each) for key, each in value.items()}
    return [all_as_it_is(each) for each in value] if isinstance(value, list | tuple) else value


def jinja_text(text: str) -> str:
    """`text` as Jinja writes it.

    dbt reads the `config` of a plain model by a parser of its own, which knows no `\\`: what needs one is made of two
    texts, which that parser leaves to Jinja.
    """
    quote = "'" if '"' in text else '"'
    if quote not in text and "\\" not in text:
        return f"{quote}{text}{quote}"
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"('{escaped}' ~ '')"


def dumped(data: Mapping[str, Any]) -> str:
    """The text of a YAML file."""
    return yaml.safe_dump(
        plain_data(data), sort_keys=False, allow_unicode=True, width=120, default_flow_style=False, indent=2
    )


def plain_data(value: Any) -> Any:
    """Mappings, lists and values of YAML's own types."""
    if isinstance(value, Mapping):
        return {str(key): plain_data(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain_data(each) for each in value]
    return plain(value)


def comment(lines: Sequence[str]) -> str:
    """A comment of Jinja with these lines; nothing without any. It never reaches the warehouse."""
    if not lines:
        return ""
    text = "\n".join(f"  {line}" for line in lines).replace("#}", "# }").replace("{#", "{ #")
    return f"{{#\n{text}\n#}}\n"

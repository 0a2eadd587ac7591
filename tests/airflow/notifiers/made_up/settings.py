"""What `made_up: {file: ...}` in `defaults.yaml` says."""

from dataclasses import dataclass

from summary_tables.model.settings import NotifierSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUp(NotifierSettings):
    """`file` gets a line a run, `call` is put before the line where somebody should look at once."""

    NAME = "made_up"

    file: str = ""
    call: str = ""


SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"file": {"type": "string"}, "call": {"type": "string"}},
}

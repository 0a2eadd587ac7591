"""What `made_up: {conn_id: ...}` in `defaults.yaml` says."""

from dataclasses import dataclass

from summary_tables.model.settings import NotifierSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUp(NotifierSettings):
    """The file `conn_id` gets two lines a message, `mention` is put before those where somebody should look at once."""

    NAME = "made_up"


SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"conn_id": {"type": "string"}, "mention": {"type": "string"}},
}

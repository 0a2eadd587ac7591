"""The message log: what people are told, and what of it they have been told."""

import json
from collections.abc import Mapping
from typing import Any

from summary_tables.model.incident import Message, Place
from summary_tables.model.notice import Bullets, Fact, Link, Notice, Piece
from summary_tables.warehouse.logs.build_log import utc
from summary_tables.warehouse.session.session import Row


def message_from_row(row: Row) -> Message:
    """The record of the columns `MESSAGE_COLUMNS` and the thread."""
    message_id, incident_id, schema, table, owner, kind, *place, notice, recorded_at, not_before, tries, thread = row
    notifier, conn_id, channel, mention = place
    return Message(
        message_id=message_id,
        incident_id=incident_id or "",
        schema=schema,
        table=table,
        owner=owner or "",
        kind=kind,
        place=Place(notifier=notifier or "", conn_id=conn_id, channel=channel or "", mention=mention or ""),
        notice=notice_from(json.loads(notice)),
        recorded_at=utc(recorded_at),
        not_before=utc(not_before),
        thread=thread or "",
        is_repeated=tries > 1,
    )


def notice_from(document: Mapping[str, Any]) -> Notice:
    """The notice of a JSON object. One of a later release may say more; that is left out."""
    known = {name: document[name] for name in Notice.__dataclass_fields__ if name in document}
    return Notice(
        **{
            **known,
            "lists": tuple(
                Bullets(title=each["title"], lines=tuple(each["lines"])) for each in document.get("lists", ())
            ),
            "facts": tuple(
                Fact(name=each["name"], pieces=tuple(Piece(**piece) for piece in each["pieces"]))
                for each in document.get("facts", ())
            ),
            "links": tuple(Link(**each) for each in document.get("links", ())),
            "context": tuple(document.get("context", ())),
        }
    )

"""Writes down what it is told."""

from pathlib import Path

from summary_tables.model.incident import Answer, Message, Told


def tell(message: Message) -> Answer:
    place, notice = message.place, message.notice
    called = f"{place.mention} " if notice.is_urgent else ""
    with Path(place.conn_id).open("a", encoding="utf-8") as file:
        file.write(f"{called}{notice.headline}\n{notice.words}\n")
    return Told()

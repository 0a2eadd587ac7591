"""Which files people are to hear of because they cannot be used, or can be used again."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from summary_tables.alerts.policy import Policy
from summary_tables.alerts.routes import default_places, policy_of
from summary_tables.alerts.watch import notices
from summary_tables.alerts.watch.folder import BrokenFile
from summary_tables.alerts.watch.seen import Recorded, Seen
from summary_tables.configs.config import DEFAULTS_FILE, FOLDER_NAME
from summary_tables.model.incident import FILES_TOGETHER, Event, Incident

MANY: Final = 5
"""So many files that break at once are told as one."""


def file_events(seen: Seen) -> Iterator[Recorded]:
    """What is to be recorded of the files now."""
    new = {key: file for key, file in _broken(seen).items() if seen.incident(key, "file") is None}
    are_many = len(new) >= MANY
    if are_many:
        yield _of_many(list(new.values()), seen)
    for key, file in _broken(seen).items():
        known = seen.incident(key, "file")
        if known is None or not (known.is_silent and _cause(file) in known.causes):
            yield _of_file(file, seen, is_silent=are_many and key in new)
    yield from _mended(seen)


def _broken(seen: Seen) -> dict[str, BrokenFile]:
    """By the full name under which each is recorded: its table's, or that of the file where nobody knows that."""
    return {_key(file): file for file in seen.look.broken.values() if _conn_id(file, seen) in seen.answered}


def _key(file: BrokenFile) -> str:
    return file.config.table.full_name if file.config else f".{file.file}"


def _conn_id(file: BrokenFile, seen: Seen) -> str:
    return file.config.table.conn_id if file.config else seen.default_conn_id


def _shown(file: str) -> str:
    return f"{FOLDER_NAME}/{file}"


def _policy(file: BrokenFile, seen: Seen) -> Policy:
    if file.config:
        return policy_of(file.config.table, seen.look.settings)
    return _policy_of_all(seen)


def _policy_of_all(seen: Seen) -> Policy:
    settings = seen.look.settings
    return Policy(places=default_places(settings), remind_after=settings.alerts.remind_after or None)


def _of_file(file: BrokenFile, seen: Seen, *, is_silent: bool) -> Recorded:
    schema, table = (file.config.table.schema, file.config.table.table) if file.config else ("", file.file)
    event = Event(
        kind="broken_file",
        schema=schema,
        table=table,
        at=seen.now,
        notice=notices.broken(_shown(file.file), file.problems, file.config),
        causes=(_cause(file),),
        reason=file.problems[0],
        owner=file.config.table.owner if file.config else "",
        is_silent=is_silent,
    )
    return Recorded(event=event, policy=_policy(file, seen), conn_id=_conn_id(file, seen))


def _cause(file: BrokenFile) -> str:
    """The same mistake on another line is the same."""
    return _digest(file.problems[0].partition("[")[2])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _of_many(files: list[BrokenFile], seen: Seen) -> Recorded:
    problems = {_shown(file.file): file.problems for file in sorted(files, key=lambda file: file.file)}
    policies = [_policy(file, seen) for file in files]
    places = {place.key: replace(place, mention="") for policy in policies for place in policy.places}
    event = Event(
        kind="broken_file",
        schema="",
        table=FILES_TOGETHER,
        at=seen.now,
        notice=notices.many_broken(problems),
        # Others may follow before these are mended: they are another cause.
        causes=(_digest(repr(problems)),),
        reason=f"{len(files)} files broke at once.",
    )
    policy = replace(policies[0], places=tuple(places.values()), remind_after=None)
    return Recorded(event=event, policy=policy, conn_id=seen.default_conn_id)


def _mended(seen: Seen) -> Iterator[Recorded]:
    broken = _broken(seen)
    of_files = [(conn_id, each) for conn_id, found in seen.open.items() for each in found if each.about == "file"]
    left = {each.full_name for _, each in of_files} & broken.keys()
    for conn_id, incident in of_files:
        if incident.is_of_files:
            if not any(each.is_silent for _, each in of_files if each.full_name in left):
                yield _well(incident, conn_id, seen)
            elif _policy_of_all(seen).reminds(incident, seen.now):
                yield _unchanged(incident, conn_id, seen)
        elif incident.full_name not in broken:
            yield _well(incident, conn_id, seen)


def _unchanged(incident: Incident, conn_id: str, seen: Seen) -> Recorded:
    event = Event(kind="unchanged", schema=incident.schema, table=incident.table, at=seen.now, about=incident.about)
    return Recorded(event=event, policy=replace(_policy_of_all(seen), places=incident.places), conn_id=conn_id)


def _well(incident: Incident, conn_id: str, seen: Seen) -> Recorded:
    config = seen.look.configs.get(incident.full_name)
    file = config.path.name if config else incident.table if not incident.schema else f"{incident.table}.yaml"
    is_gone = config is None and file != DEFAULTS_FILE
    name = incident.full_name if incident.schema else ""
    if incident.is_of_files:
        notice = notices.mended("all files that broke at once", "", is_gone=False)
    else:
        notice = notices.mended(_shown(file), name, is_gone=is_gone and file not in seen.look.files)
    event = Event(kind="mended", schema=incident.schema, table=incident.table, at=seen.now, notice=notice)
    policy = policy_of(config.table, seen.look.settings) if config else Policy()
    return Recorded(event=event, policy=replace(policy, places=incident.places), conn_id=conn_id)

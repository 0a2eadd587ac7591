"""Which tables people are to hear of because they are late: one message for what has one cause.

A table that is late alone is an incident of its own. Where several are late because of one, the place that hears of
them gets one message, which is an incident of that one (`waiting`); each of them is an incident, too, that nobody is
told of, so that no later round tells it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from summary_tables.alerts.lateness.lateness import Lateness
from summary_tables.alerts.lateness.reasons import CauseKind
from summary_tables.alerts.policy import Policy
from summary_tables.alerts.watch import notices
from summary_tables.alerts.watch.news import ALL, because, news, root_of
from summary_tables.alerts.watch.seen import Recorded, Seen
from summary_tables.model.incident import FAILED_CAUSE, Event, Incident, Place
from summary_tables.model.notice import Notice

_MOST_MENTIONS: Final = 5

MANY: Final = 5
"""So many tables that are late at once, each by itself and for the same reason, are told as one."""

_POLICY: Final = Policy()


def late_events(seen: Seen) -> Iterator[Recorded]:
    """What of them is to be recorded now."""
    groups = _groups(seen)
    told: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for group in groups:
        for name in group.names:
            told[name].add(group.place.key)
    with_waiting = {group: _root_that_tells(group, groups, seen) for group in groups if group.is_new}
    for group, root in with_waiting.items():
        yield _of_group(group, seen, is_silent=root)
    for name in news(seen):
        yield _of_table(name, seen, told[name], [g for g, is_told in with_waiting.items() if is_told])


@dataclass(frozen=True)
class _Group:
    """Of what is late because of `root`, or for the reason that stands there, those of which `place` hears."""

    root: str
    place: Place
    names: tuple[str, ...]
    is_new: bool

    @property
    def about(self) -> str:
        return f"waiting {':'.join(self.place.key)}"

    @property
    def is_of_table(self) -> bool:
        return not self.root.startswith(ALL)


def _groups(seen: Seen) -> tuple[_Group, ...]:
    """Those that are told as one, also where that was told in an earlier round."""
    new = news(seen)
    many = _of_one_kind(new, seen)
    found: dict[tuple[str, tuple[str, str, str]], dict[str, Place]] = defaultdict(dict)
    for name in new:
        root = _root(name, seen.late[name], many)
        for place in seen.policy(name).places if root else ():
            found[(root, place.key)][name] = place
    groups = (_group(root, places, seen) for (root, _), places in found.items())
    return tuple(group for group in groups if group)


def _of_one_kind(names: Iterable[str], seen: Seen) -> frozenset[CauseKind]:
    """The reasons that many tables have, each for itself."""
    count: dict[CauseKind, int] = defaultdict(int)
    for name in names:
        if seen.late[name].cause.table == name:
            count[seen.late[name].cause.kind] += 1
    return frozenset(kind for kind, number in count.items() if number >= MANY)


def _root(name: str, late: Lateness, many: frozenset[CauseKind]) -> str:
    """What it is late because of; empty: only of itself."""
    cause = late.cause
    if cause.kind == "outage" or (cause.table == name and cause.kind in many):
        return f"{ALL}{cause.kind}"
    return cause.table if cause.table != name else ""


def _group(root: str, places: Mapping[str, Place], seen: Seen) -> _Group | None:
    """Of the places of several tables, which are one. None: there is one table only, which is told by itself."""
    first, *_ = places.values()
    mentions = dict.fromkeys(place.mention for place in places.values() if place.mention)
    place = replace(first, mention=" ".join(tuple(mentions)[:_MOST_MENTIONS]))
    group = _Group(root=root, place=place, names=tuple(sorted(places)), is_new=True)
    if seen.incident(_full_name(root), group.about):
        return replace(group, is_new=False)
    # Two connections may lead to one warehouse.
    earlier = {each.full_name for each in _told_alone(root, seen) if place.key in _keys(each.places)}
    group = replace(group, names=(*group.names, *sorted(earlier.difference(group.names))))
    return group if len(group.names) > 1 else None


def _keys(places: Iterable[Place]) -> frozenset[tuple[str, str, str]]:
    return frozenset(place.key for place in places)


def _told_alone(root: str, seen: Seen) -> Iterator[Incident]:
    """What is late because of the same already."""
    for found in seen.open.values():
        yield from (each for each in found if each.kind == "late" and root_of(each) == root)


def _root_that_tells(group: _Group, groups: Sequence[_Group], seen: Seen) -> bool:
    """The table that is to blame is late itself, and its own message at the same place says who waits for it."""
    if not group.is_of_table or group.root not in news(seen):
        return False
    is_grouped = any(group.root in other.names and other.place.key == group.place.key for other in groups)
    return not is_grouped and group.place.key in _keys(seen.policy(group.root).places)


def _of_group(group: _Group, seen: Seen, *, is_silent: bool) -> Recorded:
    first = group.names[0]
    number = f"{len(group.names):,} tables"
    event = Event(
        kind="waiting",
        schema=_full_name(group.root).rpartition(".")[0],
        table=_full_name(group.root).rpartition(".")[2],
        at=seen.now,
        notice=_notice_of_group(group, seen),
        causes=(group.root,),
        reason=f"{number} had waited" if group.is_of_table else f"{number} had been late",
        about=group.about,
        is_silent=is_silent,
    )
    # For how long it goes on is said later: see `_reminder`.
    policies = [seen.policy(name) for name in group.names if name in seen.look.configs]
    is_high = any(policy.is_high for policy in policies)
    policy = replace(policies[0], places=(group.place,), remind_after=None, is_high=is_high)
    return Recorded(event=event, policy=policy, conn_id=seen.conn_id(first))


def _full_name(root: str) -> str:
    return root if not root.startswith(ALL) else f".{root}"


def _notice_of_group(group: _Group, seen: Seen) -> Notice:
    late = seen.late[group.names[0]]
    if group.is_of_table:
        return notices.waiting(group.root, late.why, group.names, seen.page(group.root.rpartition(".")[2]))
    if late.cause.kind == "outage" and seen.outage:
        return notices.after_outage(seen.outage, group.names, seen.look.settings.zone, seen.now)
    return notices.all_late(late.cause.kind, group.names)


def _of_table(name: str, seen: Seen, told: set[tuple[str, str, str]], said_by_root: Sequence[_Group]) -> Recorded:
    config, late, policy = seen.look.configs[name], seen.late[name], seen.policy(name)
    alone = tuple(place for place in policy.places if place.key not in told)
    waiting = tuple(dict.fromkeys(waiter for group in said_by_root if group.root == name for waiter in group.names))
    page = seen.page(config.table.table)
    event = Event(
        kind="late",
        schema=config.table.schema,
        table=config.table.table,
        at=seen.now,
        notice=notices.late(config, late, seen.newest.get(name), waiting, page, seen.now),
        causes=tuple(_causes(name, late)),
        reason=late.reason[:1].upper() + late.reason[1:] + ".",
        owner=config.table.owner,
        is_silent=not alone,
        live_at=seen.newest[name].run_at if name in seen.newest else None,
    )
    return Recorded(event=event, policy=replace(policy, places=alone or policy.places), conn_id=config.table.conn_id)


def _causes(name: str, late: Lateness) -> Iterator[str]:
    if late.cause.kind == "failed" and late.cause.table == name:
        # That its run failed was told, or will be.
        yield FAILED_CAUSE
    yield because(name, late)


def waiting_events(seen: Seen, told_there: Mapping[str, frozenset[tuple[str, str, str]]]) -> Iterator[Recorded]:
    """The messages about several tables of which none is late any more, or some are for long.

    `told_there`: by table, the places that heard a moment ago that it is well again, and need not hear the same twice.
    """
    late = [each for found in seen.open.values() for each in found if each.kind == "late"]
    still = {root_of(each): each.full_name for each in late}
    # What a warehouse knows that is away, nobody does.
    all_are_known = {config.table.conn_id for config in seen.look.configs.values()} <= seen.answered
    for conn_id, found in seen.open.items():
        for incident in found:
            root = incident.causes[0] if incident.causes else ""
            if incident.kind == "waiting" and root in still:
                yield from _reminder(incident, root, still[root], conn_id, seen)
            elif incident.kind == "waiting" and all_are_known:
                yield _arrived(incident, root, conn_id, seen, told_there.get(root, frozenset()))


def _reminder(incident: Incident, root: str, name: str, conn_id: str, seen: Seen) -> Iterator[Recorded]:
    """Where the cause has a conversation of its own, that goes on there. `name`: a table that is late for it."""
    own = seen.incident(root, "build")
    policy = seen.policy(name) if name in seen.look.configs else _POLICY
    if (own and not own.is_silent) or not policy.reminds(incident, seen.now):
        return
    event = Event(kind="unchanged", schema=incident.schema, table=incident.table, at=seen.now, about=incident.about)
    yield Recorded(event=event, policy=replace(policy, places=incident.places), conn_id=conn_id)


def _arrived(
    incident: Incident, root: str, conn_id: str, seen: Seen, told: frozenset[tuple[str, str, str]]
) -> Recorded:
    is_told = any(place.key in told for place in incident.places)
    config = seen.look.configs.get(root)
    zone = config.table.timezone if config else seen.look.settings.zone
    event = Event(
        kind="over" if is_told else "arrived",
        schema=incident.schema,
        table=incident.table,
        at=seen.now,
        notice=notices.arrived(incident, "" if root.startswith(ALL) else root, zone, seen.now),
        about=incident.about,
    )
    policy = seen.policy(root) if config else _POLICY
    return Recorded(event=event, policy=replace(policy, places=incident.places), conn_id=conn_id)

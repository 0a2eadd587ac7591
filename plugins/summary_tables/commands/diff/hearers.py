"""Who hears of a table, where a pull request changes that: by its file, or for many by `defaults.yaml`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from summary_tables.alerts.policy import Policy
from summary_tables.alerts.routes import policy_of
from summary_tables.commands.diff.changes import TableChange
from summary_tables.configs.table_file import TableFile
from summary_tables.model.alerts import DAYS, USUAL_ALERTS, QuietHours
from summary_tables.model.incident import Place
from summary_tables.model.settings import Settings
from summary_tables.text.durations import written_span
from summary_tables.text.english import listed
from summary_tables.text.markdown_text import code

OF_HEARERS: Final = frozenset({"alerts", "priority"})
"""The keys that are told of here."""

_MOST = 20


def hearer_lines(change: TableChange) -> Iterator[str]:
    """Of a table that stays, where it changes; of a new one, where it is not as for all."""
    if change.after is None:
        return
    now = hearers(change.after)
    if change.before:
        before = hearers(change.before)
        if before != now:
            yield f"- **Who hears of it** {before} → {now}"
    elif _is_its_own(change.after):
        yield f"- **Who hears of it** {now}"


def inherited_lines(pairs: Iterable[tuple[TableFile, TableFile]]) -> Iterator[str]:
    """Of tables whose own files stay as they are: those of which others hear with another `defaults.yaml`."""
    names: dict[tuple[str, str], list[str]] = {}
    for before, after in pairs:
        words = (hearers(before), hearers(after))
        if words[0] != words[1] and (_can_differ(before) or _can_differ(after)):
            names.setdefault(words, []).append(after.full_name)
    for (old, new), tables in names.items():
        yield f"- **Who hears of** {_some(tables)}: {old} → {new}"


def _can_differ(file: TableFile) -> bool:
    """Otherwise all hear what `slack` says, of which the change itself says that it is for all."""
    settings = file.config.settings
    return settings.alerts != USUAL_ALERTS or any(owner.slack for owner in settings.owners)


def left_out_words(key: str) -> str:
    """What a key of `owners` or `alerts` in `defaults.yaml` means where nobody writes it; empty for other keys."""
    name, _, part = key.partition(": ")
    if name == "owners":
        return "not listed" if part else "anybody"
    return _OF_ALERTS[part] if name == "alerts" else ""


_OF_ALERTS: Final = {
    "default": "where `slack` says",
    "remind_after": code(written_span(USUAL_ALERTS.remind_after)),
    "digest_at": code(f"{USUAL_ALERTS.digest_at:%H:%M}"),
    "routes": "none",
}


def _some(names: Sequence[str]) -> str:
    return listed([code(name) for name in names], _MOST)


def _is_its_own(file: TableFile) -> bool:
    table, settings = file.config.table, file.config.settings
    return (
        bool(OF_HEARERS & file.data.keys()) or bool(settings.alerts.routes) or bool(settings.owner(table.owner).slack)
    )


def hearers(file: TableFile) -> str:
    """Where messages about the table go, whom they call, and when they wait."""
    return _words(policy_of(file.config.table, file.config.settings), file.config.settings)


def _words(policy: Policy, settings: Settings) -> str:
    parts = [listed([_place(place) for place in policy.places])]
    if mentions := dict.fromkeys(place.mention for place in policy.places if place.mention):
        parts.append(f"calls {listed([code(mention) for mention in mentions])}")
    if policy.quiet:
        waits = "warnings wait" if policy.is_high else "waits"
        parts.append(f"{waits} {listed([_quiet(each) for each in policy.quiet])} ({settings.zone})")
    elif policy.is_high:
        parts.append("errors at once")
    if policy.remind_after != USUAL_ALERTS.remind_after:
        after = policy.remind_after
        parts.append(f"reminds after {written_span(after)}" if after else "reminds nobody")
    return "; ".join(parts)


def _place(place: Place) -> str:
    return f"{code(place.conn_id)} ({code(place.channel)})" if place.channel else code(place.conn_id)


def _quiet(quiet: QuietHours) -> str:
    whole = (quiet.start, quiet.end) == (QuietHours().start, QuietHours().end)
    hours = "" if whole else f"from {quiet.start:%H:%M} to {quiet.end:%H:%M}"
    days = "" if quiet.days == DAYS else f"on {', '.join(quiet.days)}"
    return " ".join(filter(None, (hours, days)))

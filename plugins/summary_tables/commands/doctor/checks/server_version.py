"""The warehouse is a PostgreSQL that is tested, with the setting that keeps builds fast."""

from collections.abc import Iterator

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup

_OLDEST = 15
_GUARDED = {15: 8, 16: 4}
"""By major version, the first minor one with `restrict_nonsystem_relation_kind`; later ones all have it."""


def _findings(setup: Setup) -> Iterator[Finding]:
    if setup.settings.warehouse.dialect != "postgres":
        return
    for found, answer in setup.answers.values():
        major, minor = divmod(answer.version, 10_000)
        if major < _OLDEST:
            what = f"{found.called} leads to a PostgreSQL {major}; {_OLDEST} is the oldest that is tested."
            yield Finding(what=what, fix=f"upgrade the server to PostgreSQL {_OLDEST} or newer")
        elif minor < _GUARDED.get(major, 0):
            newer = f"{major}.{_GUARDED[major]}"
            yield Finding(
                what=f"{found.called} leads to a PostgreSQL {major}.{minor}, in which each build is written twice.",
                fix=f"upgrade the server to {newer} or newer: docs/build_role.md says why",
            )


CHECK = Check(name="server-version", group="Versions", findings=_findings)

"""What people were to hear of tables has reached them."""

from collections.abc import Iterator

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup
from summary_tables.text.english import counted


def _findings(setup: Setup) -> Iterator[Finding]:
    for _, answer in setup.answers.values():
        for untold in answer.untold:
            number = counted(untold.messages, "message")
            yield Finding(
                what=f"{number} could not be told by the connection `{untold.conn_id}`: {untold.problem.rstrip('.')}.",
                fix="mend the connection (Admin, Connections): what waits is told by itself afterwards",
            )


CHECK = Check(name="messages-told", group="Connections", findings=_findings)

"""What dbt said on its way, as far as its results do not say it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from summary_tables.dbt.error_text import error_text
from summary_tables.dbt.events import Event, event
from summary_tables.dbt.run_results import NodeResult, SourceAge
from summary_tables.model.failure import Refusal
from summary_tables.runs.dbt_build.places import path_of, place_text
from summary_tables.runs.dbt_build.remedies import with_remedy
from summary_tables.runs.dbt_build.versions import refuse_older

Tell = Callable[[Event], None]

NOTHING_BUILT: Final = "Nothing was built."
_KEPT_LINES: Final = 20
_NO_CAUSE: Final = re.compile(r"ERROR|PARTIAL SUCCESS.*")
"""What dbt says of a model that it builds day by day; the warehouse's words stand in an event of their own."""
_ON_THE_WAY: Final = "GenericExceptionOnRun"
_TRACEBACK: Final = "MainStackTrace"
_FAULT_OF_DBT: Final = (
    "dbt itself failed, and does not say on which file: {} Look at what was changed last in the project; `dbt parse` "
    "in its folder shows where in dbt it was."
)
_ITS_WORDS: Final = re.compile(r"\AUnhandled error while executing \S*\s*(?:Exception on worker thread\. )?")
_HIDDEN: Final = "***"
_LEAST_SECRET: Final = 5
"""As long as Airflow's own: a shorter password is a part of many words, and dbt prints none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DbtRefusal(Refusal):
    """`place` and `live` are those of `Failure`; `live` is empty where it is not known."""

    place: str = ""
    live: str = ""


@dataclass(slots=True)
class Said:
    """`tell` hears of each event. `secret` is in nothing that is handed on."""

    tell: Tell
    secret: str = field(default="", repr=False)
    code: int = 0
    _errors: list[str] = field(default_factory=list)
    _other: list[str] = field(default_factory=list)
    _on_the_way: dict[str, str] = field(default_factory=dict)
    _unanswered: list[str] = field(default_factory=list)
    _results: list[str] = field(default_factory=list)
    _is_dbt: bool = False
    _has_failed_itself: bool = False
    _has_begun: bool = False

    def line(self, text: str) -> None:
        """One line of its output. Raises `TooOldError`."""
        found = event(text)
        if found is None:
            self._other = [*self._other, self._clean(text)][-_KEPT_LINES:]
            return
        refuse_older(found)
        # Not in the line: there it may be written another way, and a short one is part of other words.
        clean = replace(found, message=self._clean(found.message))
        self._keep(clean)
        self.tell(clean)

    def _keep(self, found: Event) -> None:
        self._is_dbt = True
        self._has_begun |= found.name == "LogStartLine"
        if found.level != "error" or not found.message:
            return
        if found.name == _TRACEBACK:
            self._has_failed_itself = True
            return
        if not found.ends:
            self._errors.append(found.message)
        if found.name == _ON_THE_WAY:
            self._on_the_way.setdefault(found.unique_id, found.message)
        elif found.name == "LogFreshnessResult" and found.unique_id:
            self._unanswered.append(found.unique_id)
        elif found.name == "RunResultError":
            self._results.append(found.message)

    def with_cause(self, result: NodeResult) -> NodeResult:
        """The result with the warehouse's words where dbt's own only say that it failed, and without the secret."""
        message = self._clean(result.message)
        if _NO_CAUSE.fullmatch(message) and (cause := self._on_the_way.get(result.unique_id) or self._only_cause):
            message = _ITS_WORDS.sub("", cause.removeprefix("[ERROR]: "))
        return replace(result, message=message, compiled_code=self._clean(result.compiled_code))

    @property
    def _only_cause(self) -> str:
        return next(iter(self._on_the_way.values()), "") if len(self._on_the_way) == 1 else ""

    def unanswered(self, ages: Iterable[SourceAge]) -> Iterator[SourceAge]:
        """The sources of which dbt could not find out how old they are: its results leave them out."""
        known = {age.unique_id for age in ages}
        for unique_id in (each for each in self._unanswered if each not in known):
            name = unique_id.rpartition(".")[2]
            words = next((each for each in self._results if f" in source {name} (" in each), "")
            yield SourceAge(unique_id=unique_id, status="runtime error", message=words)

    def refusal(self, project: Path, program: Path) -> DbtRefusal:
        """Why it came to no results: the last of its errors, or of what it said."""
        live = "" if self._has_begun else NOTHING_BUILT
        if self.code < 0:
            return DbtRefusal(error=_ended(-self.code), may_pass=True, live=live)
        if self._errors:
            said = error_text(self._errors[-1])
            first = error_text(self._errors[0]).words
            words = said.words if len(self._errors) == 1 else f"{first} {said.words}"
            words = _FAULT_OF_DBT.format(words) if self._has_failed_itself else with_remedy(words)
            place = place_text(path_of(project, said.file), said.line)
            return DbtRefusal(error=words, details=said.quoted, may_pass=True, place=place, live=live)
        last = next((line.strip() for line in reversed(self._other) if line.strip()), "")
        words = error_text(last).words if last else f"it ended with code {self.code} and said nothing."
        words = words if self._is_dbt else f"{program} does not answer as dbt-core 1 does: {words}"
        return DbtRefusal(error=words, may_pass=True, live=live)

    def _clean(self, text: str) -> str:
        return text.replace(self.secret, _HIDDEN) if len(self.secret) >= _LEAST_SECRET else text


def _ended(signal: int) -> str:
    out_of_memory = ", as a machine does that is out of memory" if signal == 9 else ""
    return f"dbt was ended from outside (signal {signal}{out_of_memory})."

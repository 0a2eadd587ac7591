"""What a growing table should hold, computed in Python: a second, simple-minded way to the same rows."""

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from itertools import permutations

from summary_tables.model.build import Build
from summary_tables.model.increment import run_moment

Row = tuple[object, ...]
KEY, DAY = 0, 1


@dataclass
class Base:
    """A version: its rows with the moment of the run that each came from, and the increments in it.

    `began` and `end` are those of a whole build; None where it is none. `columns` are what readers see of it.
    """

    rows: list[tuple[Row, datetime | None]]
    began: datetime | None = None
    end: datetime | None = None
    applied: list[Build] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)


@dataclass
class Model:
    """A table with its versions; `live` is the name of the one that readers see."""

    strategy: str
    bases: dict[str, Base] = field(default_factory=dict)
    live: str = ""
    published: dict[str, str] = field(default_factory=dict)

    def rows(self) -> Counter[Row]:
        """What readers see."""
        return Counter(row for row, _ in self.bases[self.live].rows) if self.live else Counter()

    def publish(self, build: Build, picture: list[Row]) -> bool:
        """Publish a build of these rows; False: it changes nothing, because it has been done or is too old."""
        if build.version in self.published or not self.may_show(set(build.columns)):
            return False
        done = self._replace(build, picture) if build.strategy == "replace" else self._add(build, picture)
        if done:
            self.published[build.version] = self.live
            self.bases[self.live].columns |= set(build.columns)
        return done

    def may_show(self, columns: set[str]) -> bool:
        """Readers miss no column."""
        return not self.live or self.bases[self.live].columns <= columns

    def after_all(self, builds: list[tuple[Build, list[Row]]]) -> list["Model"]:
        """What may come of publishing these at once: one model for each order."""
        models = []
        for order in permutations(builds):
            model = deepcopy(self)
            for build, picture in order:
                model.publish(build, picture)
            models.append(model)
        return models

    def _replace(self, build: Build, picture: list[Row]) -> bool:
        now = self.bases.get(self.live)
        if now and self._has_what_is_newer(now, build):
            return False
        self.bases[build.version] = Base([(row, None) for row in picture], build.started_at, run_moment(build))
        self.live = build.version
        return True

    def _has_what_is_newer(self, now: Base, build: Build) -> bool:
        began = [one.started_at for one in now.applied] + ([now.began] if now.began else [])
        ends = [run_moment(one) for one in now.applied] + ([now.end] if now.end else [])
        return any(moment > build.started_at for moment in began) or any(end > run_moment(build) for end in ends)

    def _add(self, build: Build, picture: list[Row]) -> bool:
        moment = run_moment(build)
        if not self.live:
            self.bases[build.version] = Base([(row, moment) for row in picture], applied=[build])
            self.live = build.version
            return True
        now = self.bases[self.live]
        if any(run_moment(one) == moment and one.started_at > build.started_at for one in now.applied):
            return False
        is_covered = now.end is not None and now.end >= moment
        if self.strategy == "append" and self.live == "plain" and now.applied and moment < run_moment(now.applied[0]):
            return False
        if is_covered and now.began and (now.began > build.started_at or self.strategy == "append"):
            return False
        self._change(now, build, picture)
        now.applied.append(build)
        return True

    def _change(self, now: Base, build: Build, picture: list[Row]) -> None:
        moment = run_moment(build)
        if self.strategy == "append":
            now.rows = [(row, came) for row, came in now.rows if came != moment]
        elif self.strategy == "delete_insert":
            assert build.interval_start
            first, last = build.interval_start.date(), moment.date()
            now.rows = [(row, came) for row, came in now.rows if not first <= row[DAY] < last]  # type: ignore[operator]  # it is a date
        else:
            later = {row[KEY] for row, came in now.rows if (came or now.end or moment) > moment}
            picture = [row for row in picture if row[KEY] not in later]
            keys = {row[KEY] for row in picture}
            now.rows = [(row, came) for row, came in now.rows if row[KEY] not in keys]
        now.rows += [(row, moment) for row in picture]

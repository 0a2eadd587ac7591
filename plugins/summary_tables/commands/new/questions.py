"""The five questions about a new table, asked on a terminal."""

import contextlib
from collections.abc import Callable, Mapping
from functools import partial

from summary_tables.commands.new.config_template import BY_HAND
from summary_tables.commands.new.new_table import DAILY, NewTable
from summary_tables.text.visible import visible

Schedule = str | tuple[str, ...]


def ask(new: NewTable, given: Mapping[str, str], schedule: Schedule) -> tuple[dict[str, str], Schedule]:
    """What is not `given` already: table, schema, description and owner; and the schedule.

    Each answer is asked for until lint has nothing against it. Raises EOFError where there is no more input.
    """
    # Gives the line that is typed arrow keys, and a backspace that knows how wide a letter is.
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - input() uses it once it is imported
    print("Five questions; Enter takes what stands in brackets, Ctrl-C leaves without a file.\n")
    answers: dict[str, str] = {}
    for key, (question, default) in _questions(new).items():
        answers[key] = given.get(key) or _answer(question, default, partial(new.problem_of, key))
    return answers, schedule or _schedule(new)


def _questions(new: NewTable) -> Mapping[str, tuple[str, str]]:
    """For each key what is asked and what Enter means."""
    return {
        "table": ("1. What is the table called, e.g. nps_summary?", ""),
        "schema": (f"2. In which schema do people read it?{_in_use(new.schemas)}", next(iter(new.schemas), "")),
        "description": ("3. What does it hold? One sentence for those who will read it.", ""),
        "owner": (f"4. Which person or team answers for it?{_in_use(new.owners)}", new.default_owner),
    }


def _in_use(names: tuple[str, ...]) -> str:
    return f" Known here: {', '.join(names[:8])}." if names else ""


def _answer(question: str, default: str, problem_of: Callable[[str], str]) -> str:
    print(visible(question))
    while True:
        answer = _line(f"   [{visible(default)}] > " if default else "   > ") or default
        problem = problem_of(answer) if answer else "an answer is needed"
        if not problem:
            return answer
        print(f"   {visible(problem)}")


def _line(prompt: str) -> str:
    try:
        return input(prompt).strip()
    except UnicodeDecodeError:
        print("   the answer is not UTF-8")
        return ""


_WHEN = """\
5. When is it built?
   1  every day at 03:00 {zone}
   2  at other times: five cron fields in {zone}, e.g. 30 6 * * 1 for Mondays at 06:30
   3  after other summary tables: their names, e.g. analytics.mau_summary
   4  when somebody starts it in Airflow"""


def _schedule(new: NewTable) -> Schedule:
    default = new.default_schedule or DAILY
    print(_WHEN.format(zone=new.timezone))
    while True:
        answer = _line(f"   [{visible(default)}] > ") or default
        if answer in _FOLLOW_UPS:
            answer = _line(_FOLLOW_UPS[answer])
        schedule = schedule_of({"1": DAILY, "4": BY_HAND}.get(answer, answer))
        problem = new.problem_of("schedule", {"after": schedule} if isinstance(schedule, tuple) else schedule)
        if not problem:
            return schedule
        print(f"   {visible(problem)}")


_FOLLOW_UPS = {"2": "   minute hour day month weekday > ", "3": "   tables, with commas between them > "}


def schedule_of(text: str) -> Schedule:
    """Names of tables, with commas or blanks between them, or what else a schedule may be."""
    names = text.replace(",", " ").split()
    return tuple(names) if names and all("." in name for name in names) else text

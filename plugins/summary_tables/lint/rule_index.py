"""Every id that can stand in the brackets of a message, and what is said of it at length."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from summary_tables.lint.dry_run import rule_ids
from summary_tables.lint.rules import RULES
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderRule:
    """What is found before there is a table to ask the rules about.

    `hides`: what cannot be seen as long as it is there: `all` that is no mistake of YAML, or what `rules` say.
    """

    manual: str
    hides: Literal["all", "rules", "nothing"] = "rules"
    has_edits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRule:
    """What is found in a file of `sources/`, or in `defaults.yaml`. A comment silences what is no error."""

    manual: str
    level: Level = "error"


READER_RULES: Mapping[str, ReaderRule] = {
    "file": ReaderRule(
        manual="The file is UTF-8, not empty, and at most 1 MB. Of its problems the first 100 are said.",
        hides="all",
    ),
    "yaml": ReaderRule(
        manual="The file is YAML, without aliases and tags, one document.",
        hides="all",
        has_edits=True,
    ),
    "shape": ReaderRule(manual="The file is a list of `key: value` lines."),
    "value": ReaderRule(manual="A value has the type and the form that its key wants.", has_edits=True),
    "unknown-key": ReaderRule(
        manual="Every key is one of the format; a misspelt key would do nothing, silently.", has_edits=True
    ),
    "missing-key": ReaderRule(manual="The keys that a table cannot do without are there."),
    "duplicate-key": ReaderRule(manual="A key stands once in its block: of two, one would win silently."),
    "lint-comment": ReaderRule(
        manual="`# lint: ignore[rule] reason` names rules that can be ignored, says why, and hides something.",
        hides="nothing",
    ),
}

SOURCE_RULES: Mapping[str, SourceRule] = {
    "source-twice": SourceRule(manual="A table, a column or a type stands once in its file of `sources/`."),
    "source-built-here": SourceRule(
        manual="No table in `sources/` is a summary table of the same folder: its own file says what it has."
    ),
    "source-loaded-at": SourceRule(manual="The column of `loaded_at` is one of the `columns` of its table."),
    "source-type": SourceRule(
        manual="The type of a column is one of the warehouse, or stands under `types` in the file of its schema.\n\n"
        "Where no type of nearly that name is known it is only worth a look: an extension may have it.",
        level="warning",
    ),
}
"""What is wrong in a file of `sources/` that its schema allows."""

DEFAULTS_RULES: Mapping[str, SourceRule] = {
    "alerts": SourceRule(
        manual="Routes in `defaults.yaml` are about tables that exist, and quiet hours end.\n\n"
        "The first route of the list that is about a table is its own: one that stands behind a route which is about "
        "all of its tables is never used.",
        level="warning",
    ),
}
"""What is wrong in `defaults.yaml` that its schema allows."""

DBT_RULES: Mapping[str, SourceRule] = {
    "dbt-project": SourceRule(
        manual="The dbt project is there, with its target and packages.\n\n"
        "`project` names a folder that holds `dbt_project.yml`. `target` is one of the project's own `profiles.yml`, "
        "where it has one. Packages that it uses have been brought by `dbt deps`. No table that it builds is built by "
        "a file of its own, or by another project, as well.",
    ),
    "dbt-manifest": SourceRule(
        manual="What a dbt project builds is known, and `select` means some.\n\n"
        "`target/manifest.json` is there, not older than the project's models and seeds, and for the target of the "
        "file. `summary-tables dbt manifest` has dbt write it, where lint runs and where Airflow reads the files.",
        level="warning",
    ),
}
"""What is wrong in the file of a dbt project that its schema allows."""

CSV_RULES: Mapping[str, str] = {
    "csv-file": "The CSV file of a table can be read, and its headers and cells are what `columns` say.",
}
"""What is wrong with a CSV file that a table is made of. Each with its line of explanation."""

WAREHOUSE_RULES: Mapping[str, str] = {rule: f"{words[0].upper()}{words[1:]}." for rule, words in rule_ids.RULES.items()}
"""What a warehouse knows, found where `--warehouse` asks it, or known sources. Each with its line of explanation."""

TEST_RULES: Mapping[str, str] = {
    "query-test": "Each test in `tests` gives the rows that it expects: found by `summary-tables test`.",
}
"""What is found by running the tests of a query. Each with its line of explanation."""

_RULES: Mapping[str, Rule] = {rule.id: rule for rule in RULES}

IGNORABLE_RULES: frozenset[str] = frozenset(
    {
        *(rule.id for rule in RULES if rule.can_be_ignored),
        *WAREHOUSE_RULES,
        *(rule for rule, known in {**SOURCE_RULES, **DEFAULTS_RULES, **DBT_RULES}.items() if known.level != "error"),
    }
)
"""The rules that `# lint: ignore[...]` silences."""

_WITHOUT_MODULE: Mapping[str, str] = {
    **{rule: known.manual for rule, known in READER_RULES.items()},
    **{rule: known.manual for rule, known in SOURCE_RULES.items()},
    **{rule: known.manual for rule, known in DEFAULTS_RULES.items()},
    **{rule: known.manual for rule, known in DBT_RULES.items()},
    **CSV_RULES,
    **WAREHOUSE_RULES,
    **TEST_RULES,
}

RULE_IDS: tuple[str, ...] = (
    *READER_RULES,
    *SOURCE_RULES,
    *DEFAULTS_RULES,
    *DBT_RULES,
    *_RULES,
    *CSV_RULES,
    *WAREHOUSE_RULES,
    *TEST_RULES,
)
"""All of them: those of the reader, those of `sources/`, `defaults.yaml` and dbt projects, those of `rules/` in the
order of their registry, those of CSV files, those of a warehouse."""


def level_of(rule: str) -> Level:
    """How bad a problem of this id is, at worst. Raises KeyError for an id that is not in `RULE_IDS`."""
    if known := SOURCE_RULES.get(rule) or DEFAULTS_RULES.get(rule) or DBT_RULES.get(rule):
        return known.level
    return "error" if rule in _WITHOUT_MODULE else _RULES[rule].level


def summary_of(rule: str) -> str:
    """The first paragraph of its manual, on one line. Raises KeyError for an id that is not in `RULE_IDS`."""
    return " ".join(manual_of(rule).partition("\n\n")[0].splitlines())


def manual_of(rule: str) -> str:
    """What is said of the rule at length, with PASS and FAIL where it has them. Raises KeyError for an unknown id."""
    return _WITHOUT_MODULE[rule] if rule in _WITHOUT_MODULE else _RULES[rule].manual


def has_edits(rule: str) -> bool:
    """Whether `--fix` can do something about some of its problems."""
    known = READER_RULES.get(rule) or _RULES.get(rule)
    return known is not None and known.has_edits


def stage_of(rule: str) -> int:
    """Whoever reads a file meets its problems one stage after the other; each hides those of later stages."""
    if rule in _RULES:
        return 1 if _RULES[rule].is_of_schema else 2
    return {"all": 0, "rules": 1, "nothing": 2}[READER_RULES[rule].hides] if rule in READER_RULES else 2

"""Keys that are misspelt, misplaced, called by another tool's name, or missing."""

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import islice

from summary_tables.configs.schema.key_synonyms import other_words
from summary_tables.configs.schema.mistake import KeyFinding, SchemaError, listed, value_name
from summary_tables.configs.schema.units import in_unit_of, leaves_unit_open, unit_of
from summary_tables.configs.schema_files import load_schema, owners_of_keys
from summary_tables.configs.yaml.document import YamlDocument, YamlPath
from summary_tables.model.dbt_project import DBT_KEY
from summary_tables.model.problem import Finding, Place
from summary_tables.text.spelling import nearest

_MOST_OTHERS = 100
"""Of one block, the unknown keys that are looked at for one that is missing."""
_BULLETS = "-\u2013\u2014\u2022\u00b7*"


def owner_of_keys(path: YamlPath, known: Collection[str] = ()) -> str:
    """The key under which the keys at `path` stand, as `owners_of_keys` calls it.

    `known`: the keys that may stand there, by which the top of a file in `sources/` is told from that of a table.
    """
    if not path and "tables" in known:
        return "sources"
    if path[:1] == ("types",):
        return "source_types"
    if path[:2] == ("schedule", "after") and isinstance(path[-1], int):
        return "parent"
    keys = [step for step in path if isinstance(step, str)]
    name = str(keys[-1]) if keys else ""
    return "check" if name in ("input_check", "output_check") else name


def unknown(error: SchemaError, document: YamlDocument) -> Iterator[Finding[Place]]:
    """One mistake for each key that does not belong here."""
    known = list(error.subschema["properties"])
    for key in error.value:
        if key not in known:
            yield _unknown_key(str(key), known, error, document)


def _unknown_key(key: str, known: list[str], error: SchemaError, document: YamlDocument) -> Finding[Place]:
    path = (*error.path, key)
    if number := _number_with_comma(key, error, document):
        return number
    if (
        error.path[-2:-1] in (("columns",), ("tables",), ("types",))
        and _is_only(error)
        and key not in other_words(owner_of_keys(error.path))
    ):
        return _name_as_key(key, error, document)
    meant = meant_key(key, error.path, error.value, known)
    if meant == "after" and not error.path:
        return _after_at_top(key, error, document)
    if isinstance(error.value[key], dict) and {"table", "sql", "expect"}.intersection(known, error.value[key]):
        return _level_too_many(key, error, document)
    if meant:
        return KeyFinding(
            rule="unknown-key",
            place=document.span_of_key(path),
            message=f"`{key}` is not a key of {value_name(error.path)}",
            fix=_new_name(key, meant, error.value[key]),
            edit=document.edit_of_key(path, meant) if meant not in error.value and _is_spelt_like(key, meant) else None,
            meant=meant,
        )
    fix, about = _advice(key, known, error, document)
    return KeyFinding(
        rule="unknown-key",
        place=document.span_of_key(path),
        message=f"`{key}` is not a key of {value_name(error.path)}",
        fix=fix,
        meant=about,
    )


def _number_with_comma(key: str, error: SchemaError, document: YamlDocument) -> Finding[Place] | None:
    """`{min: 100,000}` and `{min: 1,5}`: the comma ends the number, and what follows it is the next key."""
    keys = list(error.value)
    before = str(keys[keys.index(key) - 1]) if keys.index(key) else ""
    if not before or not re.fullmatch(r"[0-9]{1,3}", key) or error.value[key] is not None:
        return None
    source = document.source_of_value(error.path)
    found = re.search(rf"{re.escape(before)}[\"']?\s*:\s*(?P<number>[-+]?[0-9]{{1,3}},{key})\s*[,}}]", source)
    if not found:
        return None
    number = found["number"].replace(",", "" if len(key) == len("000") else ".")
    return KeyFinding(
        rule="value",
        place=document.span_of_value((*error.path, before)),
        message=f"`{found['number']}` is no number to YAML: the comma ends it",
        fix=f"write `{before}: {number}`",
        meant=before,
    )


def _is_only(error: SchemaError) -> bool:
    return len(error.value) == 1 and isinstance(next(iter(error.value.values())), str | None)


def _name_as_key(key: str, error: SchemaError, document: YamlDocument) -> Finding[Place]:
    """`- date: date` below `columns`."""
    written = error.value[key] if error.path[-2] == "columns" else None
    return KeyFinding(
        rule="unknown-key",
        place=document.span_of_key((*error.path, key)),
        message=f"`{key}` is not a key of {value_name(error.path)}",
        fix=f"write `name: {key}`" + (f" and `type: {written}` below it" if written else ""),
        meant="name",
    )


def _new_name(key: str, meant: str, value: object) -> str:
    """`statement_timeout: 30s` has another unit than the key that was meant, or none that is known."""
    if not leaves_unit_open(_word(key), meant):
        return f"rename it to `{meant}`"
    number = in_unit_of(meant, value)
    return f"write `{meant}: {number}`" if number else f"rename it to `{meant}`, which counts {unit_of(meant)}"


def _advice(key: str, known: list[str], error: SchemaError, document: YamlDocument) -> tuple[str, str]:
    """What to do with a key that has no other name here, and the key that it is about."""
    near = other_words(owner_of_keys(error.path, known)).get(key) or nearest(key, known)
    if near and near in error.value:
        line = document.place_of_key((*error.path, near))[0]
        return f"delete it, or the `{near}` that is set on line {line}", near
    if len(known) == 1:
        return f"the one key allowed here is `{known[0]}`", known[0]
    if _is_of_project(known, error):
        return _advice_in_project(key, known, error.value)
    is_source = "tables" in known or error.path[:1] in (("tables",), ("types",))
    is_defaults = not error.path and "main_sql" not in known and not is_source
    if is_defaults and "" in owners_of_keys().get(key, ()):
        return "move it to the file of its table: tables do not share it", key
    # `slack` and `warehouse` are known to defaults.yaml only.
    is_foreign = is_defaults or is_source or (error.path and error.path[0] not in owners_of_keys())
    owners = owners_of_keys().get(key, ())
    if owners and not is_foreign:
        return f"move it {_home(owners[0], key)}", key
    return f"the keys allowed here are {listed(known)}", ""


def _is_of_project(known: Collection[str], error: SchemaError) -> bool:
    return error.path[:1] == (DBT_KEY,) or (not error.path and DBT_KEY in known)


def _advice_in_project(key: str, known: list[str], present: Collection[object]) -> tuple[str, str]:
    """`select` stands under `dbt`, `schedule` beside it, and `main_sql` in another file."""
    beside = load_schema("dbt_project")["properties"]
    if DBT_KEY in known and key in beside[DBT_KEY]["properties"] and not (key == "schema" and "table" in present):
        return f"move it under `{DBT_KEY}`", DBT_KEY
    if DBT_KEY not in known and key in beside:
        return f"move it {_home('', key)}", key
    if DBT_KEY in known and "" in owners_of_keys().get(key, ()):
        return "move it to the file of a table: a dbt project has none", ""
    return f"the keys allowed here are {listed(known)}", ""


def meant_key(key: str, path: YamlPath, present: Mapping[str, object], known: list[str]) -> str | None:
    """The key that somebody meant by `key`, of those that are known at `path`; `after` at the top as well."""
    word, value = _word(key), present.get(key)
    free = [name for name in known if name not in present] or known
    if DBT_KEY in free and isinstance(value, dict) and "project" in value:
        return DBT_KEY
    if word in free:
        return word
    meant = other_words(owner_of_keys(path, known)).get(word)
    if meant and (meant in free or (meant == "after" and not path and "schedule" in known)):
        return meant
    return None if key in owners_of_keys() else nearest(word, free)


def _word(key: str) -> str:
    return key.strip().lower().replace("-", "_").replace(" ", "_")


def _is_spelt_like(key: str, meant: str) -> bool:
    """Whether `key` is `meant` misspelt. Another word for it, such as `team` for `owner`, is a guess."""
    return nearest(_word(key), [meant]) is not None and not leaves_unit_open(_word(key), meant)


def _level_too_many(key: str, error: SchemaError, document: YamlDocument) -> Finding[Place]:
    """`orders_by_day:` with the keys of the file below it, `- enough orders:` with those of a check."""
    path = (*error.path, key)
    first = str(next(iter(error.value[key])))
    has_name = owner_of_keys(error.path) in ("check", "tests")
    instead = f"write `name: {key}`" if has_name else "delete this line"
    return KeyFinding(
        rule="unknown-key",
        place=document.span_of_key(path),
        message=f"`{key}` is not a key of {value_name(error.path)}, and keys that are stand below it",
        fix=f"{instead}, and begin `{first}` and the lines below it in column {document.place_of_key(path)[1]}",
        meant=" ".join(map(str, error.value[key])),
    )


def _after_at_top(key: str, error: SchemaError, document: YamlDocument) -> Finding[Place]:
    """`after: [...]` and its other names stand under `schedule`."""
    path = (*error.path, key)
    value = error.value[key]
    names = [str(name) for name in (value if isinstance(value, list) else [value])]
    written = f"schedule: {{after: [{', '.join(names)}]}}"
    has_schedule = "schedule" in error.value
    edit = document.edit_from_key(path, written)
    return KeyFinding(
        rule="unknown-key",
        place=document.span_of_key(path),
        message=f"`{key}` is not a key of this file: what a table waits for stands under `schedule`",
        fix=f"write `{written}`" + (", instead of the `schedule` that is there" if has_schedule else ""),
        edit=None if has_schedule or not all(map(_is_name, names)) else edit,
        meant="schedule",
    )


def _is_name(text: str) -> bool:
    return text.replace(".", "").replace("_", "").isalnum()


def _home(owner: str, key: str) -> str:
    if not owner:
        return "out of here, to a line of its own that begins in the first column"
    if owner == "check" and key not in ("count", "op"):
        return "into an item of `input_check` or `output_check`"
    if owner == "parent":
        return "into an item of `after`, which stands under `schedule`"
    return "into a check, to its `sql`" if owner == "check" else f"under `{owner}`"


def missing(error: SchemaError, document: YamlDocument) -> Iterator[Finding[Place]]:
    """The keys that are missing from one place; none that is there under another name."""
    known = list(error.subschema.get("properties", {}))
    present = error.value
    others = islice((str(name) for name in present if name not in known), _MOST_OTHERS)
    there = {meant_key(name, error.path, present, known) for name in others}
    lacking = [key for key in _required(error) if key not in present and key not in there]
    if lacking == ["sql"] and "count" not in present and "count" not in there:
        lacking = ["sql", "count"]
    if error.path and lacking:
        yield _missing_from_item(error, document, lacking)
    elif lacking:
        yield from (_missing_from_file(key, document) for key in lacking)


def _required(error: SchemaError) -> list[str]:
    if error.keyword == "dependentRequired":
        return [needed for key, dependents in error.limit.items() if key in error.value for needed in dependents]
    return list(error.limit[0]["required"] if error.keyword == "anyOf" else error.limit)


def _missing_from_item(error: SchemaError, document: YamlDocument, lacking: list[str]) -> Finding[Place]:
    name = value_name(error.path)
    if len(lacking) > 1:
        message = f"{name} has neither {' nor '.join(f'`{key}`' for key in lacking)}"
    else:
        message = f"`{lacking[0]}` is missing from {name}"
    fix = "add " + " and ".join(f"`{key}: {_EXAMPLES[key]}`" if key in _EXAMPLES else f"`{key}:`" for key in lacking)
    return KeyFinding(
        rule="missing-key",
        place=document.span_of_value(error.path),
        message=message,
        fix=fix,
        meant=" ".join(lacking),
    )


def _missing_from_file(key: str, document: YamlDocument) -> Finding[Place]:
    return KeyFinding(
        rule="missing-key",
        place=document.span_of_value(()),
        message=f"`{key}` is missing from this file",
        fix=f"add `{key}: {_EXAMPLES[key]}`" if key in _EXAMPLES else f"add `{key}:`",
        meant=key,
    )


_EXAMPLES = {"count": "1", "after": "[schema.table]", "columns": "[date]", "conn_id": "slack_bot"}


def bullet(key: str) -> str:
    """The dash or dot that `key` begins with: somebody meant a list item. Empty if there is none."""
    return key[0] if key[:1] and key[0] in _BULLETS else ""

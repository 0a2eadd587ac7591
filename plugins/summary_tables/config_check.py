"""Every mistake in the files of `dag_configs/`, and the configs without one. Lint and the generator both ask here."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summary_tables import schema_check, select_only, yaml_document
from summary_tables.after_check import after_problems
from summary_tables.checks import SqlCount
from summary_tables.config import DEFAULTS_FILE, Config, from_data, paths, shown_name
from summary_tables.model import Dialect
from summary_tables.problem import Problem
from summary_tables.schema_check import SchemaName
from summary_tables.yaml_document import YamlDocument, YamlPath


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFolder:
    """The configs that can be built, in the order of their names, and all that is wrong in the folder.

    A table that waits for one which nobody builds can be built, and is a problem all the same.
    """

    configs: tuple[Config, ...]
    problems: tuple[Problem, ...]


def check_folder(folder: Path) -> CheckedFolder:
    """Checks every file. While `defaults.yaml` is broken no table can be known, so there are no configs then."""
    defaults = check_defaults(folder)
    if isinstance(defaults, tuple):
        others = [found for path in paths(folder) if isinstance(found := check_file(path, {}), tuple)]
        return CheckedFolder(configs=(), problems=(*defaults, *sum(others, ()), *_overlooked_files(folder)))
    checked = {path.stem: check_file(path, defaults) for path in paths(folder)}
    configs = tuple(found for found in checked.values() if isinstance(found, Config))
    broken = {name: found for name, found in checked.items() if isinstance(found, tuple)}
    return CheckedFolder(
        configs=configs,
        problems=(
            *sum(broken.values(), ()),
            *after_problems(configs, broken.keys()),
            *_overlooked_files(folder),
        ),
    )


def check_defaults(folder: Path) -> dict[str, Any] | tuple[Problem, ...]:
    """What `defaults.yaml` says, or what is wrong with it. A folder may do without the file."""
    path = folder / DEFAULTS_FILE
    if not path.exists():
        return {}
    document = _valid_document(path, "defaults")
    return document if isinstance(document, tuple) else _mapping(document)


def check_file(path: Path, defaults: dict[str, Any]) -> Config | tuple[Problem, ...]:
    """One table's config, or all that is wrong with its file. Never raises: one file must not stop the others."""
    try:
        return _check_file(path, defaults)
    except Exception as error:
        message = f"checking the file failed ({type(error).__name__}: {error}); that is a mistake of the program"
        fix = "report it together with the file; until then, write the last change in another way"
        return (Problem(file=shown_name(path), line=0, column=0, rule="file", message=message, fix=fix),)


def _check_file(path: Path, defaults: dict[str, Any]) -> Config | tuple[Problem, ...]:
    document = _valid_document(path, "summary_table")
    if isinstance(document, tuple):
        return document
    config = from_data(_mapping(document), defaults, path)
    problems = sorted(_problems_beyond_the_schema(config, document))
    return tuple(problems) or config


def _valid_document(path: Path, schema: SchemaName) -> YamlDocument | tuple[Problem, ...]:
    document = yaml_document.read(path, shown_name(path))
    if isinstance(document, tuple):
        return document
    return schema_check.problems(document, schema) or document


def _mapping(document: YamlDocument) -> dict[str, Any]:
    if not isinstance(document.data, dict):
        raise TypeError("the schema lets nothing else through")
    return document.data


def _problems_beyond_the_schema(config: Config, document: YamlDocument) -> Iterator[Problem]:
    yield from _file_name(config, document)
    yield from _target_schema(config, document)
    yield from _hidden_sql(config, document)
    yield from _queries(config, document)
    yield from _layout(config, document)


def _file_name(config: Config, document: YamlDocument) -> Iterator[Problem]:
    """The name is the table's: one table then cannot stand in two files, and a running task finds its file at once."""
    table, path = config.table.table, config.path
    if path.stem == table:
        return
    line, column = document.place_of_value(("table",))
    taken = path.with_name(f"{table}.yaml").exists()
    if taken:
        fix = f"{path.parent.name}/{table}.yaml already builds it: delete this file, or give its table another name"
    else:
        fix = f"call the file {table}.yaml"
    message = f"the file {path.name} is not called after its table `{table}`"
    yield Problem(file=document.file, line=line, column=column, rule="file-name", message=message, fix=fix)


def _target_schema(config: Config, document: YamlDocument) -> Iterator[Problem]:
    versions_schema = config.settings.warehouse.versions_schema
    if config.table.schema == versions_schema:
        line, column = document.place_of_value(("schema",))
        message = f"`{versions_schema}` holds the versions and the build log of all tables; no table can stand there"
        fix = "name the schema in which people read the table"
        yield Problem(file=document.file, line=line, column=column, rule="layout", message=message, fix=fix)


def _hidden_sql(config: Config, document: YamlDocument) -> Iterator[Problem]:
    """Outside a `|` block YAML joins lines, and a `--` comment then swallows the rest of the query."""
    for at in _query_paths(config):
        if document.joins_lines(at) and "--" in _text(document, at):
            line, column = document.place_of_value(at)
            message = "YAML joins these lines into one, so that `--` hides the rest of the query"
            fix = f"write `{at[-1]}: |` and begin the SQL on the next line"
            yield Problem(file=document.file, line=line, column=column, rule="hidden-sql", message=message, fix=fix)


def _queries(config: Config, document: YamlDocument) -> Iterator[Problem]:
    dialect: Dialect = config.settings.warehouse.dialect
    for at in _query_paths(config):
        found = select_only.violation(_text(document, at), dialect)
        if found:
            line, column = document.place_in_text(at, found.offset)
            yield Problem(
                file=document.file, line=line, column=column, rule="select-only", message=found.message, fix=found.fix
            )


def _query_paths(config: Config) -> Iterator[YamlPath]:
    yield ("main_sql",)
    for group, checks in (("input_check", config.table.input_check), ("output_check", config.table.output_check)):
        for index, check in enumerate(checks):
            if isinstance(check, SqlCount):
                yield (group, index, "sql")


def _text(document: YamlDocument, path: YamlPath) -> str:
    value: Any = document.data
    for step in path:
        value = value[step]
    return str(value)


_REDSHIFT_KEYS = ("diststyle", "distkey", "sortkey", "sortstyle")
_POSTGRES_KEYS = ("fillfactor", "tablespace")


def _layout(config: Config, document: YamlDocument) -> Iterator[Problem]:
    """Layout that the configured warehouse does not know."""
    dialect = config.settings.warehouse.dialect
    foreign = _REDSHIFT_KEYS if dialect == "postgres" else _POSTGRES_KEYS
    owner = "Redshift" if dialect == "postgres" else "PostgreSQL"
    places: list[tuple[str, YamlPath]] = [
        (key, ("attributes", key)) for key in foreign if key in _mapping(document).get("attributes", {})
    ]
    if dialect == "redshift" and config.table.indexes:
        places.append(("indexes", ("indexes",)))
    for key, at in places:
        line, column = document.place_of_key(at)
        message = f"`{key}` is for {owner}; the warehouse here is {dialect} (defaults.yaml)"
        yield Problem(file=document.file, line=line, column=column, rule="layout", message=message, fix="delete it")


_CONFIG_LIKE = (".yaml", ".yml", ".json", ".txt")


def _overlooked_files(folder: Path) -> Iterator[Problem]:
    """Files that somebody meant as configs and that would otherwise do nothing, silently."""
    for path in sorted(found for found in folder.iterdir() if not found.name.startswith(".")):
        if path.is_dir() and any(path.rglob("*.y*ml")):
            yield _overlooked(path, "the files in this folder are not read", "move them up into the folder above")
        elif path.is_file() and path.suffix != ".yaml" and path.suffix.lower() in _CONFIG_LIKE:
            fix = f"rename it to {path.name.partition('.')[0]}.yaml"
            yield _overlooked(path, "the file is not read: configs end in .yaml", fix)


def _overlooked(path: Path, message: str, fix: str) -> Problem:
    return Problem(file=shown_name(path), line=0, column=0, rule="file-name", message=message, fix=fix)

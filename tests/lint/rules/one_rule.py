"""What one rule says of a file: the tests of rules write files as people do and compare whole sentences."""

from pathlib import Path
from textwrap import indent

from summary_tables.configs.folder import read_folder
from summary_tables.lint.rules.rule import Rule, problems


def config(main_sql: str, more: str = "", *, name: str = "t") -> str:
    """A config whose query begins on line 4, in column 3; `more` follows it."""
    return f"table: {name}\nschema: analytics\nmain_sql: |\n{indent(main_sql, '  ')}\n{more}"


def said(rule: Rule, folder: Path, text: str, **others: str) -> list[str]:
    """What `rule` says of `t.yaml` with `text`, beside the files `others`, as `line:column+length level: message`."""
    configs = folder / "dag_configs"
    configs.mkdir(exist_ok=True)
    for stem, other in {**others, "t": text}.items():
        (configs / f"{stem}.yaml").write_text(other, "utf-8")
    read = read_folder(configs)
    file = next(file for file in read.files if file.config.path.stem == "t")
    found = sorted(problems(rule, file, read))
    return [
        f"{problem.line}:{problem.column}+{problem.length} {problem.level}: {problem.message}; fix: {problem.fix}"
        for problem in found
    ]

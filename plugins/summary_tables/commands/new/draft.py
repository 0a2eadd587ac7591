"""Configs that are not written yet, judged by lint's rules as if they stood in their folder."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from summary_tables.configs.config import from_data
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schema import check
from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml import document as yaml_document
from summary_tables.lint.build_check import broken_rules
from summary_tables.lint.rules import RULES
from summary_tables.model.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The text of a file that is to stand at `path`."""

    path: Path
    text: str


def read(draft: Draft, folder: ConfigFolder) -> TableFile | tuple[Problem, ...]:
    """The draft as the schema reads it, or why it does not."""
    document = yaml_document.parse(draft.text.encode("utf-8", "surrogatepass"))
    wrong = document if isinstance(document, tuple) else check.findings(document, "summary_table")
    if isinstance(document, tuple) or wrong:
        return tuple(Problem.of(finding, draft.path) for finding in wrong)
    data = document.data if isinstance(document.data, dict) else {}
    return TableFile(config=from_data(data, folder.defaults or {}, draft.path), document=document)


def problems(drafts: Sequence[Draft], folder: ConfigFolder) -> tuple[Problem, ...]:
    """What lint will say of the drafts once they stand in `folder`, in place of files of the same name."""
    found = [read(draft, folder) for draft in drafts]
    files = [file for file in found if isinstance(file, TableFile)]
    unreadable = frozenset(draft.path.stem for draft, file in zip(drafts, found, strict=True) if file not in files)
    together = _with_files(folder, files, unreadable)
    judged = [broken_rules(RULES, file, together) if isinstance(file, TableFile) else file for file in found]
    return tuple(problem for one in judged for problem in one)


def _with_files(folder: ConfigFolder, files: Iterable[TableFile], unreadable: frozenset[str]) -> ConfigFolder:
    new = {file.config.path.name: file for file in files}
    kept = tuple(file for file in folder.files if file.config.path.name not in new)
    return replace(folder, files=(*kept, *new.values()), unreadable=folder.unreadable | unreadable)

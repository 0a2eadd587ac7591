"""What is said of the place where the files stand: git, and copies of the library."""

from collections.abc import Iterator
from pathlib import Path

from summary_tables.commands.init.repository_files import GITLAB_JOBS


def remarks(root: Path) -> Iterator[str]:
    """Sentences, each with what to do."""
    repository = next((place for place in (root, *root.parents) if (place / ".git").exists()), None)
    if repository is None:
        yield f"{root} is in no git repository, which pull requests need: git init {root}"
    elif repository != root:
        yield (
            f"{root} is inside the git repository {repository}: GitHub looks for .github/ there, and the workflows for "
            "dag_configs/ beside it. Move .github/ up and name the folder in the workflows, or give the tables a "
            "repository of their own."
        )
    if (root / GITLAB_JOBS).is_file() and GITLAB_JOBS not in _text(root / ".gitlab-ci.yml"):
        yield f"Nothing runs {GITLAB_JOBS} yet. Write into .gitlab-ci.yml: include: [{{ local: {GITLAB_JOBS} }}]"
    if (root / "plugins" / "summary_tables" / "__init__.py").exists():
        yield (
            "plugins/summary_tables/ is a copy of the library, whose place the installed package takes. Remove it: "
            "git rm -r plugins/summary_tables plugins/summary_tables_plugin.py"
        )


def _text(path: Path) -> str:
    """Empty where there is none that can be read."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""

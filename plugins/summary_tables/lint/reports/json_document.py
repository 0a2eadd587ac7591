"""For programs: a JSON document.

    {
      "version": 1,
      "files": 4,                          how many were looked at
      "errors": 1, "warnings": 0, "infos": 0,
      "problems": [
        {
          "file": "dag_configs/x.yaml",    what people call it
          "path": "dag_configs/x.yaml",    from the repository on; whole where the file lies elsewhere
          "line": 12, "column": 1,         from 1, in characters; null: the file as a whole
          "length": 11,                    in characters
          "level": "error",                error | warning | info
          "rule": "unknown-key",
          "message": "...", "fix": "...",  fix may be empty
          "edit": {"start": 210, "end": 221, "text": "output_check"}
        }                                  characters from 0 of the file's text without BOM; null: none
      ]
    }

Keys may be added; another `version` says that one has changed or gone.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from summary_tables.lint.reports.report import ReportOptions
from summary_tables.lint.result import LintResult
from summary_tables.model.problem import LEVELS, Problem
from summary_tables.text.visible import escaped

VERSION = 1


def report(result: LintResult, options: ReportOptions) -> str:
    """The document that the module describes."""
    counts = {f"{level}s": result.levels[level] for level in LEVELS}
    problems = [_problem(problem, options) for problem in result.problems]
    document = {"version": VERSION, "files": len(result.files), **counts, "problems": problems}
    return escaped(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _problem(problem: Problem, options: ReportOptions) -> Mapping[str, Any]:
    return {
        "file": problem.file,
        "path": options.relative(problem.path),
        "line": problem.line or None,
        "column": problem.column or None,
        "length": problem.length,
        "level": problem.level,
        "rule": problem.rule,
        "message": problem.message,
        "fix": problem.fix,
        "edit": asdict(problem.edit) if problem.edit else None,
    }

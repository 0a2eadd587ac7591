"""The forms in which problems can be reported.

To add one: a module here with a function `LintResult -> str`, its golden file, and a line below.
"""

from collections.abc import Callable, Mapping

from summary_tables.lint import LintResult
from summary_tables.reports import concise

REPORTS: Mapping[str, Callable[[LintResult], str]] = {"concise": concise.report}

"""What a file says that dbt cannot say, or says otherwise."""

from dataclasses import dataclass

from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.model.problem import Finding, Level, Problem

RULE = "export"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """`path` is what of the file is meant. `warning`: the project does something else; `info`: it does less."""

    path: YamlPath
    message: str
    fix: str = ""
    level: Level = "info"

    def problem(self, file: TableFile) -> Problem:
        """The remark as lint prints it."""
        place = file.place_of_setting(self.path)
        finding = Finding(place=place, rule=RULE, message=self.message, fix=self.fix, level=self.level)
        return Problem.of(finding, file.path)

    @property
    def sentence(self) -> str:
        """In one line, as a comment in the model has it."""
        return f"{self.message}; {self.fix}" if self.fix else self.message

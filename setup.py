"""A wheel carries `schemas/` inside the package; a checkout keeps them where editors look. The rest: pyproject.toml."""

from pathlib import Path
from shutil import copytree

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithSchemas(build_py):
    """`build_py` and a copy of `schemas/`, which lies outside of the package."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib) / "summary_tables" / "schemas"
            copytree(Path(__file__).parent / "schemas", target, dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithSchemas})

"""What keeps people from using a page, as axe-core finds it: https://github.com/dequelabs/axe-core."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Frame, Page

from tests.node_packages import node_modules

_GRAVE = ("critical", "serious")


def grave_findings(page: Page | Frame, rules: Sequence[str] = ()) -> list[str]:
    """Each with the elements that it is of; `rules`: by these alone."""
    page.evaluate(_script())
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    found = page.evaluate("(options) => axe.run(options)", options)
    return [
        f"{each['id']}: {each['help']}: {[node['html'][:200] for node in each['nodes']]}"
        for each in found["violations"]
        if each["impact"] in _GRAVE
    ]


def _script() -> str:
    return (node_modules(Path(__file__).parent) / "axe-core" / "axe.min.js").read_text("utf-8")

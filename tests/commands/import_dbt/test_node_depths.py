"""How many models lead to each, in projects that dbt would not build, too."""

import pytest

from summary_tables.commands.import_dbt.node_depths import node_depths
from summary_tables.dbt.manifest import Manifest
from tests.dbt.made_model import made_model


def manifest(**reads: str) -> Manifest:
    return Manifest(
        project="shop",
        models=tuple(made_model(name, unique_id=name, depends_on=tuple(names)) for name, names in reads.items()),
    )


@pytest.mark.parametrize(
    ("reads", "depths", "in_circles"),
    [
        ({"d": "bc", "c": "b", "b": "ax", "a": "x"}, "a2 b3 c4 d5", ""),
        ({"a": "a", "b": "a"}, "a1 b2", "a"),
        ({"a": "b", "b": "c", "c": "a", "d": "a"}, "a3 b2 c1 d4", "abc"),
        ({"a": "bc", "b": "c", "c": "b"}, "a3 b1 c2", "bc"),
    ],
)
def test_each_behind_what_it_reads(reads: dict[str, str], depths: str, in_circles: str) -> None:
    found = node_depths(manifest(**reads))
    assert " ".join(f"{name}{depth}" for name, depth in sorted(found.depths.items())) == depths
    assert found.in_circles == frozenset(in_circles)


def test_any_number_in_a_row() -> None:
    row = {f"n{number}": (f"n{number + 1}",) for number in range(5_000)}
    found = node_depths(manifest(**row, n5000=()))  # type: ignore[arg-type]
    assert found.depths["n0"] == 5_001

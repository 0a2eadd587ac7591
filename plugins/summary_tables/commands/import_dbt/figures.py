"""How much of a dbt project was taken over, in numbers."""

from collections.abc import Iterable, Iterator

from summary_tables.commands.import_dbt.imported import ImportedProject
from summary_tables.model.problem import Problem
from summary_tables.text.english import counted


def figures(found: ImportedProject, said_by_lint: Iterable[Problem]) -> Iterator[str]:
    """Lines such as `22 models: 18 taken over whole, 4 with a remark, 0 not at all.`"""
    manifest, plan = found.plan.manifest, found.plan
    written = {each.model.unique_id for each in found.models}
    said: dict[str, set[str]] = {}
    for remark in found.remarks:
        said.setdefault(remark.of, set()).add(remark.problem.level)
    of_paths = {each.draft.path: each.model.unique_id for each in found.models}
    for problem in said_by_lint:
        said.setdefault(of_paths.get(problem.path, ""), set()).add(problem.level)
    whole, remarked, left, inlined, kept = 0, 0, 0, 0, 0
    for model in manifest.models:
        is_inlined = plan.fate(model.unique_id) == "inlined"
        levels = said.get(model.unique_id, set())
        if model.unique_id not in written and not is_inlined:
            is_kept = model.materialized == "view" and "error" not in levels
            kept, left = kept + is_kept, left + (not is_kept)
        elif levels & {"error", "warning"}:
            remarked += 1
        else:
            whole += 1
        inlined += is_inlined
    taken = f"{whole} taken over whole, {remarked} with a remark, {left} not at all"
    inside = f"; {inlined} of them as a part of the queries that read them" if inlined else ""
    stay = f"; {counted(kept, 'view')} left as they are" if kept else ""
    yield f"{counted(len(manifest.models), 'model')}: {taken}{inside}{stay}."
    seeds = sum(seed.unique_id in written for seed in manifest.seeds)
    if manifest.seeds:
        yield f"{counted(len(manifest.seeds), 'seed')}: {seeds} taken over."

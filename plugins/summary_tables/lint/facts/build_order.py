"""The files of the folder whose tables another one reads, those first that read none of the others."""

from collections.abc import Callable, Iterable, Iterator

from summary_tables.configs.table_file import TableFile


def upstream_first(
    files: Iterable[TableFile], upstream: Callable[[TableFile], Iterable[TableFile]], done: Callable[[TableFile], bool]
) -> Iterator[TableFile]:
    """`files` and all that they read, also through others, each behind what it reads; what is `done` is left out.

    In a cycle the file comes last that was asked for first. Whoever takes a file makes it `done` before the next.
    """
    for file in files:
        waiting = [(file, iter(upstream(file)))] if not done(file) else []
        under_way = {file.path}
        while waiting:
            current, others = waiting[-1]
            following = next((other for other in others if not done(other) and other.path not in under_way), None)
            if following:
                under_way.add(following.path)
                waiting.append((following, iter(upstream(following))))
            else:
                waiting.pop()
                yield current

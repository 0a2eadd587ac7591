"""`summary-tables catalog build`: the catalogue as a folder of pages that need no server."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from summary_tables.commands.exit_code import OK, PROBLEMS
from summary_tables.commands.options.folder_option import chosen_folder
from summary_tables.commands.options.warehouse import RefusedError, add_warehouse_arguments, connected
from summary_tables.commands.usage_error import UsageError
from summary_tables.model.table_history import TableHistory
from summary_tables.text.english import counted
from summary_tables.text.visible import visible


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    words = "write a page a table, and a list of all, into a folder of their own"
    build = actions.add_parser("build", help=words, description=words)
    build.add_argument("--output", metavar="DIR", required=True, help="the folder of the pages: new, empty, or theirs")
    add_warehouse_arguments(build, is_required=False)


def run(arguments: argparse.Namespace) -> int:
    """PROBLEMS where the warehouse refuses; then the pages stay as they were."""
    # Templates and parsers are for this command alone.
    from summary_tables.commands.catalog.site_content import site_content
    from summary_tables.commands.catalog.site_files import site_files
    from summary_tables.commands.catalog.site_folder import refuse_foreign, write_site

    folder, output = chosen_folder(arguments), Path(arguments.output)
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder; name that of the configs with --folder")
    refuse_foreign(output)
    try:
        histories = _histories(arguments) if arguments.warehouse is not None else None
    except RefusedError as refused:
        print(f"summary-tables: {visible(str(refused))}", file=sys.stderr)
        return PROBLEMS
    content = site_content(folder, histories, datetime.now(UTC))
    write_site(output, site_files(content))
    print(_done(len(content.catalog.entries), output, is_asked=histories is not None))
    return OK


def _histories(arguments: argparse.Namespace) -> dict[str, TableHistory]:
    with connected(arguments) as at:
        from summary_tables.commands.catalog.site_content import histories_in
        from summary_tables.warehouse.session.session import open_session

        with open_session(at.connection, at.warehouse, shows_values=at.samples) as session:
            return dict(histories_in(session))


def _done(tables: int, output: Path, *, is_asked: bool) -> str:
    to = visible(str(output))
    said = f"Wrote the pages of {counted(tables, 'table')} to {to}: open {to}/index.html"
    return (
        said
        if is_asked
        else f"{said}\nNobody asked the warehouse: the pages do not say what is fresh. --warehouse does."
    )

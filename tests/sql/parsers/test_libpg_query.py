"""The library that reads SQL as PostgreSQL does, and the thread that it reads in."""

import subprocess
import sys
import threading

from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.parser import parse


def test_deep_query_in_a_thread_with_a_small_stack() -> None:
    """A process of its own: where the promise is broken, it is killed."""
    program = (
        "import threading; threading.stack_size(512 * 1024)\n"
        "from summary_tables.sql.dialects.postgres.dialect import DIALECT\n"
        "from summary_tables.sql.parser import parse\n"
        "deep = ('SELECT ' + '1+' * 24_000 + '1', 'SELECT ' + '1+' * 990 + '1')\n"
        "reader = threading.Thread(target=lambda: [parse(sql, DIALECT) for sql in deep])\n"
        "reader.start(); reader.join(); print('alive')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("alive\n", "", 0)


def test_size_of_stacks_is_that_of_the_caller_again() -> None:
    before = threading.stack_size()
    parse("SELECT 1 /* " + "x" * 5_000 + " */", POSTGRES)
    assert threading.stack_size() == before

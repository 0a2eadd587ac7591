"""What the entrypoint of the PostgreSQL image does before it starts the server."""

import subprocess
from pathlib import Path
from typing import Any

from demo.server_account import let_pass, server_account
from tests.compose.programs import postgres_programs


def prepare(home: Path, image: str, environment: dict[str, str]) -> tuple[list[str], dict[str, Any]]:
    """Makes superuser and database from POSTGRES_*; returns the server's command and arguments for `subprocess`.

    Every connection needs the password, as in the image; PostgreSQL does not run as root, neither here nor there.
    """
    programs, data, account = postgres_programs(image), home / "data", server_account()
    data.mkdir(mode=0o700)
    account.own(data)
    let_pass(programs / "postgres")
    as_account: dict[str, Any] = {"cwd": data, **account.popen_arguments()}
    user, database = environment["POSTGRES_USER"], environment.get("POSTGRES_DB", environment["POSTGRES_USER"])
    password_file = home / "password"
    password_file.touch(mode=0o600)
    password_file.write_text(environment["POSTGRES_PASSWORD"])
    account.own(password_file)
    _initdb(programs, data, user, password_file, as_account)
    password_file.unlink()
    if database != "postgres":
        _single_user(programs, data, f'CREATE DATABASE "{database}"', as_account)
    server = [str(programs / "postgres"), "-D", str(data), "-c", "listen_addresses=127.0.0.1"]
    return [*server, "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "max_connections=200"], as_account


def _initdb(programs: Path, data: Path, user: str, password_file: Path, as_account: dict[str, Any]) -> None:
    login = ["-U", user, "--auth=scram-sha-256", f"--pwfile={password_file}"]
    command: list[str | Path] = [programs / "initdb", "-D", data, *login, "--encoding=UTF8", "--locale=C", "--no-sync"]
    subprocess.run(command, check=True, capture_output=True, **as_account)


def _single_user(programs: Path, data: Path, statement: str, as_account: dict[str, Any]) -> None:
    command: list[str | Path] = [programs / "postgres", "--single", "-D", data, "postgres"]
    subprocess.run(command, input=f"{statement};\n", text=True, check=True, capture_output=True, **as_account)

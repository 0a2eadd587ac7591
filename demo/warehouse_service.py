"""Makes the roles of a warehouse that runs elsewhere and loads the sample data: `warehouse-init` of Docker Compose.

    python -m demo.warehouse_service

reads WAREHOUSE_ADDRESS (host:port), WAREHOUSE_ADMIN_PASSWORD (the superuser's) and WAREHOUSE_PASSWORD, which becomes
the password of the role `builder`.
"""

import os
import sys
from dataclasses import dataclass, field

import psycopg

from demo import sample_data, warehouse


@dataclass(frozen=True, slots=True, kw_only=True)
class WarehouseService:
    """A PostgreSQL server at `host:port`, for its superuser `postgres`."""

    address: str
    admin_password: str = field(repr=False)

    def connect(self, database: str = "postgres", user: str = "postgres", password: str = "") -> psycopg.Connection:
        """A new session, in autocommit mode."""
        host, _, port = self.address.rpartition(":")
        secret = password or self.admin_password
        return psycopg.connect(host=host, port=port, dbname=database, user=user, password=secret, autocommit=True)


def main() -> None:
    """Sets up what is missing; may be run again. Raises SystemExit, in plain words, where the server refuses."""
    server = WarehouseService(
        address=os.environ["WAREHOUSE_ADDRESS"], admin_password=os.environ["WAREHOUSE_ADMIN_PASSWORD"]
    )
    try:
        set_up(server)
    except psycopg.OperationalError as error:
        sys.exit(
            f"The sample warehouse cannot be set up: {error}\n"
            "WAREHOUSE_ADMIN_PASSWORD in .env must be the one with which its volume was made."
        )


def set_up(server: WarehouseService) -> None:
    """Roles, schemas, sample data. Raises psycopg.Error."""
    roles = warehouse.set_up(server)
    with server.connect() as session:
        warehouse.make_role(session, "builder", os.environ["WAREHOUSE_PASSWORD"])
    with server.connect(warehouse.DATABASE, "loader", roles.loader) as session:
        loaded = sample_data.load(session)
    print("\n".join(f"{table}: {rows:,} rows" for table, rows in loaded.items()))


if __name__ == "__main__":
    main()

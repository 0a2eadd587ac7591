"""Which notifier tells at a place: the one that the place names, or that of its connection's type."""

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import Final

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

from summary_tables.airflow import notifiers
from summary_tables.model.incident import NotTold, Place
from summary_tables.text.english import any_of

_NO_ANSWER: Final = "Airflow could not look up the connection `{conn_id}` ({error})"
_MISSING: Final = "Airflow has no connection `{conn_id}`"
_FOREIGN: Final = "the connection `{conn_id}` is of the type `{conn_type}`, which tells nobody: it has to be {known}"


class NoNotifier(NotTold):
    """Nobody tells at the place, and nobody will until somebody mends the connection."""


def notifier_of(place: Place) -> str | NotTold:
    """The folder of the notifier, or why there is none. Never raises."""
    if place.notifier:
        return place.notifier
    try:
        conn_type: str = Connection.get(place.conn_id).conn_type
    except AirflowNotFoundException:
        return NoNotifier(problem=_MISSING.format(conn_id=place.conn_id))
    except Exception as error:  # a secrets backend may raise anything, and its text may hold a secret
        return NotTold(problem=_NO_ANSWER.format(conn_id=place.conn_id, error=type(error).__name__))
    known = known_types()
    if conn_type in known:
        return known[conn_type]
    types = any_of(f"`{each}`" for each in known)
    return NoNotifier(problem=_FOREIGN.format(conn_id=place.conn_id, conn_type=conn_type, known=types))


def known_types() -> Mapping[str, str]:
    """Types of Airflow connections -> the notifier that tells by them."""
    names = sorted(found.name for found in pkgutil.iter_modules(notifiers.__path__) if found.ispkg)
    return {conn_type: name for name in names for conn_type in getattr(folder(name), "CONN_TYPES", ())}


def folder(name: str) -> ModuleType:
    """The package of a notifier, which imports nothing."""
    return import_module(f"{notifiers.__name__}.{name}")

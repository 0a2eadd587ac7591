"""Who asks Google: what an Airflow connection of the Google type, a key file or an environment variable says of it.

The extras of the connection are those of Airflow's Google provider, which itself is not needed:
https://airflow.apache.org/docs/apache-airflow-providers-google/stable/connections/gcp.html
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from summary_tables.sheets.error import SheetsError

ENDPOINT: Final = "https://sheets.googleapis.com"

_PREFIX: Final = "extra__google_cloud_platform__"
_UNUSABLE: Final = (
    "key_secret_name",
    "impersonation_chain",
    "credential_config_file",
    "is_anonymous",
    "idp_issuer_url",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleAccount:
    """A key, the path of a key file, or neither: then the account is that of the machine.

    `scopes` are those that may be asked for; none: whatever is needed. `where` says in words where all this stands.
    """

    where: str
    key: Mapping[str, Any] | None = field(default=None, repr=False)
    key_path: str = ""
    scopes: tuple[str, ...] = ()
    endpoint: str = ENDPOINT


def machine_account() -> GoogleAccount:
    """The account that Google's own tools find on this machine."""
    return GoogleAccount(where="this machine")


def account_from_extras(extras: Mapping[str, Any], where: str) -> GoogleAccount:
    """What the extras of an Airflow connection say. Raises SheetsError, which repeats none of them."""
    given = {name.removeprefix(_PREFIX): value for name, value in extras.items() if value not in (None, "")}
    for name in _UNUSABLE:
        if given.get(name):
            raise SheetsError(
                f"{_begin(where)} has `{name}`, which cannot be used for sheets. "
                "Give it `keyfile_dict` or `key_path` instead."
            )
    if "keyfile_dict" in given and "key_path" in given:
        raise SheetsError(f"{_begin(where)} has both `keyfile_dict` and `key_path`. Leave one of them out.")
    return GoogleAccount(
        where=where,
        key=_key(given["keyfile_dict"], f"`keyfile_dict` of {where}") if "keyfile_dict" in given else None,
        key_path=str(given.get("key_path", "")),
        scopes=_scopes(given.get("scope", given.get("scopes", ()))),
        endpoint=_endpoint(str(given.get("sheets_endpoint", ENDPOINT)), where),
    )


def account_from_text(text: str, where: str) -> GoogleAccount:
    """What an environment variable holds: a key, an Airflow connection (JSON or address), or the path of a key file.

    Raises SheetsError, which repeats nothing of it.
    """
    text = text.strip()
    if text.startswith("{"):
        found = _key(text, where)
        if "private_key" in found:
            return GoogleAccount(where=where, key=found)
        extra = found.get("extra", found)
        return account_from_extras(_key(extra, f"`extra` of {where}"), where)
    if "://" in text:
        return account_from_extras(_extras_of_address(text), where)
    return GoogleAccount(where=where, key_path=text)


def _extras_of_address(text: str) -> Mapping[str, Any]:
    """`google-cloud-platform://?key_path=...`, or with all of them as JSON in `__extra__`, as Airflow writes it."""
    extras: dict[str, Any] = dict(parse_qsl(urlsplit(text).query))
    return _key(extras["__extra__"], "`__extra__`") if "__extra__" in extras else extras


def _key(value: object, where: str) -> Mapping[str, Any]:
    try:
        found = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        found = None
    if not isinstance(found, Mapping):
        raise SheetsError(
            f"{_begin(where)} is not JSON. Paste the whole key file of a service account, braces included."
        )
    return found


def _begin(words: str) -> str:
    """As a sentence begins."""
    return words[:1].upper() + words[1:]


def _scopes(value: object) -> tuple[str, ...]:
    found = value.split(",") if isinstance(value, str) else value
    return tuple(str(scope).strip() for scope in found) if isinstance(found, list | tuple) else ()


def _endpoint(address: str, where: str) -> str:
    """Tokens are sent there: never without encryption to another machine."""
    parts = urlsplit(address)
    if parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts.hostname))):
        return address.rstrip("/")
    raise SheetsError(f"`sheets_endpoint` of {where} must be an address that begins with https://.")


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

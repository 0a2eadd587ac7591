"""What the form of a roll-back carries: that this person was shown it, here, and which form it is.

Another web site can have a browser send a form in somebody's name, but cannot read the token that has to be in it. A
form that is sent twice has the same token, and starts the same run.
"""

import hashlib
import secrets
from datetime import UTC, datetime
from typing import Final

from airflow.api_fastapi.auth.tokens import get_signing_key
from itsdangerous import BadData, URLSafeTimedSerializer

_HOURS: Final = 12


def new_token(user_id: str, full_name: str) -> str:
    """For the form of one table, as it is shown to one person once."""
    return str(_serializer().dumps([user_id, full_name, secrets.token_hex(8)]))


def run_id_of(token: str, user_id: str, full_name: str, version: str) -> str | None:
    """The id of the run that the form with this token starts for `version`; None: the token is not of this person and
    table, or is too old."""
    try:
        payload, made_at = _serializer().loads(token, max_age=_HOURS * 3600, return_timestamp=True)
    except BadData:
        return None
    if not isinstance(payload, list) or payload[:2] != [user_id, full_name]:
        return None
    return f"manual__{_text(made_at)}_{hashlib.sha256(f'{token} {version}'.encode()).hexdigest()[:12]}"


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(get_signing_key("api", "secret_key"), salt="summary-tables roll-back")

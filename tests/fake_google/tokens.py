"""The token endpoint: a signed assertion becomes an access token.

https://developers.google.com/identity/protocols/oauth2/service-account#httprest
"""

import base64
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

AUDIENCE: Final = "https://oauth2.googleapis.com/token"
GRANT: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LIFETIME: Final = 3599
_TIMEFRAME = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp "
    "values in the JWT claim."
)
_SCOPES: Final = "https://www.googleapis.com/auth/"


@cache
def private_key(name: str) -> rsa.RSAPrivateKey:  # noqa: ARG001 - one key a name
    """A key that costs a tenth of a second, made once."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def private_key_text(name: str) -> str:
    """As it stands in a key file."""
    key = private_key(name)
    kind, no_password = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, kind, no_password).decode()


@dataclass(slots=True)
class Token:
    """What an access token stands for. `expires_at`: seconds since 1970."""

    account: str
    scopes: frozenset[str]
    expires_at: float


@dataclass(slots=True)
class Tokens:
    """`accounts` are the service accounts that there are, by their address: the name of the key of each."""

    accounts: dict[str, str] = field(default_factory=dict)
    given: dict[str, Token] = field(default_factory=dict)
    lifetime: int = LIFETIME

    def exchange(self, form: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        """The answer to a request: HTTP status and body."""
        if form.get("grant_type") != GRANT:
            return 400, _refused("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type')}")
        parts = form.get("assertion", "").split(".")
        if len(parts) != 3:
            return 400, _refused("invalid_request", "Bad Request")
        header, claims = (json.loads(_decoded(part)) for part in parts[:2])
        key = self.accounts.get(claims.get("iss"))
        if key is None:
            return 400, _refused("invalid_grant", "Invalid grant: account not found")
        if header.get("alg") != "RS256" or not _is_signed(key, parts):
            return 400, _refused("invalid_grant", "Invalid JWT Signature.")
        return self._token(claims)

    def _token(self, claims: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        now, issued, ends = time.time(), claims.get("iat", 0), claims.get("exp", 0)
        if claims.get("aud") != AUDIENCE:
            return 400, _refused("invalid_grant", "Invalid JWT: Failed audience check.")
        if not (now - 3600 <= issued <= now + 300 and now <= ends <= issued + 3600):
            return 400, _refused("invalid_grant", _TIMEFRAME)
        scopes = frozenset(claims.get("scope", "").split())
        if not scopes or not all(scope.startswith(_SCOPES) for scope in scopes):
            return 400, _refused("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
        token = f"ya29.{secrets.token_urlsafe(24)}"
        self.given[token] = Token(claims["iss"], scopes, now + self.lifetime)
        return 200, {"access_token": token, "expires_in": self.lifetime, "token_type": "Bearer"}


def _is_signed(key: str, parts: list[str]) -> bool:
    signed = f"{parts[0]}.{parts[1]}".encode()
    try:
        private_key(key).public_key().verify(_decoded(parts[2]), signed, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _refused(error: str, words: str) -> dict[str, Any]:
    return {"error": error, "error_description": words}

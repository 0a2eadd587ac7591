"""The answers of the Sheets API that are errors: https://cloud.google.com/apis/design/errors ."""

from dataclasses import dataclass, field
from typing import Any, Final

STATUS: Final = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    413: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}

NO_PERMISSION: Final = "The caller does not have permission"
NOT_FOUND: Final = "Requested entity was not found."
BAD_TOKEN: Final = (
    "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
    "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
)
FEW_SCOPES: Final = "Request had insufficient authentication scopes."
DISABLED: Final = (
    "Google Sheets API has not been used in project 123456 before or it is disabled. Enable it by visiting "
    "https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=123456 then retry. "
    "If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry."
)
QUOTA: Final = (
    "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service "
    "'sheets.googleapis.com' for consumer 'project_number:123456'."
)
NO_SHEET: Final = "This operation is not supported for this document"
INTERNAL: Final = "Internal error encountered."
UNAVAILABLE: Final = "The service is currently unavailable."
PROTECTED: Final = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection "
    "if you need to edit."
)
TOO_LARGE: Final = "Request payload size exceeds the limit: 10485760 bytes."


@dataclass(slots=True)
class ApiError(Exception):
    """An answer that is no success. `reason` stands in its details, as `ErrorInfo` has it."""

    code: int
    message: str
    status: str = ""
    reason: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def body(self) -> dict[str, Any]:
        status = self.status or STATUS[self.code]
        error: dict[str, Any] = {"code": self.code, "message": self.message, "status": status}
        if self.reason:
            kind = "type.googleapis.com/google.rpc.ErrorInfo"
            error["details"] = [{"@type": kind, "reason": self.reason, "domain": "googleapis.com"}]
        return {"error": error}

"""Who asks: Airflow's own session or token. Nobody else is told anything."""

from typing import Annotated

from airflow.api_fastapi.auth.managers.models.base_user import BaseUser
from airflow.api_fastapi.core_api.security import bearer_scheme, get_user
from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials


class NotLoggedInError(Exception):
    """Airflow does not know who asks; `status` and `words` are its own."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


async def asker(
    request: Request, bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer_scheme)]
) -> BaseUser:
    """Who asks. Raises NotLoggedInError; a wrong token is one, too."""
    try:
        return await get_user(request, None, bearer)
    except HTTPException as refused:
        raise NotLoggedInError(refused.status_code, str(refused.detail)) from None


def is_logged_in(user: BaseUser) -> bool:
    """False: Airflow lets everybody be `user`, who has a role for those who are not (`[fab] auth_role_public`)."""
    return not getattr(user, "is_anonymous", False)


Asker = Annotated[BaseUser, Depends(asker)]

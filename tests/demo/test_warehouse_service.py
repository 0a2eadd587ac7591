import re

import pytest

from demo import warehouse_service
from demo.port_reservation import reserved_port


def test_refusal_is_told_in_words_that_name_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    with reserved_port() as port:
        monkeypatch.setenv("WAREHOUSE_ADDRESS", f"127.0.0.1:{port}")
        monkeypatch.setenv("WAREHOUSE_ADMIN_PASSWORD", "s3cret")
        with pytest.raises(SystemExit) as ended:
            warehouse_service.main()
    message = str(ended.value)
    assert re.match(rf"The sample warehouse cannot be set up: connection failed: .*port {port} failed", message)
    assert message.endswith("\nWAREHOUSE_ADMIN_PASSWORD in .env must be the one with which its volume was made.")
    assert "s3cret" not in message

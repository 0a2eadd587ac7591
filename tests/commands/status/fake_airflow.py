"""An HTTP server that answers as Airflow's API does where `status` asks it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "a-token-of-the-fake-airflow"
USER, PASSWORD = "monitor", "pass:word"

HEALTHY: dict[str, Any] = {
    "metadatabase": {"status": "healthy"},
    "scheduler": {"status": "healthy", "latest_scheduler_heartbeat": "2026-11-29T12:00:00Z"},
    "triggerer": {"status": None, "latest_triggerer_heartbeat": None},
    "dag_processor": {"status": "healthy", "latest_dag_processor_heartbeat": "2026-11-29T12:00:00Z"},
}


@dataclass(slots=True)
class FakeAirflow:
    """`dags` are what `/dags` lists; those whose runs begin with a failed one count as failing."""

    address: str = ""
    health: dict[str, Any] = field(default_factory=lambda: dict(HEALTHY))
    dags: dict[str, dict[str, Any]] = field(default_factory=dict)
    runs: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    states: dict[str, dict[str, int]] = field(default_factory=dict)
    import_errors: list[dict[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    code: int = 200

    def answer(self, path: str, query: dict[str, list[str]]) -> Any:
        if path == "/api/v2/importErrors":
            return self._page("import_errors", self.import_errors, query)
        if path == "/api/v2/dagStats":
            stats = {name: [{"state": s, "count": n} for s, n in found.items()] for name, found in self.states.items()}
            return {"dags": [{"dag_id": name, "stats": found} for name, found in stats.items()]}
        if path == "/api/v2/dags":
            failing = [name for name, runs in self.runs.items() if runs and runs[0]["state"] == "failed"]
            named = failing if query.get("last_dag_run_state") == ["failed"] else list(self.dags)
            return self._page("dags", [{"dag_id": name, **self.dags[name]} for name in named], query)
        return {"dag_runs": self.runs[path.split("/")[4]]}

    def _page(self, key: str, items: list[Any], query: dict[str, list[str]]) -> dict[str, Any]:
        start, most = int(query["offset"][0]), int(query["limit"][0])
        return {key: items[start : start + most], "total_entries": len(items)}


@contextmanager
def fake_airflow() -> Iterator[FakeAirflow]:
    found = FakeAirflow()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            found.asked.append(self.path)
            if found.code != 200:
                return self._send(found.code, {"detail": "no"})
            if url.path == "/api/v2/monitor/health":
                return self._send(200, found.health)
            if self.headers["Authorization"] != f"Bearer {TOKEN}":
                return self._send(401, {"detail": "Not authenticated"})
            return self._send(200, found.answer(url.path, parse_qs(url.query)))

        def do_POST(self) -> None:
            given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            is_known = self.path == "/auth/token" and given == {"username": USER, "password": PASSWORD}
            self._send(201 if is_known else 401, {"access_token": TOKEN} if is_known else {"detail": "no"})

        def _send(self, code: int, body: Any) -> None:
            data = json.dumps(body).encode()
            self.send_response(code)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

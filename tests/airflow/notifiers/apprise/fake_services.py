"""A web service and a mail server that keep what they are told."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message as Mail
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast


@dataclass
class FakeService:
    """What was posted, and the status that is answered."""

    port: int = 0
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    posted: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


@contextmanager
def fake_service() -> Iterator[FakeService]:
    """Over HTTP, as the address `json://127.0.0.1:<port>/...` has it."""
    service = FakeService()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.posted.append((self.path, json.loads(body)))
            self.send_response(service.status)
            for name, value in service.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        service.port = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield service
        server.shutdown()


@dataclass
class FakeMailServer:
    """The mails that arrived: to whom, and what."""

    port: int = 0
    mails: list[tuple[list[str], Mail]] = field(default_factory=list)


@contextmanager
def fake_mail_server() -> Iterator[FakeMailServer]:
    """Speaks as much of SMTP as Python's smtplib asks for, without encryption and for anybody."""
    mail_server = FakeMailServer()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 fake")
            recipients: list[str] = []
            while line := self.rfile.readline().decode().strip():
                word = line.upper()
                if word.startswith("RCPT TO:"):
                    recipients.append(line[len("RCPT TO:") :].strip("<> "))
                if word == "DATA":
                    self.say("354 go on")
                    mail = message_from_bytes(self.text(), policy=cast("Any", default))
                    mail_server.mails.append((list(recipients), mail))
                if word == "QUIT":
                    return self.say("221 bye")
                self.say("250 yes")
            return None

        def text(self) -> bytes:
            lines = iter(self.rfile.readline, b".\r\n")
            return b"".join(line.removeprefix(b".") if line.startswith(b"..") else line for line in lines)

        def say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        mail_server.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield mail_server
        server.shutdown()

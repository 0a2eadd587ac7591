"""What an editor says to a language server over standard input and output: JSON-RPC, a header before each message."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.editor.editor_text import Position

Json = dict[str, Any]

_CAPABILITIES: Json = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]},
        "publishDiagnostics": {"relatedInformation": True},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
    },
    "workspace": {"configuration": True, "workspaceFolders": True},
}


class LanguageClient:
    """An editor in which `workspace` is open, with `settings` as `.vscode/settings.json` has them."""

    def __init__(self, command: Sequence[str], workspace: Path, settings: Mapping[str, Any]) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._ids = count(1)
        # Never the same one twice: the server keeps what it read of a file by name and version.
        self._versions = count(1)
        self._settings = settings
        self._workspace = workspace
        self._diagnostics: dict[str, list[Json]] = {}
        self._configured = False

    def __enter__(self) -> Self:
        folder = {"uri": self._workspace.as_uri(), "name": self._workspace.name}
        start = {"processId": None, "rootUri": folder["uri"], "workspaceFolders": [folder]}
        self._request("initialize", {**start, "capabilities": _CAPABILITIES})
        self._notify("initialized", {})
        while not self._configured:
            self._handle(self._read())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def diagnostics(self, texts: Mapping[str, str]) -> dict[str, list[Json]]:
        """What the editor underlines in each text, opened as the file of the workspace that names it."""
        for file, text in texts.items():
            self._open(file, text)
        found = {file: self._published(file) for file in texts}
        for file in texts:
            self._close(file)
        return found

    def completions(self, file: str, text: str, position: Position) -> list[Json]:
        """What the editor offers at `position`, in the order of its list."""
        [found] = self._at("textDocument/completion", file, text, [position])
        return sorted(found["items"], key=lambda item: str(item.get("sortText") or item["label"]))

    def hovers(self, file: str, text: str, positions: Sequence[Position]) -> list[str]:
        """What the editor shows, as Markdown, for the word at each position; empty where it shows nothing."""
        found = self._at("textDocument/hover", file, text, positions)
        return [str(hover["contents"]["value"]) if hover else "" for hover in found]

    def _at(self, method: str, file: str, text: str, positions: Sequence[Position]) -> list[Any]:
        document = {"uri": self._uri(file)}
        self._open(file, text)
        found = [self._request(method, {"textDocument": document, "position": at._asdict()}) for at in positions]
        self._published(file)
        self._close(file)
        return found

    def _uri(self, file: str) -> str:
        return (self._workspace / file).as_uri()

    def _open(self, file: str, text: str) -> None:
        document = {"uri": self._uri(file), "languageId": "yaml", "version": next(self._versions), "text": text}
        self._notify("textDocument/didOpen", {"textDocument": document})

    def _close(self, file: str) -> None:
        """Closes the file. The server then takes its diagnostics back, which must not be taken for the next answer."""
        self._notify("textDocument/didClose", {"textDocument": {"uri": self._uri(file)}})
        self._published(file)

    def _published(self, file: str) -> list[Json]:
        """The next diagnostics that the server publishes for `file`: once after it is opened, once after closing."""
        while self._uri(file) not in self._diagnostics:
            self._handle(self._read())
        return self._diagnostics.pop(self._uri(file))

    def _request(self, method: str, params: Json) -> Any:
        number = next(self._ids)
        self._write({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == number and "method" not in message:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self._handle(message)

    def _notify(self, method: str, params: Json) -> None:
        self._write({"jsonrpc": "2.0", "method": method, "params": params})

    def _handle(self, message: Json) -> None:
        """Answers a question of the server, keeps what it says of files, and lets the rest pass."""
        if message["method"] == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message["method"] == "workspace/configuration":
            sections = [item["section"] for item in message["params"]["items"]]
            self._answer(message, [self._section(section) for section in sections])
            self._configured = True
        elif "id" in message:
            self._answer(message, None)

    def _section(self, section: str) -> Any:
        """`{"schemas": ...}` for `yaml`, from the flat `{"yaml.schemas": ...}` of a settings file."""
        below: Json = {}
        for name, value in self._settings.items():
            if name.startswith(f"{section}."):
                place, *path = reversed(name.removeprefix(f"{section}.").split("."))
                inner = below
                for step in reversed(path):
                    inner = inner.setdefault(step, {})
                inner[place] = value
        return below or self._settings.get(section)

    def _answer(self, question: Json, result: Any) -> None:
        self._write({"jsonrpc": "2.0", "id": question["id"], "result": result})

    def _write(self, message: Json) -> None:
        assert self._process.stdin
        body = json.dumps(message).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _read(self) -> Json:
        assert self._process.stdout
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        if not length:
            raise RuntimeError("the language server ended")
        message: Json = json.loads(self._process.stdout.read(length))
        return message

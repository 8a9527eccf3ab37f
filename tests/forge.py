"""A service with one merge request, speaking the part of GitHub's and GitLab's interface that comments need."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "let-me-in"
OTHERS = "somebody else"
GITHUB_COMMENTS = "/repos/county/documents/issues/7/comments"
GITLAB_COMMENTS = "/projects/42/merge_requests/7/notes"


class Forge:
    """Comments of the merge request, and what was asked of the service."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.comments: list[dict[str, Any]] = []
        self.calls: list[str] = []

    def add(self, body: str, author: str = OTHERS) -> None:
        """A comment of somebody's."""
        self.comments.append({"id": 1000 + len(self.comments), "body": body, "author": author})

    @property
    def bodies(self) -> list[str]:
        """What the comments say."""
        return [comment["body"] for comment in self.comments]

    def github(self, folder: Path, pull_request: bool = True) -> dict[str, str]:
        """What a job on GitHub finds in its environment."""
        event = folder / "event.json"
        event.write_text(json.dumps({"pull_request": {"number": 7}} if pull_request else {"ref": "main"}))
        return {
            "GITHUB_ACTIONS": "true", "GITHUB_API_URL": self.address, "GITHUB_REPOSITORY": "county/documents",
            "GITHUB_EVENT_PATH": str(event), "GITHUB_TOKEN": TOKEN, "GITHUB_RUN_ID": "5",
            "GITHUB_SERVER_URL": "https://github.example",
        }  # fmt: skip

    def gitlab(self) -> dict[str, str]:
        """What a job on GitLab finds in its environment."""
        return {
            "GITLAB_CI": "true", "CI_API_V4_URL": self.address, "CI_PROJECT_ID": "42", "CI_MERGE_REQUEST_IID": "7",
            "GITLAB_TOKEN": TOKEN, "CI_JOB_URL": "https://gitlab.example/county/documents/-/jobs/5",
        }  # fmt: skip


@contextmanager
def forge() -> Iterator[Forge]:
    """A running service on a port of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Forge(f"http://127.0.0.1:{server.server_port}")
    server.forge = served  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Handler(BaseHTTPRequestHandler):
    """Answers as both services do, as far as their descriptions say."""

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        asked, query = self.begin()
        if asked is not None:
            size, page = int(query.get("per_page", ["20"])[0]), int(query.get("page", ["1"])[0])
            assert size <= 100  # both give no more
            self.answer(200, self.forge.comments[size * (page - 1) : size * page])

    def do_POST(self) -> None:
        asked, _ = self.begin()
        if asked is not None:
            self.forge.add(asked["body"], "perfcheck")
            self.answer(201, self.forge.comments[-1])

    def do_PATCH(self) -> None:
        self.change("/repos/county/documents/issues/comments/")

    def do_PUT(self) -> None:
        self.change(GITLAB_COMMENTS + "/")

    @property
    def forge(self) -> Forge:
        return self.server.forge  # type: ignore[attr-defined,no-any-return]

    def begin(self, path: str | None = None) -> tuple[Any, dict[str, list[str]]]:
        """What was sent and asked; None after a refusal."""
        self.forge.calls.append(self.command)
        length = int(self.headers.get("Content-Length") or 0)
        content = json.loads(self.rfile.read(length)) if length else {}
        parts = urlsplit(self.path)
        github = self.headers.get("Authorization") == f"Bearer {TOKEN}"
        gitlab = self.headers.get("PRIVATE-TOKEN") == TOKEN
        wanted = [GITHUB_COMMENTS] * github + [GITLAB_COMMENTS] * gitlab
        if not wanted:
            self.answer(403, {"message": "Resource not accessible"})
        elif path is None and parts.path not in wanted:
            self.answer(404, {"message": "Not Found"})
        elif self.command != "GET" and len(content["body"].encode()) > (65_536 if github else 1_000_000):
            self.answer(422, {"message": "body is too long"})
        else:
            return content, parse_qs(parts.query)
        return None, {}

    def change(self, base: str) -> None:
        asked, _ = self.begin(base)
        if asked is None:
            return
        for comment in self.forge.comments:
            if self.path == f"{base}{comment['id']}":
                if comment["author"] == OTHERS:
                    self.answer(403, {"message": "Forbidden"})
                    return
                comment["body"] = asked["body"]
                self.answer(200, comment)
                return
        self.answer(404, {"message": "Not Found"})

    def answer(self, status: int, content: Any) -> None:
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

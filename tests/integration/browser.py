"""A real Chromium without a window, driven through its own chromedriver by WebDriver's plain HTTP."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import urllib.error
import urllib.request
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
ENTER = "\ue007"
LOCAL = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Browser:
    """One window, in which a person's clicks and keys are made."""

    def __init__(self, session: str) -> None:
        self._session = session

    def send(self, command: str, content: dict[str, Any] | None = None, method: str = "POST") -> Any:
        """Send a WebDriver command; its failure is the test's."""
        return _send(f"{self._session}{command}", content, method)

    def open(self, page: Path) -> None:
        """Open a file."""
        self.send("/url", {"url": page.resolve().as_uri()})

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script returns; the page's policy binds the page, not WebDriver."""
        return self.send("/execute/sync", {"script": script, "args": list(arguments)})

    def find(self, selector: str) -> dict[str, str]:
        """The first element a CSS selector finds."""
        found: dict[str, str] = self.send("/element", {"using": "css selector", "value": selector})
        return found

    def click(self, selector: str) -> None:
        """Click an element as a mouse would: where it is hidden or covered this fails."""
        self.send(f"/element/{self.find(selector)[ELEMENT]}/click", {})

    def type(self, selector: str, keys: str) -> None:
        """Send keys to an element."""
        self.send(f"/element/{self.find(selector)[ELEMENT]}/value", {"text": keys})

    def displayed(self, selector: str) -> int:
        """How many of the elements a selector finds take any room on the screen."""
        found = self.run(
            "return [...document.querySelectorAll(arguments[0])].filter(e => e.getClientRects().length).length",
            selector,
        )
        assert isinstance(found, int)
        return found

    def complaints(self) -> list[str]:
        """What the browser's console has said since last asked."""
        return [entry["message"] for entry in self.send("/se/log", {"type": "browser"})]

    def screenshot(self) -> bytes:
        """The window as PNG."""
        return b64decode(self.send("/screenshot", method="GET"))

    def paper(self) -> bytes:
        """The page as it is printed, as PDF."""
        return b64decode(self.send("/print", {"background": True}))


@contextmanager
def chromium(profile: Path, size: tuple[int, int] = (1280, 900)) -> Iterator[Browser]:
    """A browser with a fresh profile and no network; skips where there is none."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if browser is None or driver is None:
        pytest.skip("chromium and chromedriver are not installed here (Debian: chromium, chromium-driver)")
    arguments = [
        "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--force-device-scale-factor=1",
        f"--user-data-dir={profile}", f"--window-size={size[0]},{size[1]}", "--host-resolver-rules=MAP * ~NOTFOUND",
    ]  # fmt: skip
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses to start as root otherwise
    with subprocess.Popen(
        [driver, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            server = f"http://127.0.0.1:{_port(process)}"
            wanted = {
                "browserName": "chrome",
                "goog:chromeOptions": {"binary": browser, "args": arguments},
                "goog:loggingPrefs": {"browser": "ALL"},
            }
            started = _send(f"{server}/session", {"capabilities": {"alwaysMatch": wanted}})
            session = f"{server}/session/{started['sessionId']}"
            try:
                yield Browser(session)
            finally:
                _send(session, None, "DELETE")
        finally:
            process.terminate()


def _port(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        found = re.search(r"started successfully on port (\d+)", line)
        if found:
            return found[1]
    raise AssertionError("chromedriver ended before it listened")


def _send(url: str, content: dict[str, Any] | None, method: str = "POST") -> Any:
    data = None if content is None else json.dumps(content).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    try:
        with LOCAL.open(request, timeout=120) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        raise AssertionError(f"{method} {url}: {error.read().decode()[:500]}") from None

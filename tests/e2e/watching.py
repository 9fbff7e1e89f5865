"""What a page must not do: complain in the console, break its policy, talk to anybody else."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request


@dataclass
class Watch:
    """What a page must not do: complain in the console, break its policy, talk to anybody else."""

    host: str
    problems: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    """Requests the browser says it could not complete: only tests that break the network have any."""

    def attach(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"uncaught: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        # The browser's own line about an answer that was not 2xx or did not come.
        kind = self.failed if message.text.startswith("Failed to load resource") else self.problems
        kind.append(f"{message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        target = urlsplit(request.url)
        if target.scheme not in ("data", "blob") and target.netloc != self.host:
            self.problems.append(f"request to another host: {request.url}")

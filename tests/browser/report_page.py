"""The HTML report as somebody uses it: what its controls are called, and what it must never do meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Locator, Request, Route

T = TypeVar("T")

# How often, and how many milliseconds apart, a value that is expected to come is looked at.
LOOKS, APART = 200, 25


class ReportPage:
    """One report in one browser context.

    ``faults`` gathers whatever no report may do: write to the console, throw, open a dialog, ask for anything but
    its own file.
    """

    def __init__(self, context: BrowserContext, file: Path) -> None:
        self.uri = file.resolve().as_uri()
        self.faults: list[str] = []
        context.route("**/*", self._only_the_file)
        context.on("request", self._note_request)
        self.page = context.new_page()
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("dialog", self._note_dialog)

    def open(self, fragment: str = "") -> ReportPage:
        """Load the report anew, with ``#fragment`` where one is given."""
        # The same address with another fragment would only be a jump within the page.
        self.page.goto("about:blank")
        self.page.goto(f"{self.uri}#{fragment}" if fragment else self.uri)
        return self

    @property
    def fragment(self) -> str:
        """What stands behind ``#`` in the address."""
        return str(self.page.evaluate("location.hash")).removeprefix("#")

    # Filters

    def control(self, name: str) -> Locator:
        """A control of the filters."""
        return self.page.locator(f"#filters [name={name}]")

    def choose(self, **values: str) -> None:
        """Set filters: the value of an option, or the text to search for in ``q``."""
        for name, value in values.items():
            if name == "q":
                self.control(name).fill(value)
            else:
                self.control(name).select_option(value)

    def options(self, name: str) -> list[str]:
        """The values that a filter offers."""
        return list(map(str, self.each(f"#filters select[name={name}] option", "node.value")))

    def reset(self) -> None:
        """Press the button that takes all filters away."""
        self.page.locator("#filters button[type=reset]").click()

    def turn(self, to: str) -> None:
        """Press a button of the pager: first, prev, next, last."""
        self.page.locator(f"#pager button[data-page={to}]").click()

    # What is shown

    def count(self) -> tuple[int, int]:
        """How many comments the filters leave, of how many."""
        said = self.page.locator("#count").inner_text()
        numbers = re.fullmatch(r"([\d,]+) of ([\d,]+) comments?", said.strip())
        assert numbers, said
        left, of = (int(number.replace(",", "")) for number in numbers.groups())
        return left, of

    def ids(self) -> list[str]:
        """Ids of the comments on the page of the pager that is shown, in order."""
        return [str(id_) for id_ in self.each("#comments article.comment", "node.dataset.id")]

    def all_ids(self) -> list[str]:
        """Ids of all comments that the filters leave, by turning from the first page to the last."""
        left, _ = self.count()
        first = self.page.locator("#pager button[data-page=first]")
        if first.is_visible() and first.is_enabled():
            first.click()
        ids = self.ids()
        while len(ids) < left:
            ids += self._next_page()
        return ids

    def _next_page(self) -> list[str]:
        before = self.ids()
        self.turn("next")
        self.becomes(lambda: self.ids() == before, False)
        return self.ids()

    def comment(self, id_: str) -> Locator:
        """The comment of an id, if it is on the page that is shown."""
        return self.page.locator(f'#comments article.comment[data-id="{id_}"]')

    def becomes(self, read: Callable[[], T], expected: T) -> None:
        """Look until a value is what it should become; the last look decides."""
        for _ in range(LOOKS):
            if read() == expected:
                return
            self.page.wait_for_timeout(APART)
        assert read() == expected

    def overflow(self) -> int:
        """By how many pixels the page is wider than its window."""
        return int(
            self.page.evaluate(
                "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
                " - document.documentElement.clientWidth"
            )
        )

    def each(self, selector: str, expression: str) -> list[Any]:
        """What an expression of JavaScript gives for each ``node`` that a selector finds."""
        found = self.page.evaluate(
            f"selector => [...document.querySelectorAll(selector)].map(node => {expression})", selector
        )
        assert isinstance(found, list)
        return found

    # What it must not do

    def _only_the_file(self, route: Route) -> None:
        if self._is_own(route.request.url):
            route.continue_()
        else:
            route.abort()

    def _note_request(self, request: Request) -> None:
        if not self._is_own(request.url):
            self.faults.append(f"request: {request.url[:200]}")

    def _is_own(self, url: str) -> bool:
        return url == "about:blank" or url.partition("#")[0] == self.uri

    def _note_message(self, message: ConsoleMessage) -> None:
        self.faults.append(f"console {message.type}: {message.text}")

    def _note_dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

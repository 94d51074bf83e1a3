"""Bytes a first visitor's browser receives for the citizen's home page, and requests that leave the site."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from _figure import Figure
from _product import Site, product, web
from tinhso.project.testing import find_browser


class Load:
    """One page load, told by the browser's own network events."""

    def __init__(self) -> None:
        self.hosts: dict[str, str] = {}
        self.sent: dict[str, float] = {}
        self.open: dict[str, float] = {}

    def begin(self, event: dict[str, Any]) -> None:
        url = urlsplit(event["request"]["url"])
        if url.scheme in {"http", "https", "ws", "wss"}:
            self.hosts[event["requestId"]] = url.netloc

    def receive(self, event: dict[str, Any]) -> None:
        """Bytes once the browser has decoded them."""
        self.open[event["requestId"]] = self.open.get(event["requestId"], 0) + event["dataLength"]

    def finish(self, event: dict[str, Any]) -> None:
        """Bytes as they came over the wire, heads included."""
        self.sent[event["requestId"]] = event["encodedDataLength"]


def load_home(site: Site) -> Load:
    load = Load()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        page = browser.new_page()
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", load.begin)
        session.on("Network.dataReceived", load.receive)
        session.on("Network.loadingFinished", load.finish)
        session.send("Network.enable")
        answer = page.goto(site.address, wait_until="networkidle")
        browser.close()
    if answer is None or not answer.ok:
        raise SystemExit(f"the home page answered {answer and answer.status}")
    return load


def main() -> None:
    with product(), web() as site:
        load = load_home(site)
    weight = sum(load.sent[request] for request in load.hosts if request in load.sent) / 1000
    open_weight = sum(load.open[request] for request in load.hosts if request in load.open) / 1000
    rows = len(load.hosts)
    Figure("home_weight", weight, "kB", "<= 150", "the same bytes unpacked, kB", open_weight, rows).print()
    foreign = sum(host != urlsplit(site.address).netloc for host in load.hosts.values())
    Figure("home_foreign_requests", foreign, "requests", "<= 0", "all requests", rows, rows).print()


if __name__ == "__main__":
    main()

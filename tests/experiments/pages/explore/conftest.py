"""The explorable page in node and in a browser."""

import json
import re
import subprocess

import pytest

from experiments.pages.explore import generate
from tests.helpers.explore_browser import ADDRESS, CHROMIUM


@pytest.fixture(scope="module")
def page():
    return generate.PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def node(page, tmp_path_factory):
    """A function that runs JavaScript after the page's own engine and returns what it prints."""
    engine = re.search(r'<script id="engine">(.*?)</script>', page, re.S)[1]
    folder = tmp_path_factory.mktemp("node")

    def run(script, given=None):
        (folder / "given.json").write_text(json.dumps(given))
        head = f'const GIVEN = JSON.parse(require("fs").readFileSync("{folder}/given.json"));'
        tail = f"console.log(JSON.stringify((() => {{ {script} }})()));"
        (folder / "run.js").write_text("\n".join([engine, head, tail]))
        ran = subprocess.run(["node", folder / "run.js"], capture_output=True, text=True)
        assert not ran.stderr
        return json.loads(ran.stdout)

    return run


@pytest.fixture(scope="module")
def playwright():
    return pytest.importorskip("playwright.sync_api")


@pytest.fixture(scope="module")
def browser(playwright):
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def visit(browser):
    """A function that opens the page; requests and complaints are on ``page.seen``."""
    contexts_opened = []

    def go(address="", width=1200, height=900, **settings):
        context = browser.new_context(viewport={"width": width, "height": height}, **settings)
        contexts_opened.append(context)
        page = context.new_page()
        page.seen = []
        page.on("request", lambda request: page.seen.append(request.url))
        page.on("console", lambda message: page.seen.append(message.text))
        page.on("pageerror", lambda error: page.seen.append(str(error)))
        page.goto(f"{ADDRESS}{address}")
        page.wait_for_function("explorer.stale === false")
        return page

    yield go
    for context in contexts_opened:
        context.close()

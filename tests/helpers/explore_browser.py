"""The page in a headless browser, opened from the disk as a student would."""

import shutil

from experiments.pages.explore import generate

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
ADDRESS = generate.PAGE.as_uri()
SECOND = 1000


def step_of(page):
    return page.evaluate("explorer.life.steps")


def settled(page):
    """Wait until what was asked for is drawn."""
    page.wait_for_function("explorer.stale === false && explorer.again === undefined")


def state_of(page):
    return page.evaluate("[...explorer.life.run.inputs.slice(0, STATES)]")

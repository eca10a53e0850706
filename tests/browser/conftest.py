"""A real Chromium, and a check that no page ever failed quietly."""

import os
import shutil

import pytest

# Playwright keeps an event loop in this thread; Django would refuse the ORM beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items):
    """Mark the browser tests; put them last, whatever the order, for each empties the tables."""

    def is_of_browser(item):
        return "tests/browser/" in item.path.as_posix()

    for item in filter(is_of_browser, items):
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.django_db(transaction=True))
    yield
    items.sort(key=is_of_browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Prefer the machine's own Chromium: CHROMIUM_PATH, then the usual names, then Playwright's."""
    found = os.environ.get("CHROMIUM_PATH") or next(filter(None, map(shutil.which, NAMES)), None)
    args = [*ARGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return {
        **browser_type_launch_args,
        **({"executable_path": found} if found else {}),
        "args": args,
    }


@pytest.fixture
def allowed_failures():
    """Statuses of 400 and more that a test expects, such as the 404 page it looks at."""
    return set()


@pytest.fixture
def context(context, allowed_failures):
    """Fail the test on any failed response, console error, page error or policy message."""
    failures = []
    context.set_default_timeout(30_000)

    def watch(page):
        page.on("pageerror", lambda error: failures.append(f"page error: {error.stack or error}"))
        page.on(
            "console",
            lambda message: (
                failures.append(f"console: {message.text} ({page.url})")
                if message.type in ("error", "warning") and not expected(message.text)
                else None
            ),
        )
        page.on(
            "response",
            lambda response: (
                failures.append(f"{response.status} {response.url}")
                if response.status >= 400 and response.status not in allowed_failures
                else None
            ),
        )

    def expected(text):
        return any(f"status of {status}" in text for status in allowed_failures)

    context.on("page", watch)
    yield context
    assert not failures

"""Fixtures of all tests."""

from sandbox import client


def pytest_sessionfinish():
    """Let the site's own fork server end, if a test started it; others may still be using it."""
    client.default().retire()

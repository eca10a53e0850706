"""The site answers in a real browser."""


def test_it_works(page, live_server):
    page.goto(f"{live_server.url}/admin/login/")
    assert "Log in" in page.title()

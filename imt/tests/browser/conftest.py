"""The machine's own chromium, and a page that remembers what the content policy refused."""

import os
import shutil

import pytest

from imt.accounts.models import User

PASSWORD = "a long sentence about nothing"
# Playwright keeps an event loop in this thread; the database is used from it all the same
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        pytest.fail("no chromium on this machine: apt-get install chromium", pytrace=False)
    quiet = ("background-networking", "component-update", "sync", "quic", "gpu")
    return {
        "executable_path": chromium,
        "args": ["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in quiet)],
    }


@pytest.fixture
def refused(page):
    """What the browser complained about on the console so far: a policy breach, a script's error, a missing file."""
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


@pytest.fixture
def priya(transactional_db):
    return User.objects.create_user(name="Priya", email="priya@example.org", password=PASSWORD, is_staff=True)


@pytest.fixture
def sign_in(page, live_server):
    """sign_in(user): through the sign-in page, as a person does. `localhost`, for keys are bound to a name."""

    def sign_in(user):
        page.goto(live_server.url.replace("127.0.0.1", "localhost") + "/accounts/login/")
        page.get_by_label("Email").fill(user.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        return page

    return sign_in

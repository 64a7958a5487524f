import pytest

from apprentices.tests.cast import small_content


@pytest.fixture
def as_priya(client, priya, settings):
    settings.DEMO = True
    client.force_login(priya)
    return client


@pytest.fixture
def small_content_of_wisconsin():
    """Eight hours of related instruction in 18 months, where the state requires 144 a year."""
    return small_content(registration_state="WI")

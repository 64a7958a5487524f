import pytest


@pytest.fixture
def as_priya(client, priya, settings):
    settings.DEMO = True
    client.force_login(priya)
    return client

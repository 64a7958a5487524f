import pytest

from imt.middleware import address_of


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "10.1.1.1"),
        (0, "6.6.6.6", "10.1.1.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (2, "6.6.6.6, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", "10.1.1.1"),
    ],
)
def test_the_address_is_the_one_that_our_own_proxies_saw(rf, settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="10.1.1.1", headers={"X-Forwarded-For": forwarded})
    assert address_of(request) == address

import pytest

from imt.tests.browser.conftest import PASSWORD
from imt.tests.browser.rooms import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_staff_sign_in_and_out_without_a_breach_of_the_policy(page, priya, sign_in, refused, settings):
    settings.DEMO = True
    sign_in(priya)
    page.wait_for_url("**/admin/")
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/accounts/login/")
    assert refused == []


def test_a_passkey_is_set_up_and_then_asked_for(page, priya, sign_in, refused):
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(priya)
    page.wait_for_url("**/accounts/2fa/")
    page.locator("a[href$='/webauthn/add/']").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/recovery-codes/")
    page.context.clear_cookies()
    sign_in(priya)
    page.get_by_role("button", name="Use a security key").click()
    page.get_by_role("heading", name="Remember this device?").wait_for()
    assert violations(page) == []
    refused.clear()  # axe itself tries a style or two
    page.get_by_role("button", name="Remember it for 30 days").click()
    page.wait_for_url("**/admin/")
    page.get_by_role("button", name="Log out").click()
    sign_in(priya)
    page.wait_for_url("**/admin/")
    assert refused == []


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/password/reset/", "/no-such-page/"])
def test_a_page_fits_a_screen_of_320_pixels(page, live_server, address):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(live_server.url + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

"""What the browser tests ask of every page: no breach of the content policy, nothing for axe to say, no page that
scrolls sideways."""

import json
from pathlib import Path

from django.test import Client

VENDOR = Path(__file__).parent.parent / "vendor"
AXE = (VENDOR / "axe-core-4.14.1" / "axe.min.js").read_text()
SNIFFER = (VENDOR / "html_codesniffer-2.5.1" / "HTMLCS.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def enter(page, live_server, user):
    """Be signed in as this user, without the sign-in page, which has tests of its own."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": cookie, "url": live_server.url}])


def violations(page):
    """["rule: element"] of what axe finds, up to WCAG 2.2 AA and its best practices."""
    page.evaluate(AXE)
    found = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(TAGS)}}})")
    return [
        f"{rule['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def sniffed(page):
    """["rule: element"] of HTML_CodeSniffer's errors against WCAG 2 AA."""
    return page.evaluate(
        f"""() => new Promise((done) => {{
            {SNIFFER};
            HTMLCS.process("WCAG2AA", document, () => done(
                HTMLCS.getMessages()
                    .filter(({{type}}) => type === HTMLCS.ERROR)
                    .map(({{code, msg, element}}) => `${{code}}: ${{element.outerHTML.slice(0, 160)}} ${{msg}}`)
            ))
        }})"""
    )


def complaints_of(page, found):
    """Add to the list `found` what the browser complains about from now on: policy breaches, errors, missing files."""
    page.on(
        "console",
        lambda message: found.append(f"{page.url}: {message.text}") if message.type == "error" else None,
    )


def sideways(page):
    """By how many pixels the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

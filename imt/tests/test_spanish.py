"""Whatever is sent to people, and the pages on which they come in, speak Spanish in whole."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.template import engines
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import trim_whitespace

from apprentices.tests.cast import PASSWORD
from imt.accounts.models import Notice, User
from imt.accounts.tasks import send_notices

ROOT = Path(settings.BASE_DIR)
CATALOG = ROOT / "locale" / "es" / "LC_MESSAGES" / "django.mo"
TEMPLATES = sorted(
    path.relative_to(ROOT / "templates").as_posix()
    for pattern in (
        "notices/*.txt",
        "accounts/**/*.html",
        "apprentices/people/*.html",
        "apprentices/tablets/*.html",
        "usersessions/*.html",
        "mfa/*.html",
        "account/**/*.html",
        "tablet_only.html",
        "components/tablet_bar.html",
    )
    for path in (ROOT / "templates").glob(pattern)
)
MODULES = (
    "imt/accounts/forms.py",
    "imt/accounts/middleware.py",
    "imt/accounts/notifications.py",
    "imt/accounts/views/account.py",
    "employers/middleware.py",
    "employers/actions/badges.py",
    "employers/actions/members.py",
    "apprentices/forms/people.py",
    "apprentices/forms/tablets.py",
    "apprentices/queries/people.py",
    "apprentices/views/people.py",
    "apprentices/views/tablets.py",
)


@pytest.fixture(scope="module")
def spanish():
    """A function that says whether there is a Spanish text for an English one."""
    with CATALOG.open("rb") as file:
        catalog = gettext.GNUTranslations(file)
    return lambda text: catalog.gettext(text) != text or _is_the_same_in_both(text)


def _is_the_same_in_both(text):
    """A text without words of its own: `%(person)s (%(ref)s): %(due)s`, or one that Spanish writes alike."""
    return text in ("PIN", "Error:") or not re.sub(r"%\(\w+\)s|\W", "", text)


def texts_of_template(name):
    template = engines["django"].get_template(name).template
    for node in template.nodelist.get_nodes_by_type((TranslateNode, BlockTranslateNode)):
        if isinstance(node, TranslateNode):
            yield str(
                node.filter_expression.var.literal if node.filter_expression.is_var else node.filter_expression.var
            )
            continue
        text, _variables = node.render_token_list(node.singular)
        yield trim_whitespace(text) if node.trimmed else text


def texts_of_module(name):
    for node in ast.walk(ast.parse((ROOT / name).read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
            yield ast.literal_eval(node.args[0])


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_text_of_a_template_is_there_in_spanish(spanish, name):
    assert [text for text in texts_of_template(name) if not spanish(text)] == []


@pytest.mark.parametrize("name", MODULES)
def test_every_text_of_a_module_is_there_in_spanish(spanish, name):
    assert [text for text in texts_of_module(name) if not spanish(text)] == []


@pytest.mark.django_db
def test_a_mail_is_in_the_language_of_who_reads_it():
    for name, language in (("Ana", "es"), ("Sam", "en"), ("Eli", "")):
        user = User.objects.create_user(name=name, email=f"{name.lower()}@example.org", language=language)
        row = {"person": "Ana Xiong", "ref": "T-1", "week": "2026-01-05", "due": "2026-01-13"}
        Notice.objects.create(
            kind="week.overdue", to=user, details={"rows": [row], "keys": ["1"]}, queued_at=timezone.now()
        )
    send_notices()
    assert [message.subject for message in mail.outbox] == [
        "Horas atrasadas: 1 semana",
        "Hours overdue: 1 week",
        "Hours overdue: 1 week",
    ]
    assert "Ana Xiong, semana del 5 de enero de 2026: la fecha límite fue el 13 de enero de 2026" in mail.outbox[0].body
    assert "No recibir más recordatorios: http://localhost:8000/accounts/reminders/" in mail.outbox[0].body


@pytest.mark.django_db
def test_who_chooses_spanish_has_it_on_every_device(client):
    user = User.objects.create_user(name="Ana", email="ana@example.org", password=PASSWORD)
    client.force_login(user)
    client.post(reverse("account"), {"language": "es", "wants_reminders": "on"})
    assert "Mi cuenta" in client.get(reverse("account")).content.decode()
    other = Client()
    other.force_login(user)
    assert "Mi cuenta" in other.get(reverse("account")).content.decode()
    client.post(reverse("account_logout"))
    assert "Iniciar sesión" in client.get(reverse("account_login")).content.decode()

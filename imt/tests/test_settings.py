"""Settings are read once per process, so each of these starts one of its own, with an environment of its own."""

import json
import os
import subprocess
import sys

import pytest

from imt.tests.architecture import ROOT

FIELD_KEYS = "k1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
PRODUCTION = {
    "ALLOWED_HOSTS": "imt.example.org",
    "SECRET_KEY": "only-for-this-test-but-long-enough-and-with-enough-different-characters-1234567890",
    "IMT_FIELD_KEYS": FIELD_KEYS,
    "DATABASE_URL": "postgres://imt:secret@db.example.org:5432/imt",
    "REDIS_URL": "redis://redis.example.org:6379/0",
    "TRUSTED_PROXIES": "1",
}


@pytest.fixture
def run(tmp_path):
    """Run Python with these variables and nothing else in the environment; var/ is a fresh folder."""

    def run(arguments, **variables):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "IMT_VAR": str(tmp_path / "var"), **variables},
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


@pytest.fixture
def settings_under(run):
    """The named settings as they come out under these variables; where they are refused, the error's last line."""

    def settings_under(names, **variables):
        code = (
            "import json, imt.settings as s;"
            f"print(json.dumps({{name: getattr(s, name) for name in {names!r}}}, default=repr))"
        )
        done = run(["-c", code], **variables)
        return json.loads(done.stdout) if done.returncode == 0 else done.stderr.strip().splitlines()[-1]

    return settings_under


def test_the_production_settings_pass_the_deployment_check(run):
    done = run(["manage.py", "check", "--deploy", "--fail-level", "WARNING"], **PRODUCTION)
    assert done.returncode == 0, done.stderr


def test_with_nothing_set_it_serves_this_machine_alone_from_a_file(settings_under, tmp_path):
    found = settings_under(["ALLOWED_HOSTS", "DEBUG", "DEMO", "DATABASES", "CELERY_TASK_ALWAYS_EAGER"])
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert (found["DEBUG"], found["DEMO"], found["CELERY_TASK_ALWAYS_EAGER"]) == (False, False, True)
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "var" / "imt.sqlite3")


def test_without_a_broker_a_task_runs_where_it_is_asked_for_and_nothing_is_said_of_it(run):
    code = "from imt.celery import app\n@app.task\ndef say():\n    print('done')\nsay.delay()"
    done = run(["manage.py", "shell", "--no-imports", "-c", code])
    assert (done.stdout, done.stderr) == ("done\n", "")


def test_keys_are_made_once_and_only_the_owner_reads_them(settings_under, tmp_path):
    first = settings_under(["SECRET_KEY", "FIELD_KEYS", "DEMO_PASSWORD"])
    assert settings_under(["SECRET_KEY", "FIELD_KEYS", "DEMO_PASSWORD"]) == first
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "var").iterdir() if path.is_file()}
    assert modes == {0o600}


@pytest.mark.parametrize("missing", ["SECRET_KEY", "IMT_FIELD_KEYS"])
def test_served_to_others_it_does_not_start_without_its_keys(settings_under, missing):
    variables = {name: value for name, value in PRODUCTION.items() if name != missing}
    assert f"{missing} must be set" in settings_under([], **variables)


def test_with_data_elsewhere_it_does_not_make_keys_of_its_own(settings_under):
    assert "SECRET_KEY must be set" in settings_under([], DATABASE_URL="postgres://imt@db.example.org/imt")


@pytest.mark.parametrize("host", ["db.example.org", "10.0.0.5"])
def test_a_demo_is_refused_with_a_database_on_another_host(settings_under, host):
    found = settings_under([], **PRODUCTION | {"IMT_DEMO": "1", "DATABASE_URL": f"postgres://imt@{host}/imt"})
    assert "refused with a database on another host" in found


@pytest.mark.parametrize("url", ["postgres://imt@127.0.0.1/imt", "postgres://imt@localhost:5433/imt"])
def test_a_demo_may_use_a_database_of_this_machine(settings_under, url):
    assert settings_under(["DEMO"], IMT_DEMO="1", DATABASE_URL=url) == {"DEMO": True}


def test_a_database_behind_a_socket_is_one_of_this_machine(settings_under):
    found = settings_under(["DATABASE_IS_ELSEWHERE"], DATABASE_URL="postgres://imt@/imt?host=/var/run/postgresql")
    assert found == {"DATABASE_IS_ELSEWHERE": False}


def test_debug_is_refused_where_strangers_could_see_it(settings_under):
    assert "DEBUG shows settings" in settings_under([], **PRODUCTION | {"DEBUG": "1"})


@pytest.mark.parametrize("keys", ["k1", "k1:short", "k1:MDEy", ":MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="])
def test_field_keys_in_the_wrong_form_are_refused(settings_under, keys):
    assert "IMT_FIELD_KEYS" in settings_under([], **PRODUCTION | {"IMT_FIELD_KEYS": keys})


def test_the_first_field_key_encrypts_and_all_are_kept(settings_under):
    other = FIELD_KEYS.replace("k1", "k0")
    found = settings_under(["FIELD_KEYS"], **PRODUCTION | {"IMT_FIELD_KEYS": f"{FIELD_KEYS}, {other}"})
    assert list(found["FIELD_KEYS"]) == ["k1", "k0"]


def test_cookies_are_locked_to_the_host_where_it_is_served_to_others(settings_under):
    names = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"]
    assert list(settings_under(names, **PRODUCTION).values()) == ["__Host-session", "__Host-csrf", True, True]


def test_only_a_demo_takes_a_password_below_fifteen_characters(settings_under):
    def minimum(**variables):
        return settings_under(["AUTH_PASSWORD_VALIDATORS"], **variables)["AUTH_PASSWORD_VALIDATORS"][0]["OPTIONS"]

    assert minimum() == {"min_length": 15}
    assert minimum(**PRODUCTION) == {"min_length": 15}
    assert minimum(IMT_DEMO="1") == {"min_length": 8}


def test_a_page_is_cut_off_when_postgresql_takes_too_long_but_a_command_is_not(run):
    code = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS']['options'])"
    page = run(["-c", code], DJANGO_SETTINGS_MODULE="imt.settings", **PRODUCTION)
    command = run(["manage.py", "shell", "--verbosity", "0", "-c", code], **PRODUCTION)
    assert "statement_timeout=30000" in page.stdout
    assert "statement_timeout=0" in command.stdout
    assert "lock_timeout=10000" in command.stdout


def test_a_deep_folder_still_has_a_place_for_the_queue(settings_under, tmp_path):
    deep = tmp_path / ("deep" * 20) / ("deeper" * 10)
    found = settings_under(["QUEUE_SOCKET"], IMT_VAR=str(deep))["QUEUE_SOCKET"]
    assert len(found) < 107


def test_redis_is_used_where_it_is_named(settings_under):
    found = settings_under(["CELERY_BROKER_URL", "CELERY_TASK_ALWAYS_EAGER"], **PRODUCTION)
    assert list(found.values()) == ["redis://redis.example.org:6379/0", False]


def test_a_task_is_ended_before_the_broker_gives_it_out_again(settings):
    visibility = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    assert settings.CELERY_TASK_SOFT_TIME_LIMIT < settings.CELERY_TASK_TIME_LIMIT < visibility

"""What `make run` decides before it hands over to the processes. (That they run is seen by running it.)"""

import io
import os
import socket

import pytest
from django.core.management import CommandError

from imt.accounts.models import User
from imt.management.commands import start


@pytest.fixture
def command(settings, tmp_path):
    settings.VAR = tmp_path
    settings.QUEUE_SOCKET = tmp_path / "queue.sock"
    settings.DEMO_PASSWORD = "told by the start"
    return start.Command(stdout=io.StringIO())


@pytest.fixture
def nowhere(monkeypatch):
    """A machine without the wheel and with an empty PATH."""
    monkeypatch.setattr(start, "SERVER_OF_THE_WHEEL", None)
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("REDIS_URL", raising=False)


def test_with_redis_named_no_queue_is_started(command, monkeypatch):
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:6379/0")
    assert command._processes() == (["web", "worker", "beat"], {})


def test_the_wheels_server_is_the_queue(command, nowhere, monkeypatch, tmp_path):
    monkeypatch.setattr(start, "SERVER_OF_THE_WHEEL", "/wheel/valkey-server")
    processes, variables = command._processes()
    assert processes == ["web", "worker", "beat", "queue"]
    assert variables["REDIS_URL"] == f"redis+socket://{tmp_path}/queue.sock"
    assert variables["QUEUE_SERVER"] == "/wheel/valkey-server"


def test_without_the_wheel_a_server_on_the_path_is_the_queue(command, nowhere, monkeypatch, tmp_path):
    server = tmp_path / "redis-server"
    server.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert command._processes()[1]["QUEUE_SERVER"] == str(server)


def test_with_neither_the_web_process_does_the_work(command, nowhere):
    assert command._processes() == (["web"], {})


def test_where_no_queue_was_left_behind_it_looks_once(command, nowhere, monkeypatch):
    monkeypatch.setattr(start, "SERVER_OF_THE_WHEEL", "/wheel/valkey-server")
    monkeypatch.setattr("redis.retry.sleep", lambda _seconds: pytest.fail("it looks again"))
    command._processes()


def test_a_second_start_on_the_same_data_is_refused(command):
    lock = start._only_start_here()
    with pytest.raises(CommandError, match=f"stop process {os.getpid()} first"):
        start._only_start_here()
    lock.close()
    start._only_start_here().close()


def test_a_taken_port_is_named_with_the_way_out(command, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(CommandError, match=f"PORT={port + 1} make run"):
            command._port()


@pytest.mark.django_db
def test_data_that_is_there_is_kept_and_the_password_is_the_one_that_is_printed(command):
    User.objects.create_user(name="Ana", email="ana@example.org", password="an older one")
    command._load_demo()
    ana = User.objects.get(kind="PERSON")
    assert ana.check_password("told by the start")


@pytest.mark.django_db
def test_the_next_start_compares_a_password_only_where_one_has_changed(command, settings, monkeypatch):
    ana = User.objects.create_user(name="Ana", email="ana@example.org", password="told by the start")
    command._load_demo()
    with monkeypatch.context() as unchanged:
        unchanged.setattr(User, "check_password", pytest.fail)
        command._load_demo()
    ana.set_password("her own")
    ana.save()
    command._load_demo()
    ana.refresh_from_db()
    assert ana.check_password("told by the start")
    settings.DEMO_PASSWORD = "another one"
    command._load_demo()
    ana.refresh_from_db()
    assert ana.check_password("another one")

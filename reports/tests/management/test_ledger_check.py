import io
import re

from django.core.management import call_command

from apprentices.tests.ready import READY_ON
from reports.actions.snapshots import refresh
from reports.models import ProgressSnapshot


def check():
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command("ledger_check", stdout=out, stderr=err)
    except SystemExit as exit_:
        code = exit_.code
    return code, out.getvalue(), err.getvalue()


def test_a_sound_ledger_prints_its_hash(ready):
    code, out, _err = check()
    assert code == 0
    assert re.fullmatch(r"10 lines, sha256 [0-9a-f]{64}\n", out)
    assert check()[1] == out


def test_the_first_breach_is_named_and_the_exit_is_1(ready):
    refresh(apprenticeships=[ready.pk], as_of=READY_ON)
    ProgressSnapshot.objects.update(eligible=False)
    code, out, err = check()
    assert code == 1
    assert out.startswith("10 lines, sha256 ")
    assert err == "I1: the snapshot of T-0001 is not what the rules say: eligible\n"


def test_work_undone_is_said_and_is_no_breach(ready):
    code, _out, err = check()
    assert (code, err) == (0, "I8: 1 snapshots are behind their facts, 0 runs are under way\n")

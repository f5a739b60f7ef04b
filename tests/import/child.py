"""A program run with a limit, and what it cost: its own processor time, which a busy machine does not change."""
import collections
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import threading

PROCESSOR = 30   # seconds of processor time after which it counts as hanging
WALL = 300       # seconds of any time, for one that waits

Done = collections.namedtuple('Done', 'code stdout stderr seconds memory hang')   # code: negative for a signal; memory: MiB


def in_environment(tools):
    """Goes on under the interpreter that tests/conformance/install made there. False where there is none."""
    interpreter = tools / 'venv/bin/python'
    if not interpreter.exists():
        return False
    if pathlib.Path(sys.prefix).resolve() != (tools / 'venv').resolve():
        os.execv(interpreter, [str(interpreter), *sys.argv])
    return True


def run(command, cwd=None):
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen([str(c) for c in command], stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=cwd,
                                   env={**os.environ, 'NO_COLOR': '1'})
        try:
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR + 1))
        except ProcessLookupError:
            pass   # it has ended already
        late = []
        timer = threading.Timer(WALL, lambda: (late.append(1), process.kill()))
        timer.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        finally:
            timer.cancel()
        code = os.waitstatus_to_exitcode(status)
        process.returncode = code   # so that it is not waited for again
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode(errors='replace'))
        hang = bool(late) or code in (-signal.SIGXCPU, -signal.SIGKILL) and usage.ru_utime + usage.ru_stime >= PROCESSOR - 1
        return Done(code, *texts, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, hang)

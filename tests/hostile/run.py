#!/usr/bin/env python3
"""run.py --virga VIRGA: input that means harm. Each must get an error (exit code 1, 3 or 4), quickly and without a crash; the few
that are merely odd (ODD) may compile.

Quickly: within SLOWER times what an honest program of a hundred nodes takes in this run, built the same way. Processor time
counts, and the least of three runs of the honest program, so that a busy machine does not matter. No file outside the output folder may be made or read.
"""
import argparse
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

APP = 'app hostile { targets = [aws.sam] }\n'
FUNCTION = 'function f { code = "./code"  runtime = python312 }\n'
DEEP = 10_000
LONG = 10 << 20
SLOWER = 100


def nested(before, inside, after='', depth=DEEP):
    return APP + 'let x = ' + before * depth + inside + after * depth + '\n'


# Right by the rules of the language: long chains of signs in a `let` that nothing uses.
ODD = {'not', 'minus', 'a long number', 'many that allow'}


def texts():
    """name → text of main.virga."""
    yield 'parentheses', nested('(', '1', ')')
    yield 'unclosed parentheses', nested('(', '1')
    yield 'lists', nested('[', '1', ']')
    yield 'maps', nested('{ a = ', '1', ' }')
    yield 'braces of nodes', APP + 'function f { ' * DEEP + '}' * DEEP
    yield 'unclosed braces', APP + '{' * DEEP
    yield 'only closing', APP + '})]' * DEEP
    yield 'if', nested('if true then 1 else ', '1')
    yield 'if in conditions', nested('if ', 'true', ' then true else false')
    yield 'not', nested('!', 'true')
    yield 'minus', nested('-', '1')
    yield 'for', nested('[for a in ', '[1]', ': a]')
    yield 'calls', nested('lower(', '"a"', ')')
    yield 'indexes', APP + 'let x = y' + '[0]' * DEEP + '\n'
    yield 'members', APP + 'let x = y' + '.a' * DEEP + '\n'
    yield 'texts in texts', nested('"${', '1', '}"')
    yield 'types', APP + 'kind k { a: ' + 'list<' * DEEP + 'int' + '>' * DEEP + ' }\n'
    yield 'kinds in kinds', APP + 'kind k { ' * DEEP + '}' * DEEP
    yield 'operators', APP + 'let x = 1' + ' + ' * DEEP + '\n'
    yield 'a long name', APP + 'function ' + 'a' * LONG + ' { }\n'
    yield 'a long text', APP + 'function f { code = "' + 'a' * LONG + '"  runtime = python312 }\n'
    yield 'an unclosed text', APP + 'let x = "' + 'a' * LONG
    yield 'a long comment', '//' + 'a' * LONG + '\nlet x = y\n'
    yield 'a long number', APP + 'let x = ' + '9' * LONG + '\n'
    yield 'a long line of noise', APP + '@' * LONG
    yield 'long white space', APP + ' ' * LONG + 'x\n'
    yield 'many lines of nothing', APP + '\n' * LONG + 'x\n'
    yield 'many small mistakes', APP + 'x = \n' * 100_000
    yield 'a large integer', APP + 'function f { code = "./code"  runtime = python312  memory = 99999999999999999999999MB }\n'
    yield 'a large exponent', APP + 'let x = 1' + '0' * 400 + '.5\nfunction f { code = "./code"  runtime = python312  memory = x }\n'
    yield 'a day beyond all numbers', APP + 'allow "path/lost" because "x" until ' + '9' * LONG + '-01-01\n'
    yield 'a day of long parts', APP + 'allow "path/lost" because "x" until 2027-' + '0' * LONG + '1-' + '9' * LONG + '\n'
    yield 'a long code that is allowed', APP + 'allow "' + 'a' * LONG + '" because "x"\n'
    yield 'many that allow', APP + 'topic t { }\n' + ''.join(
        f'function f{i} {{ code = "./code"  runtime = python312 }}\nt ~> f{i} {{ allow "path/lost" because "x" }}\n' for i in range(300)) + (
        'allow "path/lost" because "x"\n' * 5_000)
    yield 'a bomb of for', APP + 'let n = range(0, 1000)\nlet x = [for a in n: [for b in n: [for c in n: [for d in n: a * b * c * d]]]]\noutput o = string(length(x))\n'
    yield 'a bomb of texts', APP + 'let t0 = "aaaaaaaaaa"\n' + ''.join(f'let t{i + 1} = "${{t{i}}}${{t{i}}}"\n' for i in range(60)) + 'output o = t60\n'
    yield 'a bomb of lists', APP + 'let t0 = [1]\n' + ''.join(f'let t{i + 1} = [t{i}, t{i}]\n' for i in range(60)) + 'output o = string(length(t60))\n'
    yield 'a chain of lets', APP + ''.join(f'let x{i} = x{i + 1}\n' for i in range(100_000)) + 'output o = x0\n'
    yield 'a circle of lets', APP + ''.join(f'let x{i} = x{(i + 1) % 100_000}\n' for i in range(100_000)) + 'output o = x0\n'
    yield 'a chain of kinds', APP + ''.join(f'kind k{i} {{ k{i + 1} n {{ }} }}\n' for i in range(2_000)) + 'k0 x { }\n'
    yield 'a bomb of kinds', APP + ''.join(f'kind k{i} {{ k{i + 1} a {{ }}  k{i + 1} b {{ }} }}\n' for i in range(60)) + 'kind k60 { log l { } }\nk0 x { }\n'
    yield 'a kind of itself', APP + 'kind k { k n { } }\nk x { }\n'
    yield 'the same name', APP + 'queue q { }\n' * 10_000
    yield 'a circle of calls', APP + ''.join(f'function f{i} {{ code = "./code"  runtime = python312 }}\n' for i in range(2_000)) + ''.join(
        f'f{i} -> f{(i + 1) % 2_000}\n' for i in range(2_000))
    yield 'code outside', APP + FUNCTION.replace('./code', '../../../../../../../../etc')
    yield 'code at the root', APP + FUNCTION.replace('./code', '/etc')
    yield 'code by a link', APP + FUNCTION.replace('./code', './link')
    yield 'code with a link inside', APP + FUNCTION.replace('./code', './with_link')
    yield 'code by a device', APP + FUNCTION.replace('./code', './link_to_zero')
    yield 'code with NUL in its name', APP + FUNCTION.replace('./code', './co\\u{0}de')
    yield 'a module outside', APP + 'use "../../../../../../../../etc/passwd"\n'
    yield 'a module at the root', APP + 'use "/etc/passwd"\n'
    yield 'a module by a link', APP + 'use "./link/passwd"\n'
    yield 'a module that is a folder', APP + 'use "./code"\n'
    yield 'a module that is a pipe', APP + 'use "./pipe"\n'
    yield 'a module that is binary', APP + 'use "./code/binary"\n'
    yield 'a broken module in a circle', APP + 'use "./one.inc"\n'
    yield 'characters that turn the line round', APP + 'let \u202ex = "\u2066"\n'
    yield 'nothing', ''
    yield 'a byte-order mark alone', '\ufeff'


def bytes_():
    """The same for what is no text."""
    app = APP.encode()
    yield 'NUL', app + b'let x = "\0"\n'
    yield 'NUL alone', b'\0'
    yield 'many NULs', b'\0' * LONG
    yield 'broken UTF-8', app + b'let x = "\xff\xfe\x80"\n'
    yield 'UTF-8 cut off', app + b'let x = "\xe4\xb8'
    yield 'overlong UTF-8', app + b'let x = "\xc0\xaf\xe0\x80\xaf"\n'
    yield 'surrogates', app + b'let x = "\xed\xa0\x80\xed\xb0\x80"\n'
    yield 'UTF-16', 'app x { }'.encode('utf-16')
    yield 'noise', bytes((i * 7919 + i // 251) % 256 for i in range(1 << 20))
    yield 'an archive', b'PK\x03\x04' + bytes(range(256)) * 64


def project(folder):
    (folder / 'code').mkdir()
    (folder / 'code/index.py').write_text('def handler(event, context):\n    return {}\n')
    (folder / 'code/binary').write_bytes(bytes(range(256)))
    os.symlink('/etc', folder / 'link')
    os.symlink('/dev/zero', folder / 'link_to_zero')
    (folder / 'with_link').mkdir()
    os.symlink('/etc/passwd', folder / 'with_link/passwd')
    os.mkfifo(folder / 'pipe')
    (folder / 'one.inc').write_text('use "./two.inc"\nlet one = \n')
    (folder / 'two.inc').write_text('use "./one.inc"\nuse "./two.inc"\nlet two = one\n')


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def used():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(virga, folder, out, sanitized, timeout):
    before = used()
    try:
        done = subprocess.run([virga, 'compile', str(folder), '-o', str(out)], capture_output=True, timeout=timeout,
                              preexec_fn=None if sanitized else limits)
    except subprocess.TimeoutExpired:
        return None, b'', timeout
    return done.returncode, done.stderr, used() - before


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--virga', required=True)
    p.add_argument('--sanitized', action='store_true', help='built with AddressSanitizer, which wants all of the address space')
    p.add_argument('--only', default='')
    p.add_argument('--keep', help='write the inputs to this folder')
    args = p.parse_args()
    wrong = []
    times = []

    def report(text):
        wrong.append(text)
        print('  ' + text, flush=True)

    with tempfile.TemporaryDirectory() as temporary:
        root = pathlib.Path(temporary)
        honest = root / 'honest'
        honest.mkdir()
        project(honest)
        (honest / 'main.virga').write_text(APP + ''.join(
            f'function f{i} {{ code = "./code"  runtime = python312  timeout = 30s }}\nqueue q{i} {{ visibility = 3m }}\nq{i} ~> f{i}\n' for i in range(50)))
        code, said, seconds = run(args.virga, honest, root / 'out', args.sanitized, 60)
        if code != 0:
            print(said.decode(errors='replace')[:2000])
            print(f'hostile: the honest program does not compile (exit code {code})')
            return 1
        limit = SLOWER * min([seconds] + [run(args.virga, honest, root / 'out', args.sanitized, 60)[2] for _ in range(2)])
        cases = [(n, t.encode()) for n, t in texts()] + list(bytes_())
        cases = [c for c in cases if args.only in c[0]]
        for name, data in cases:
            folder = root / 'case'
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            project(folder)
            (folder / 'main.virga').write_bytes(data)
            out = root / 'out'
            shutil.rmtree(out, ignore_errors=True)
            code, said, seconds = run(args.virga, folder, out, args.sanitized, 60)
            times.append((seconds, name))
            if args.keep:
                pathlib.Path(args.keep, name.replace(' ', '_') + '.virga').write_bytes(data)
            text = said.decode(errors='replace')
            if code is None:
                report(f'{name}: still running after {seconds:.0f} s')
            elif code not in (1, 3, 4) and not (code == 0 and name in ODD):
                report(f'{name}: exit code {code}: {text[-600:]}')
            elif seconds > limit:
                report(f'{name}: {seconds:.1f} s, more than {limit:.1f} s')
            elif code != 0 and not text.strip():
                report(f'{name}: exit code {code} and nothing said')
            elif len(said) > 256 << 10:
                report(f'{name}: {len(said)} bytes of messages')
            elif 'root:' in text or (out.exists() and code != 0):
                report(f'{name}: a file outside was read, or something was written')
    slowest = ', '.join(f'{n} {s:.2f} s' for s, n in sorted(times, reverse=True)[:4])
    print(f'hostile: {len(times)} inputs, {len(wrong)} of them not refused well; at most {limit:.1f} s each; slowest: {slowest}')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())

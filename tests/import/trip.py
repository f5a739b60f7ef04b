"""One template on its way through an import, and back to its own format."""
import hashlib
import json
import pathlib
import re
import shutil

import child
import compare
import corpus
import documents
import mutants
from differences import group, line

SLOW = 2           # seconds of processor time that an import may take
CODES = re.compile(r'^(?:error|warning|note)\[([^]]+)\]', re.M)
ERRORS = re.compile(r'^error\[([^]]+)\]: (.*)', re.M)
KNOWN = (0, 1, 3, 4)   # 3: no format that is known
BUG = 70


def judge(source, options):
    """What became of a template, as plain data; nothing here stops the others."""
    folder = pathlib.Path(options['work']) / hashlib.sha1(source.name.encode()).hexdigest()[:12]
    out = {'name': source.name, 'form': source.form, 'group': source.group, 'wrong': [], 'resources': [], 'codes': []}
    try:
        walk(source, options, folder, out)
    except Exception as e:   # a bug of the harness, which must not hide behind the template
        out['wrong'].append(f'the harness failed: {type(e).__name__}: {e}')
    finally:
        if not options['keep']:
            shutil.rmtree(folder, ignore_errors=True)
    return out


def walk(source, options, folder, out):
    document = corpus.read(source.path) if source.path.is_file() else None
    if options['mutants'] and document is not None and source.state == 'plain' and source.form in ('sam', 'ros', 'serverless-devs'):
        named = compare.prepared(document, folder)
        out['mutants'], out['idle'], out['blind'] = mutants.blind(compare.Comparer(source.form, named, options['translator']))
    if not options['virga']:
        return
    here, copy = documents.bring(source.path, document, folder)
    bring_in(source, options, folder, here, copy, document, out)
    if out['import'] != 'imported' or options['no_trip'] or document is None or not corpus.FORMATS[source.form][1]:
        return
    back(source, options, folder, here, document, out)


def ended(done, what, out):
    """Whether a program ended as programs should; says so if not."""
    if done.hang:
        out['wrong'].append(f'{what}: hangs')
        return 'hang'
    if done.code < 0 or done.code == BUG:
        last = done.stderr.strip().splitlines()[-1:] or ['']
        out['wrong'].append(f'{what}: ' + (f'signal {-done.code}' if done.code < 0 else 'a bug of ours') + f' {last[0][:200]}')
        return 'crash'
    return ''


def bring_in(source, options, folder, here, copy, document, out):
    command = [options['virga'], 'import', copy, '-o', here, '--form', 'json']
    if options['say_from'] and corpus.FORMATS[source.form][0]:
        command += ['--from', corpus.FORMATS[source.form][0]]
    before, given = set(folder.rglob('*')), copy.read_bytes() if copy.is_file() else b''
    done = child.run(command)
    if copy.is_file() and copy.read_bytes() != given:
        out['wrong'].append('import: the template is changed')
    out['wrong'] += [f'import: writes {p.relative_to(folder)}' for p in sorted(set(folder.rglob('*')) - before) if not p.is_relative_to(here)]
    out['seconds'], out['memory'] = round(done.seconds, 3), round(done.memory)
    out['import'] = ended(done, 'import', out)
    if done.seconds > SLOW and not done.hang:
        out['wrong'].append(f'import: {done.seconds:.1f} s')
    if out['import']:
        return
    if done.code not in KNOWN:
        out['wrong'].append(f'import: exit code {done.code} {done.stderr.strip()[:200]}')
    written = sorted(here.rglob('*.virga'))
    out['codes'] = CODES.findall(done.stderr)
    if done.stdout.strip():
        try:
            said = json.loads(done.stdout)
            out['codes'] += [str(f.get('code')) for f in said.get('findings', [])]
        except (ValueError, AttributeError):
            pass
    out['codes'] = sorted(set(out['codes']))
    has_architecture = any(p.stat().st_size for p in written)
    if done.code == 0 and has_architecture:
        out['import'] = 'imported'
        said, wrong = corpus.listing(source.form, document, done.stdout)
        out['wrong'] += [f'import: {w}' for w in wrong]
        if said:
            out['resources'] = [(str(r.get('type')), 'beside' if str(r.get('as')).startswith('beside ') else r.get('fate'))
                                for r in said['resources'] if isinstance(r, dict)]
        out['layout'] = child.run([options['virga'], 'fmt', '--check', *written]).code == 0
        if options['texts']:
            out['text'] = '\n'.join(f'// {p.relative_to(here)}\n{p.read_text()}' for p in written)
        return
    out['import'] = 'refused'
    if done.code in (3, 4) and done.stderr.strip() and not out['codes']:
        out['codes'] = [f'exit code {done.code}']   # what is no template has no findings; the reason stands in a line
    if not out['codes']:
        out['import'] = 'silent'
        out['wrong'].append(f'import: neither an architecture nor a finding, exit code {done.code}')
    elif done.code == 0:
        out['wrong'].append('import: exit code 0 without an architecture')


def back(source, options, folder, here, document, out):
    """Compiles to the format that the template had, and compares."""
    _, target, file = corpus.FORMATS[source.form]
    done = child.run([options['virga'], 'compile', here, '--target', target, '-o', here / 'out'])
    if ended(done, 'compile', out):
        out['trip'] = 'crash'
        return
    if done.code != 0:
        out['trip'] = 'not compiled'
        out['errors'] = [f'{code}: {message}' for code, message in ERRORS.findall(done.stderr)] or [f'exit code {done.code}']
        return
    made = sorted((here / 'out').rglob(file), key=lambda p: (len(p.parts), p))
    if not made:
        out['trip'] = 'not compiled'
        out['wrong'].append(f'compile: exit code 0 without a {file}')
        return
    given = compare.prepared(document, here, folder, here)
    try:
        compiled = compare.prepared(documents.load(made[0]), made[0].parent, folder, here, options['code_as_written'])
    except documents.Unreadable as e:
        out['trip'] = 'different'
        out['differences'] = [f'the compiled template cannot be read: {e}']
        out['groups'] = ['the compiled template cannot be read']
        return
    found = compare.Comparer(source.form, given, options['translator']).compare(compiled)
    out['how'] = found.how
    lines = [line(d) for d in found.differences]
    groups = [group(d, found.source, found.compiled) for d in found.differences]
    if len(made) > 1:
        lines.append(f'there are {len(made)} templates where there was one')
        groups.append('more templates')
    out['trip'] = 'elsewhere' if found.how == 'elsewhere' else 'different' if lines else 'equal'
    out['differences'], out['groups'] = lines, groups

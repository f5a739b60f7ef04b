"""OpenTofu and the real provider: where they come from, and how they are called."""
import json
import os
import pathlib
import re
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SKIPPED = 77
TOFU = 'github.com/opentofu/opentofu'
TOFU_VERSION = 'v1.12.6'
PROVIDER = 'github.com/aliyun/terraform-provider-alicloud'
TABLE = ROOT / 'backends/aliyun/catalog/terraform/provider.yaml'


class NotBuilt(Exception):
    pass


def go(*args, cwd, out=None):
    """What Go prints. One package at a time and behind everybody else: the provider is a large program."""
    env = {**os.environ, 'GOFLAGS': f"{os.environ.get('GOFLAGS', '')} -p=1".strip(), 'CGO_ENABLED': '0'}
    if out:
        env['GOBIN'] = str(out)
    done = subprocess.run(['nice', '-n', '19', 'go', *args], cwd=cwd, env=env, capture_output=True, text=True)
    if done.returncode:
        raise NotBuilt(f'`go {" ".join(map(str, args))}` says:\n{done.stderr.strip()[-2000:]}')
    return done.stdout


def built(folder, given):
    """The programs, built unless they stand there already."""
    folder.mkdir(parents=True, exist_ok=True)
    tofu, provider = folder / 'tofu', folder / 'terraform-provider-alicloud'
    if given and given.resolve() != provider.resolve():
        shutil.copy2(given, provider)
    if not (tofu.exists() and provider.exists()) and not shutil.which('go'):
        raise NotBuilt('there is no Go here')
    if not tofu.exists():
        print('  building OpenTofu', flush=True)
        # `go install` refuses a module that replaces one of its own.
        source = json.loads(go('mod', 'download', '-json', f'{TOFU}@{TOFU_VERSION}', cwd=folder))['Dir']
        go('build', '-mod=readonly', '-o', str(tofu), './cmd/tofu', cwd=source)
    if not provider.exists():
        print('  building the provider; this takes long', flush=True)
        go('install', f'{PROVIDER}@{provider_version()}', cwd=folder, out=folder)
    return tofu


def provider_version():
    """Of the schemas that the table keeps to: `Terraform provider aliyun/alicloud 1.289.0, …`."""
    return 'v' + re.search(r'alicloud (\d+\.\d+\.\d+)', TABLE.read_text())[1]


def configuration(folder):
    """A file that has OpenTofu take the provider from the folder, without `tofu init`, and nothing from anywhere else."""
    source = re.search(r'^ *registry: *(\S+)', TABLE.read_text(), re.M)[1]
    config = folder / 'tofurc'
    config.write_text(f'provider_installation {{\n  dev_overrides {{\n    "{source}" = "{folder}"\n  }}\n}}\n')
    return config


def call(tofu, config, folder, *args):
    """What it prints and how it ends; with nothing from anywhere else."""
    env = {**os.environ, 'TF_CLI_CONFIG_FILE': str(config), 'TF_IN_AUTOMATION': '1', 'CHECKPOINT_DISABLE': '1'}
    return subprocess.run([str(tofu), *args], cwd=folder, env=env, capture_output=True, text=True)

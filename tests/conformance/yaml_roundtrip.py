#!/usr/bin/env python3
"""yaml_roundtrip.py FILE.yaml FILE.json: fails unless PyYAML reads the first as json reads the second.

PyYAML reads YAML 1.1, as do the tools that many clouds ship. Tags are ignored: JSON has none.
"""
import json
import sys

import yaml


def without_tag(loader, _suffix, node):
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_mapping(node, deep=True)


def loaders():
    for base in (yaml.SafeLoader, getattr(yaml, "CSafeLoader", None)):
        if base is not None:
            loader = type("Loader", (base,), {})
            loader.add_multi_constructor("!", without_tag)
            yield base.__name__, loader


def differences(path, yaml_value, json_value):
    """Each place where the two differ, with both values. True and 1 are not the same here."""
    if type(yaml_value) is not type(json_value):
        yield path, yaml_value, json_value
    elif isinstance(yaml_value, dict):
        for key in list(yaml_value) + [k for k in json_value if k not in yaml_value]:
            if key not in yaml_value or key not in json_value:
                yield path + [key], yaml_value.get(key, "missing"), json_value.get(key, "missing")
            else:
                yield from differences(path + [key], yaml_value[key], json_value[key])
    elif isinstance(yaml_value, list):
        if len(yaml_value) != len(json_value):
            yield path, len(yaml_value), len(json_value)
        for i, (a, b) in enumerate(zip(yaml_value, json_value)):
            yield from differences(path + [i], a, b)
    elif yaml_value != json_value:
        yield path, yaml_value, json_value


def main():
    with open(sys.argv[2], encoding="utf-8") as file:
        expected = json.load(file)
    failed = False
    for name, loader in loaders():
        with open(sys.argv[1], encoding="utf-8", newline="") as file:
            read = yaml.load(file, Loader=loader)
        found = list(differences([], read, expected))
        for path, a, b in found[:20]:
            print(f"{name}: {path!r:.200}: YAML {a!r:.200}, JSON {b!r:.200}")
        failed = failed or bool(found)
        print(f"{name} {yaml.__version__}: {len(found)} differences")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

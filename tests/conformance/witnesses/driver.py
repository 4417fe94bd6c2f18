"""Performs calls of the package `plivo` of PyPI: a line of JSON on stdin is a call, a line on stdout is how it ended.
The first line tells which package was loaded from the directory that is the argument.

It knows no resource. The package is not changed: its constants are set from outside, so that every address that it
knows becomes the simulator's.
"""

import importlib.metadata
import inspect
import json
import socket
import sys

# Before everything that this Python has of its own.
sys.path.insert(0, sys.argv[1])

import plivo

# What the package prints is no answer.
answers, sys.stdout = sys.stdout, sys.stderr

resolve = socket.getaddrinfo
addresses = {}


def resolve_loopback(host, *arguments, **options):
    """Nothing leaves this machine."""
    if host != "127.0.0.1":
        raise OSError(f"{host} is not on loopback; its address cannot be set from outside")
    return resolve(host, *arguments, **options)


socket.getaddrinfo = resolve_loopback


def point_at(url, hosts):
    """Sets every constant of the package that is an address at one of the hosts."""
    modules = [module for name, module in sys.modules.items() if name.split(".")[0] == "plivo"]
    for module in modules:
        for name, value in vars(module).items():
            for host in hosts:
                if isinstance(value, str) and value.startswith(host):
                    addresses[module.__name__, name] = (module, value[len(host) :])
    for (_, name), (module, path) in addresses.items():
        setattr(module, name, url + path)


def perform(step):
    point_at(step["url"], step["hosts"])
    method = plivo.RestClient(step["auth_id"], step["auth_token"])
    for name in step["calls"].split("."):
        method = getattr(method, name)
    names = list(inspect.signature(method).parameters)
    if len(names) != len(step["arguments"]):
        raise TypeError(f"{step['calls']} takes {', '.join(names)}, and {len(step['arguments'])} arguments are listed")
    given = {name: argument["is"] for name, argument in zip(names, step["arguments"]) if "is" in argument}
    method(**given)


def say(answer):
    print(json.dumps(answer), file=answers, flush=True)


say({"file": plivo.__file__, "version": importlib.metadata.version("plivo")})
for line in sys.stdin:
    try:
        perform(json.loads(line))
        answer = {}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    say(answer)

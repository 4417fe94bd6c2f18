"""Performs calls of the package `plivo` of PyPI: a line of JSON on stdin is a call, a line on stdout is how it ended.

It knows no resource. The package is not changed: its constants are set from outside, so that every address that it
knows becomes the simulator's.
"""

import inspect
import json
import socket
import sys

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
    if len(names) < len(step["arguments"]):
        raise TypeError(f"{step['calls']} takes {', '.join(names)} and no more")
    given = {name: argument["is"] for name, argument in zip(names, step["arguments"]) if "is" in argument}
    method(**given)


for line in sys.stdin:
    try:
        perform(json.loads(line))
        answer = {}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), file=answers, flush=True)

"""Performs calls of the package `plivo` of PyPI: a line of JSON on stdin is a call, a line on stdout is how it ended.

It knows no resource. The package is not changed: its constants are set from outside, so that every address that it
knows becomes the simulator's.
"""

import inspect
import json
import socket
import sys

import plivo

answers, sys.stdout = sys.stdout, sys.stderr  # what the package prints is no answer


def refuse(host, *_, **__):
    raise OSError(f"{host!r} is not on loopback; its address cannot be set from outside")


def on_loopback(host, *arguments, resolve=socket.getaddrinfo, **options):
    return (resolve if host == "127.0.0.1" else refuse)(host, *arguments, **options)


socket.getaddrinfo = on_loopback  # nothing leaves this machine


def constants(hosts):
    """Every constant of the package that is an address at one of the hosts."""
    for module in [module for name, module in sys.modules.items() if name.split(".")[0] == "plivo"]:
        for name, value in vars(module).items():
            for host in hosts:
                if isinstance(value, str) and value.startswith(host):
                    yield module, name, value[len(host) :]


def perform(step, found=[]):
    if not found:
        found.extend(constants(step["hosts"]))
    for module, name, path in found:
        setattr(module, name, step["url"] + path)
    method = plivo.RestClient(step["auth_id"], step["auth_token"])
    for name in step["calls"].split("."):
        method = getattr(method, name)
    names = list(inspect.signature(method).parameters)
    if len(names) < len(step["arguments"]):
        raise TypeError(f"{step['calls']} takes {len(names)} arguments: {', '.join(names)}")
    given = zip(names, step["arguments"])
    method(**{name: argument["is"] for name, argument in given if "is" in argument})


for line in sys.stdin:
    try:
        perform(json.loads(line))
        answer = {}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), file=answers, flush=True)

"""Performs calls of the PyPI package `plivo`. Each line of JSON on stdin is a call; each line on stdout is its result.
The first line names the package that was loaded from the directory in the argument.

The script names no resource. The package is not modified: its address constants are set at run time to the simulator's
address.
"""

import importlib.metadata
import inspect
import json
import socket
import sys

# Search this directory before the installed packages.
sys.path.insert(0, sys.argv[1])

import plivo

# The package may print; stdout is for results only.
results, sys.stdout = sys.stdout, sys.stderr

resolve = socket.getaddrinfo
addresses = {}


def resolve_loopback(host, *arguments, **options):
    """Resolves loopback only, so that no request leaves this machine."""
    if host != "127.0.0.1":
        raise OSError(f"{host} is not loopback, and the package has no constant for its address")
    return resolve(host, *arguments, **options)


socket.getaddrinfo = resolve_loopback


def point_at(url, hosts):
    """Replaces the host in every address constant of the package."""
    modules = [module for name, module in sys.modules.items() if name.split(".")[0] == "plivo"]
    for module in modules:
        for name, value in vars(module).items():
            for host in hosts:
                if isinstance(value, str) and value.startswith(host):
                    addresses[module.__name__, name] = (module, value[len(host) :])
    for (_, name), (module, path) in addresses.items():
        setattr(module, name, url + path)


def perform(call):
    point_at(call["url"], call["hosts"])
    method = plivo.RestClient(call["auth_id"], call["auth_token"])
    for name in call["calls"].split("."):
        method = getattr(method, name)
    parameters = inspect.signature(method).parameters
    if len(parameters) != len(call["arguments"]):
        names = ", ".join(parameters)
        raise TypeError(f"{call['calls']} takes {names}, but {len(call['arguments'])} arguments are listed")
    given = {}
    for (name, parameter), argument in zip(parameters.items(), call["arguments"]):
        if "is" in argument:
            given[name] = argument["is"]
        elif "others" in argument and parameter.kind is inspect.Parameter.VAR_KEYWORD:
            given.update(argument["others"])
        elif "others" in argument:
            given[name] = argument["others"]
    method(**given)


def write(result):
    print(json.dumps(result), file=results, flush=True)


write({"file": plivo.__file__, "version": importlib.metadata.version("plivo")})
for line in sys.stdin:
    try:
        perform(json.loads(line))
        result = {}
    except Exception as error:
        result = {"error": f"{type(error).__name__}: {error}"}
    write(result)

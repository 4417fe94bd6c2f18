"""A client of the PyPI package `plivo` for a simulator, and the simulator's own endpoints.

The package is not modified: its address constants are set at run time to the address in PLIVO_BASE_URL. The directory in
which it is installed is the argument of each program.
"""

import json
import os
import sys
import urllib.request

sys.path.insert(0, sys.argv[1])

import plivo

URL = os.environ["PLIVO_BASE_URL"]
ACCOUNT = "MAXXXXXXXXXXXXXXXXXX"


def client():
    for module in [module for name, module in sys.modules.items() if name.split(".")[0] == "plivo"]:
        for name, value in vars(module).items():
            if isinstance(value, str) and value.startswith("https://api.plivo.com"):
                setattr(module, name, URL + value[len("https://api.plivo.com") :])
    return plivo.RestClient(ACCOUNT, "auth-token")


def control(path, body):
    """Sends JSON to an endpoint of the simulator itself."""
    request = urllib.request.Request(URL + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request) as response:
        return json.load(response)


def advance(seconds):
    """Advances the simulator's clock."""
    control("/_simulator/time", {"advance": f"{seconds}s"})


def expect(what, actual, expected):
    if actual != expected:
        sys.exit(f"{what}: {actual!r}, not {expected!r}")
    print(f"{what}: {actual!r}")

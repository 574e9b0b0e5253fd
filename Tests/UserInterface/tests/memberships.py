"""Groups and communities that another device of an account has joined, put into its swarm."""
import json
import subprocess

from .window import binaries

GROUP, INVITED, COMMUNITY, OLD = "Garden", "Choir", "Bicycles", "Neighbours"
ALL = (GROUP, INVITED, COMMUNITY, OLD)


def share(world, account, phrase):
    """The network was started with `--control 0`."""
    done = subprocess.run([binaries / "SharedGroups", *phrase], capture_output=True, text=True, check=True, timeout=20)
    for line in done.stdout.splitlines():
        world.control("inject", account=account, **json.loads(line))

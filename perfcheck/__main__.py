"""``python -m perfcheck``: the command line without its console script."""

from perfcheck.cli import run

if __name__ == "__main__":
    run()

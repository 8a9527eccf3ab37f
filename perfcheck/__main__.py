"""``python -m perfcheck``: the command line without its console script."""

from perfcheck.cli import main

if __name__ == "__main__":
    main()

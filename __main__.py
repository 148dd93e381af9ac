"""``python -m nurt`` is the same as ``nurt``."""

from .cli.app import main

if __name__ == "__main__":
    main()

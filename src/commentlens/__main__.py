"""``python -m commentlens``."""

from commentlens.cli import main

if __name__ == "__main__":
    main()

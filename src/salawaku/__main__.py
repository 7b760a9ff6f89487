"""`python -m salawaku` is the `salawaku` command."""

from salawaku.cli import main

if __name__ == "__main__":
    main()

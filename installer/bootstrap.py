"""Start here: ``python3 installer/bootstrap.py run``, ``test`` or ``setup``.

On Windows: ``py -3.12 installer\\bootstrap.py run``.

Only this file is read by whatever Python was called, however old: plain ASCII and plain syntax, nothing imported from
beside it until the version is known to fit. The work is in setup_steps.py.
"""

import os
import sys

OLDEST = (3, 11)
NEWEST = (3, 13)


def main():
    """Refuse a Python that does not fit with a sentence and 1; otherwise do what was asked."""
    version = tuple(sys.version_info[:2])
    if not OLDEST <= version <= NEWEST:
        sys.stderr.write(
            "So Chi hoi needs Python 3.11, 3.12 or 3.13; this is Python %d.%d. " % version
            + "Start it again with one of those, for example: python3.12 installer/bootstrap.py run\n"
        )
        return 1
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    sys.path[0] = root
    from installer import setup_steps

    return setup_steps.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

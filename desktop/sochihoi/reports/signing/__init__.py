"""Signatures in PDF files (PAdES): made with a key file or a token, checked wherever they were made.

Nothing here ever goes to the network: no time stamp, no revocation list, no certificate is fetched. pyHanko, asn1crypto
and python-pkcs11 are used here only, and are loaded when somebody signs or checks (1.2 s), never at the start of the
window.
"""

from __future__ import annotations

import logging

# What these libraries warn of becomes a problem or a part of a check; their own records would name persons in the log
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)

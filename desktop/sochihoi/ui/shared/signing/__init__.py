"""Signing a report and its signed files, for every page that shows a report.

open_signing(context, self, report, done=self.refresh)
"""

from __future__ import annotations

from sochihoi.ui.shared.signing.sign_dialog import SignDialog, open_signing
from sochihoi.ui.shared.signing.signed_dialog import SignedDialog, open_attach, open_signed

__all__ = ["SignDialog", "SignedDialog", "open_attach", "open_signed", "open_signing"]

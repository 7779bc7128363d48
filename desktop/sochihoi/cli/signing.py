"""``sign-pdf``: one digital signature on a PDF, with a key file or a token. No book is opened for it."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.cli.frame import DONE, USAGE, Call, Commands
from sochihoi.i18n import _

if TYPE_CHECKING:
    from sochihoi.reports.signing.keys import Key
    from sochihoi.reports.signing.sign import Look

_AS = ("person", "unit", "annex")
_SIGNED = "_DaKy"


def register(commands: Commands) -> None:
    """Hang the command."""
    signing = commands.add("sign-pdf", _sign, _("put a digital signature on a PDF"))
    signing.add_argument("file", metavar=_("FILE"))
    key = signing.add_mutually_exclusive_group(required=True)
    key.add_argument("--p12", metavar=_("FILE"), help=_("the key file (.p12, .pfx)"))
    key.add_argument("--pkcs11", metavar="LIB", help=_("the library of the token"))
    signing.add_argument("--token", metavar=_("NAME"), default="", help=_("label or serial number of the token"))
    signing.add_argument(
        "--certificate", metavar=_("NAME"), default="", help=_("which certificate on the token, by its label")
    )
    signing.add_argument(
        "--last-try", action="store_true", help=_("try the PIN although one more wrong one locks the token")
    )
    signing.add_argument("--image", metavar="PNG", help=_("the picture that is seen: a signature or a seal"))
    signing.add_argument(
        "--as",
        dest="seen_as",
        choices=_AS,
        help=_("whose signature is seen: a person's, the unit's seal, or the unit's on an annex of its own file"),
    )
    signing.add_argument("--number", metavar=_("TEXT"), default="", help=_("the number of the paper, for an annex"))
    signing.add_argument("--second", action="store_true", help=_("at the place of the second signature, on the left"))
    signing.add_argument("--pin-stdin", action="store_true", help=_("read PIN or password from standard input"))
    signing.add_argument("--out", metavar=_("FILE"), help=_("where it goes"))
    signing.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))


def _sign(call: Call) -> int:
    from sochihoi.services.signing import sign_file
    from sochihoi.storage.errors import FileExists
    from sochihoi.storage.files import read_bytes, write_whole
    from sochihoi.ui.words.signing import facts

    options = call.options
    if options.p12 and (options.token or options.certificate or options.last_try):
        call.say(_("--token, --certificate and --last-try are only for --pkcs11."))
        return USAGE
    file = Path(options.file)
    out = Path(options.out) if options.out else file.with_name(f"{file.stem}{_SIGNED}.pdf")
    content = read_bytes(file)
    if out.exists() and not options.force:
        raise FileExists(str(out))  # before a token is asked
    signed = sign_file(content, _key(call), _look(call), call.around.now(), call.data)
    write_whole(out, signed.content, overwrite=options.force)
    call.say(_("Signed: {file}").format(file=out))
    for title, value in facts(signed.check):
        call.say(f"{title}: {value}")
    return DONE


def _look(call: Call) -> Look:
    from sochihoi.reports.signing.place import MAIN, SECOND
    from sochihoi.reports.signing.sign import Look
    from sochihoi.reports.signing.stamp import Kind
    from sochihoi.storage.files import read_bytes

    options = call.options
    return Look(
        kind=Kind[options.seen_as.upper()] if options.seen_as else None,
        picture=read_bytes(Path(options.image)) if options.image else None,
        number=options.number,
        where=SECOND if options.second else MAIN,
    )


def _key(call: Call) -> Key:
    from sochihoi.reports.signing.keys import KeyFile, TokenKey
    from sochihoi.storage.files import read_bytes

    options = call.options
    if options.p12:
        return KeyFile(read_bytes(Path(options.p12)), _secret(call, _("Password of the key file: ")))
    secret = _secret(call, _("PIN of the token: "))
    return TokenKey(Path(options.pkcs11), secret, options.token, options.certificate, options.last_try)


def _secret(call: Call, asking: str) -> str:
    """From the environment, standard input, or a prompt at a terminal. Raises ``NoPin``."""
    from sochihoi.reports.signing.errors import NoPin

    given = os.environ.get("SOCHIHOI_PIN")
    if given is not None:
        return given
    if call.options.pin_stdin:
        line = sys.stdin.readline()
        if not line:
            raise NoPin
        return line.rstrip("\r\n")
    if not sys.stdin.isatty():
        raise NoPin
    return getpass.getpass(asking)

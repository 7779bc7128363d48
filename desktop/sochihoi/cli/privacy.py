"""``access-log``, ``person-file``, ``consent-slips``: personal data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.cli.frame import DONE, Call, Commands
from sochihoi.i18n import _, ngettext, number

if TYPE_CHECKING:
    from sochihoi.domain.member_lists import MemberRow
    from sochihoi.services.office import Office


def register(commands: Commands) -> None:
    """Hang the commands."""
    log = commands.add("access-log", _log, _("who looked at sensitive data, printed or exported them"))
    log.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))
    file = commands.add("person-file", _person_file, _("everything that is kept about one member, as PDF"))
    file.add_argument("code", metavar=_("CODE"), help=_("the member's code, such as HP00417"))
    slips = commands.add("consent-slips", _slips, _("consent slips to sign, one a page, as PDF"))
    slips.add_argument("--branch", metavar=_("NAME"), help=_("only of one branch, by its name"))
    for one in (file, slips):
        one.add_argument("--out", metavar=_("FILE"), required=True, help=_("where it goes"))
        one.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))


def _log(call: Call) -> int:
    from sochihoi.ui.words.incidents import moment_words
    from sochihoi.ui.words.privacy import fields_words, look_words, subject_words

    with call.records() as office:
        rows = office.privacy.access.log()
        names = {one.id: one.name for one in office.setup.accounts()}
        head = office.privacy.access.head()
    if call.options.json:
        told = [
            {
                "n": one.n,
                "at": one.at.isoformat(),
                "account": names.get(one.account_id, ""),
                "act": one.look.value,
                "about": one.subject,
                "which": one.which,
                "count": one.count,
                "form": one.form,
                "fields": list(one.fields),
            }
            for one in rows
        ]
        call.json({"journal": head, "rows": told})
        return DONE
    for one in rows:
        words = (look_words(one), subject_words(one), fields_words(one))
        print("\t".join((moment_words(one.at), names.get(one.account_id, "—"), *words)), file=call.out)
    return DONE


def _person_file(call: Call) -> int:
    from sochihoi.domain.errors import NotFound
    from sochihoi.services.privacy.papers import person_file
    from sochihoi.ui.words.person_file import parts

    with call.records() as office:
        _refuse_existing(call)
        found = office.people.by_code(call.options.code)
        if found is None:
            raise NotFound("membership", call.options.code)
        units = {unit.id: unit.name for unit in office.setup.units()}
        accounts = {one.id: one.name for one in office.setup.accounts()}
        told = parts(office.privacy.rights.file(found.person_id), units, accounts)
        return _write(call, person_file(office, found.person_id, found.code, told))


def _slips(call: Call) -> int:
    from sochihoi.services.privacy.papers import consent_slips

    with call.records() as office:
        _refuse_existing(call)
        rows = _members(office, call.options.branch)
        if not rows:
            call.say(_("There is no member there."))
            return DONE
        done = _write(call, consent_slips(office, rows))
    call.say(ngettext("{count} slip.", "{count} slips.", len(rows)).format(count=number(len(rows))))
    return done


def _members(office: Office, branch: str | None) -> list[MemberRow]:
    from sochihoi.domain.errors import NotFound
    from sochihoi.domain.vietnamese import fold

    rows = office.people.rows()
    if branch is None:
        return rows
    found = next((unit.id for unit in office.setup.branches() if fold(unit.name) == fold(branch)), None)
    if found is None:
        raise NotFound("unit", branch)
    return [row for row in rows if row.branch_id == found]


def _refuse_existing(call: Call) -> None:
    """Said before the work, not after it."""
    from sochihoi.storage.errors import FileExists

    if Path(call.options.out).exists() and not call.options.force:
        raise FileExists(call.options.out)


def _write(call: Call, content: bytes) -> int:
    from sochihoi.storage.files import write_whole

    write_whole(Path(call.options.out), content, overwrite=call.options.force)
    call.say(_("Written: {file}").format(file=call.options.out))
    return DONE

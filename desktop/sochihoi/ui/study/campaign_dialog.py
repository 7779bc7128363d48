"""Beginning a study campaign, or changing one: document, deadline, whom to reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from sochihoi.domain.study import DocumentKind, StudyCampaign, TargetGroup
from sochihoi.domain.study_records import CampaignView
from sochihoi.i18n import _
from sochihoi.services.study import TargetDraft
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.form_dialog import FormDialog
from sochihoi.ui.shared.forms import CheckField, ChoiceField, DateField, Field, TextField
from sochihoi.ui.study.targets_field import USUAL, TargetsField
from sochihoi.ui.words.study import document_kind

_TEXTS = ("title", "document_title", "document_number", "issuer", "note")
_DAYS = ("document_date", "starts_on", "deadline")


class CampaignDialog(FormDialog):
    """``campaign_id`` is that of the campaign begun or changed after it was accepted."""

    def __init__(self, context: Context, parent: QWidget | None, view: CampaignView | None = None) -> None:
        title = _("What is studied, until when, by whom?") if view is None else _("What changes in this campaign?")
        super().__init__(context, parent, title, _fields(context, new=view is None))
        self.setObjectName("campaign")
        self._view = view
        self.campaign_id = ""
        if view is None:
            usual = TargetDraft(TargetGroup.MEMBERS, USUAL[TargetGroup.MEMBERS])
            self.form.set_values(
                {
                    "kind": DocumentKind.RESOLUTION.name,
                    "starts_on": context.today(),
                    "targets": (usual,),
                    "freeze": True,
                }
            )
            self.begin("study/new", "title", _("Leave it"), _("Begin the campaign"))
        else:
            one = view.campaign
            self.form.set_values({name: getattr(one, name) for name in (*_TEXTS, *_DAYS)})
            self.form.set_values({"kind": one.kind.name, "targets": [g.target for g in view.groups]})
            for name in _TEXTS:
                self.form[name].editor.home(False)  # type: ignore[attr-defined]  # noqa: FBT003 - a long name from its beginning
            self.begin(f"study/{one.id}", "title", _("Drop the changes"), _("Keep the change"))

    def keep(self, told: Mapping[str, Any]) -> None:
        texts: dict[str, Any] = {name: told[name] or "" for name in _TEXTS}
        days: dict[str, Any] = {name: told[name] for name in _DAYS}
        kept = self._view.campaign if self._view is not None else StudyCampaign("", "")
        campaign = replace(kept, kind=DocumentKind[told["kind"]], **texts, **days)
        study = self._context.office.study
        if self._view is None:
            self.campaign_id = study.begin(campaign, told["targets"], freeze=told["freeze"])
        else:
            study.change(campaign, told["targets"])
            self.campaign_id = campaign.id


def _fields(context: Context, *, new: bool) -> tuple[list[Field], list[Field]]:
    today = context.today
    left: list[Field] = [
        TextField("title", _("&Name of the campaign"), required=True),
        ChoiceField("kind", _("&Kind of document"), [(kind.name, document_kind(kind)) for kind in DocumentKind]),
        TextField("document_title", _("&Document")),
        TextField("document_number", _("Nu&mber"), letters=22),
        DateField("document_date", _("Da&y of the document"), today=today),
        TextField("issuer", _("&Issued by")),
        DateField("starts_on", _("&First day"), today=today),
        DateField("deadline", _("D&eadline"), today=today),
    ]
    right: list[Field] = [
        TargetsField("targets", _("Whom it wants to reach"), hint=_("Groups in the register are marked by name.")),
        TextField("note", _("N&ote")),
    ]
    if new:
        right.append(
            CheckField(
                "freeze",
                _("Freeze the &list of members today"),
                hint=_("The list is the whole of every rate. It can be frozen again later."),
            )
        )
    return left, right

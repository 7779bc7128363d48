"""Beginning a study campaign, or changing one: document, deadline, whom to reach."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.domain.study import DocumentKind, StudyCampaign, TargetGroup
from sochihoi.domain.study_records import CampaignView
from sochihoi.i18n import _
from sochihoi.services.study import TargetDraft
from sochihoi.ui import style, words
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.forms import CheckField, ChoiceField, DateField, DraftKeeper, Form, TextField, scrolled
from sochihoi.ui.study.targets_field import USUAL, TargetsField
from sochihoi.ui.words.study import document_kind

_TEXTS = ("title", "document_title", "document_number", "issuer", "note")
_DAYS = ("document_date", "starts_on", "deadline")


class CampaignDialog(Dialog):
    """``campaign_id`` is that of the campaign begun or changed after it was accepted."""

    def __init__(self, context: Context, parent: QWidget | None, view: CampaignView | None = None) -> None:
        title = _("What is studied, until when, by whom?") if view is None else _("What changes in this campaign?")
        super().__init__(parent, title, width=WIDE)
        self.setObjectName("campaign")
        self._context, self._view = context, view
        self.campaign_id = ""
        self.form = self._fields(context, new=view is None)
        area = scrolled(self.form)
        area.setMinimumHeight(min(self.form.sizeHint().height(), round(430 * style.sizes().body / 14)))
        self.body.addWidget(area, 1)
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
        else:
            one = view.campaign
            self.form.set_values({name: getattr(one, name) for name in (*_TEXTS, *_DAYS)})
            self.form.set_values({"kind": one.kind.name, "targets": [g.target for g in view.groups]})
            for name in _TEXTS:
                self.form[name].editor.home(False)  # type: ignore[attr-defined]  # noqa: FBT003 - a long name from its beginning
        self._keeper = DraftKeeper(context, f"study/{view.campaign.id if view else 'new'}", self.form)
        self._keeper.offer(lambda text, actions: self.message.say("info", text, actions))
        self._keeper.restored.connect(self.message.clear)
        self.add_button(_("Leave it") if view is None else _("Drop the changes"), self._leave)
        deed = _("Begin the campaign") if view is None else _("Keep the change")
        self.deed = self.add_button(deed, self.accept_form, "primary", default=True)
        self.form["title"].editor.setFocus()

    @staticmethod
    def _fields(context: Context, *, new: bool) -> Form:
        form = Form()
        today = context.today
        left = (
            TextField("title", _("&Name of the campaign"), required=True),
            ChoiceField("kind", _("&Kind of document"), [(kind.name, document_kind(kind)) for kind in DocumentKind]),
            TextField("document_title", _("&Document")),
            TextField("document_number", _("Nu&mber"), letters=22),
            DateField("document_date", _("Da&y of the document"), today=today),
            TextField("issuer", _("&Issued by")),
            TextField("note", _("N&ote")),
        )
        right = [
            DateField("starts_on", _("&First day"), today=today),
            DateField("deadline", _("D&eadline"), today=today),
            TargetsField("targets", _("Whom it wants to reach"), hint=_("Groups in the register are marked by name.")),
        ]
        if new:
            right.append(
                CheckField(
                    "freeze",
                    _("Freeze the &list of members today"),
                    hint=_("The list is the whole of every rate. It can be frozen again later."),
                )
            )
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, style.sizes().space_2, 0)
        row.setSpacing(style.sizes().space_5)
        for side in (left, right):
            column = QVBoxLayout()
            column.setSpacing(style.sizes().space_3)
            for field in side:
                column.addWidget(form.add(field))
            column.addStretch(1)
            row.addLayout(column, 1)
        form.add_widget(box)
        return form

    def _leave(self) -> None:
        self._keeper.done()
        self.reject()

    def accept_form(self) -> None:
        """Save, or say under the field why it cannot be."""
        if not self.form.check():
            return
        told: dict[str, Any] = self.form.values()
        texts: dict[str, Any] = {name: told[name] or "" for name in _TEXTS}
        days: dict[str, Any] = {name: told[name] for name in _DAYS}
        kept = self._view.campaign if self._view is not None else StudyCampaign("", "")
        campaign = replace(kept, kind=DocumentKind[told["kind"]], **texts, **days)
        study = self._context.office.study
        try:
            if self._view is None:
                self.campaign_id = study.begin(campaign, told["targets"], freeze=told["freeze"])
            else:
                study.change(campaign, told["targets"])
                self.campaign_id = campaign.id
        except FieldProblem as problem:
            if not self.form.show_problem(problem):
                self.message.say("bad", str(words.say(problem)))
        except UserError as problem:
            self.message.say("bad", str(words.say(problem)))
        else:
            self._keeper.done()
            self.accept()

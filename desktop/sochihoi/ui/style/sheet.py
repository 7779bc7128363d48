"""The style sheet: one text with the names of tokens and sizes in it."""

from __future__ import annotations

from dataclasses import fields

from sochihoi import paths
from sochihoi.ui.style.tokens import DARK, Sizes, Tokens

_SHEET = """
/* no font-size on '*': it would break inheritance in QLabel rich text and cost time;
    the font comes from QApplication */
QMainWindow, QDialog, QWidget#page {{ background: {window}; }}
QToolTip {{ background: {text}; color: {surface}; border: 0; padding: {space_2}px {space_3}px; font-size: {body}px; }}
QLabel {{ background: transparent; }}
QLabel[role="title"] {{ font-size: {title}px; font-weight: 600; }}
QLabel[role="head"] {{ font-size: {head}px; font-weight: 600; }}
QLabel[role="figure"] {{ font-size: {figure}px; font-weight: 600; }}
QLabel[role="small"] {{ font-size: {small}px; color: {muted}; }}
QLabel[role="caption"] {{ font-size: {small}px; color: {muted}; font-weight: 600; }}
QLabel[tone="muted"] {{ color: {muted}; }}
QLabel[tone="ok"] {{ color: {ok}; }}  QLabel[tone="warn"] {{ color: {warn}; }}
QLabel[tone="bad"] {{ color: {bad}; }}  QLabel[tone="info"] {{ color: {info}; }}
QLabel[pill] {{ font-size: {small}px; font-weight: 600; border-radius: 4px; padding: 2px {space_2}px; }}
QLabel[pill="ok"] {{ background: {ok_soft}; color: {ok}; }}
QLabel[pill="warn"] {{ background: {warn_soft}; color: {warn}; }}
QLabel[pill="bad"] {{ background: {bad_soft}; color: {bad}; }}
QLabel[pill="info"] {{ background: {info_soft}; color: {info}; }}
QLabel[pill="none"] {{ background: {sunken}; color: {muted}; }}

QFrame#card {{ background: {surface}; border: 1px solid {line}; border-radius: {radius}px; }}
QFrame#topbar {{ background: {surface}; border: 0; border-bottom: 1px solid {line}; }}
QFrame#actionbar {{ background: {surface}; border: 0; border-top: 1px solid {line}; }}
QFrame[kind="rule"] {{ background: {line}; border: 0; max-height: 1px; min-height: 1px; }}
QFrame[message] {{ border-radius: {radius}px; border: 1px solid {line}; }}
QFrame[message="ok"] {{ background: {ok_soft}; border-color: {ok}; }}
QFrame[message="warn"] {{ background: {warn_soft}; border-color: {warn}; }}
QFrame[message="bad"] {{ background: {bad_soft}; border-color: {bad}; }}
QFrame[message="info"] {{ background: {info_soft}; border-color: {info}; }}
QFrame[message="toast"] {{ background: {text}; border: 0; }}
QFrame[message="toast"] QLabel {{ color: {surface}; }}
QFrame[message="toast"] QPushButton {{ background: transparent; border: 0; color: {accent_soft}; font-weight: 600; }}

QFrame[message="toast"] QPushButton:focus {{ border: 2px solid {accent_soft}; }}
QFrame[message="toast"] QPushButton:hover {{ text-decoration: underline; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="error"] {{ font-size: {small}px; color: {bad}; }}
QLabel#mark {{ background: {accent}; border-radius: {radius}px; }}
QFrame#popup {{ background: {surface}; border: 1px solid {edge}; border-radius: {radius}px; }}
QListWidget {{ border: 0; background: {surface}; color: {text}; outline: 0; }}
QListWidget::item {{ border-radius: 4px; }}
QListWidget::item:selected {{ background: {accent_soft}; color: {on_accent_soft}; }}
QListWidget#pagelist {{ background: {nav}; border-right: 1px solid {line}; }}
QScrollArea#paper {{ background: {sunken}; }}

/* navigation: plain checkable buttons in a group, so Tab and arrow keys work as in any Windows program */
QFrame#nav {{ background: {nav}; border: 0; border-right: 1px solid {line}; }}
QFrame#nav QLabel[role="caption"] {{ padding: {space_3}px {space_4}px 2px {space_4}px; }}
QFrame#nav QToolButton {{ border: 2px solid transparent; border-radius: {radius}px; padding: 0 {space_2}px;
    text-align: left;
    color: {text}; background: transparent; margin: 0 {space_2}px; }}
QFrame#nav QToolButton[narrow="true"] {{ padding-right: {space_1}px; }}
QFrame#nav QToolButton:hover {{ background: {line}; }}
QFrame#nav QToolButton:checked {{ background: {accent_soft}; color: {on_accent_soft}; font-weight: 600; }}
QFrame#nav QToolButton:focus {{ border-color: {accent}; }}

/* buttons: one primary a page; secondary outlined; quiet without outline; danger is outlined red, never filled */
QPushButton {{ min-height: {button_h}px; padding: 0 {space_4}px; border-radius: {radius}px; border: 1px solid {edge};
    background: {surface}; color: {text}; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {accent_soft}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 0 {space_4_less}px; }}
/* the frame above shows the focus: without this Fusion draws one of its own over it, tinted, once Tab was pressed */
QPushButton, QToolButton, QCheckBox, QRadioButton, QComboBox, QTabBar, QSlider, QGroupBox {{ outline: 0; }}
QPushButton:disabled {{ color: {faint}; border-color: {line}; background: {sunken}; }}
QPushButton[role="primary"] {{ background: {accent}; color: {on_accent}; border: 1px solid {accent};
    font-weight: 600; }}
QPushButton[role="primary"]:hover {{ background: {accent_hover}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {text}; }}
QPushButton[role="primary"]:disabled {{ background: {sunken}; color: {faint}; border-color: {line}; }}
QPushButton[role="quiet"] {{ border: 1px solid transparent; background: transparent; color: {accent};
    padding: 0 {space_2}px; font-weight: 600; }}
QPushButton[role="quiet"]:hover {{ background: {accent_soft}; }}
QPushButton[role="quiet"]:focus {{ border: 2px solid {accent}; }}
QPushButton[role="crumb"] {{ border: 0; border-bottom: 2px solid transparent; border-radius: 0; background: transparent;
    color: {accent}; padding: 0; min-height: 0; font-weight: 600; }}
QPushButton[role="crumb"]:hover, QPushButton[role="crumb"]:focus {{ border-bottom-color: {accent}; }}
QPushButton[role="danger"] {{ border-color: {bad}; color: {bad}; }}
QPushButton[role="danger"]:hover {{ background: {bad_soft}; }}
QPushButton[role="danger"]:focus {{ border: 2px solid {text}; }}
QPushButton[role="chip"] {{ min-height: {chip_h}px; padding: 0 {space_3}px; border-radius: {chip_r}px;
    border: 1px solid {edge}; }}
QPushButton[role="chip"]:checked {{ background: {accent_soft}; border-color: {accent}; color: {on_accent_soft};
    font-weight: 600; }}
QPushButton[role="chip"]:focus {{ border: 2px solid {accent}; }}
/* a role is as strong as a state, and the later of the two wins: what cannot be pressed stands after every role */
QPushButton[role="danger"]:disabled, QPushButton[role="chip"]:disabled {{ background: {sunken}; color: {faint};
    border-color: {line}; }}
QPushButton[role="quiet"]:disabled, QPushButton[role="crumb"]:disabled {{ background: transparent; color: {faint};
    border-color: transparent; }}
QToolButton[role="icon"] {{ border: 1px solid transparent; border-radius: {radius}px; padding: 5px;
    background: transparent; }}
QToolButton[role="icon"]:hover {{ background: {hover}; }}
QToolButton[role="icon"]:focus {{ border: 2px solid {accent}; padding: 4px; }}

QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit {{ min-height: {field_h}px; border: 1px solid {edge};
    border-radius: {radius}px;
    padding: 0 {space_2}px; background: {surface}; color: {text}; selection-background-color: {accent};
    selection-color: {on_accent}; }}
QTextEdit, QPlainTextEdit {{ border: 1px solid {edge}; border-radius: {radius}px; padding: {space_1}px;
    background: {surface}; color: {text};
    selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit:focus, QComboBox:focus, QTextEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus,
    QDateEdit:focus
    {{ border: 2px solid {accent}; padding: 0 {space_2_less}px; }}
QTextEdit:focus, QPlainTextEdit:focus {{ padding: {space_1_less}px; }}
QLineEdit[state="bad"], QComboBox[state="bad"], QPlainTextEdit[state="bad"] {{ border: 2px solid {bad}; }}
QLineEdit:read-only, QTextEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] {{
    background: {sunken}; border-color: {line}; color: {text}; }}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QDateEdit:disabled,
    QTextEdit:disabled, QPlainTextEdit:disabled {{
    background: {sunken}; color: {faint}; border-color: {line}; }}
QLineEdit[role="entry"] {{ min-height: {entry_h}px; font-size: {title}px; font-weight: 500; padding: 0 {space_3}px; }}
QComboBox::drop-down {{ border: 0; width: {drop}px; }}
QComboBox::down-arrow {{ image: url("{chevron}"); width: 16px; height: 16px; }}
QComboBox QAbstractItemView {{ background: {surface}; border: 1px solid {edge};
    selection-background-color: {accent_soft};
    selection-color: {on_accent_soft}; outline: 0; padding: {space_1}px; }}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{ width: 0;
    border: 0; }}
QCheckBox, QRadioButton {{ spacing: {space_2}px; min-height: {check_h}px; }}
QRadioButton::indicator, QCheckBox::indicator, QListWidget::indicator {{ width: 14px; height: 14px;
    border: 1px solid {edge}; background: {surface}; }}
QRadioButton::indicator {{ border-radius: 8px; }}
QCheckBox::indicator, QListWidget::indicator {{ border-radius: 4px; }}
QRadioButton::indicator:checked {{ border: 5px solid {accent}; width: 6px; height: 6px; }}
QCheckBox::indicator:checked, QListWidget::indicator:checked {{
    background: {accent}; border-color: {accent}; image: url("{tick}"); }}
QCheckBox::indicator:indeterminate {{ background: {accent_soft}; border-color: {accent}; }}
QCheckBox, QRadioButton {{ border: 2px solid transparent; border-radius: {radius}px;
    padding: 0 {space_1}px 0 2px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {accent}; }}

QAbstractScrollArea {{ background: {surface}; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: 0; }}
QTableView {{ border: 0; background: {surface}; alternate-background-color: {surface}; gridline-color: {line};
    selection-background-color: {accent_soft}; selection-color: {text}; outline: 0; }}
QTableView[readOnly="true"] {{ background: {sunken}; }}
QHeaderView {{ background: {sunken}; border: 0; }}
QHeaderView::section {{ background: {sunken}; color: {muted}; border: 0; border-bottom: 1px solid {line};
    padding: 0 {space_2}px;
    font-size: {small}px; font-weight: 600; }}
QTableCornerButton::section {{ background: {sunken}; border: 0; }}
QTabBar::tab {{ padding: {space_2}px {space_3}px; border: 0; border-bottom: 2px solid transparent; color: {muted};
    background: transparent; }}
QTabBar::tab:selected {{ color: {on_accent_soft}; border-bottom-color: {accent}; font-weight: 600; }}
QTabBar::tab:focus {{ background: {accent_soft}; }}
QTabBar {{ qproperty-drawBase: 0; background: transparent; }}
QProgressBar {{ border: 0; border-radius: 3px; background: {line}; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QProgressBar[tone="ok"]::chunk {{ background: {ok}; }}
QMenu {{ background: {surface}; border: 1px solid {edge}; padding: {space_1}px; }}
QMenu::item {{ padding: {space_2}px {space_4}px; border-radius: 4px; }}
QMenu::item:selected {{ background: {accent_soft}; color: {on_accent_soft}; }}
QMenu::item:disabled {{ background: transparent; color: {faint}; }}
QMenu::separator {{ background: {line}; height: 1px; margin: {space_1}px {space_2}px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {edge}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 40px; }}  QScrollBar::handle:horizontal {{ min-width: 40px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def sheet(tokens: Tokens, size: Sizes) -> str:
    """The whole style sheet of one theme and text size. Raises ``KeyError`` for a name that no token has."""
    colours = {f.name: getattr(tokens, f.name) for f in fields(tokens)}
    lengths = {f.name: getattr(size, f.name) for f in fields(size)}
    theme = "dark" if tokens is DARK else "light"
    icons = paths.built() / "icons"  # QSS cannot tint an SVG: a ready-made file for each theme
    more = {
        "button_h": size.control - 2,
        "field_h": size.control - 4,
        "chip_h": size.row_dense - 2,
        "check_h": size.row_dense - 6,
        "chip_r": size.row_dense // 2,
        "entry_h": size.control + 10,
        "drop": size.control - 8,
        "space_1_less": size.space_1 - 1,
        "space_2_less": size.space_2 - 1,
        "space_4_less": size.space_4 - 1,
        "tick": (icons / f"check-{theme}.svg").as_posix(),
        "chevron": (icons / f"chevron-down-{theme}.svg").as_posix(),
    }
    if colours.keys() & lengths.keys():  # merged, one would silently win: "background: 204"
        raise ValueError(colours.keys() & lengths.keys())
    return _SHEET.format(**colours, **lengths, **more)

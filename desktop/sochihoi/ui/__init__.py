"""The window: pages, dialogs, words. PySide6 is here and in ``app.py``, nowhere else; presenters and words reach no
Qt.
"""

"""One rotating log for everything unexpected: exceptions of any thread, Qt's complaints, and crashes."""

import faulthandler
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

from tryon_app.model.faults import Fault, fault

_LARGEST, _KEPT = 500_000, 3
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def start_log(folder: Path, tell: Callable[[Fault, str], None] | None = None) -> Path:
    """Write to FOLDER/window.log from now on. tell: called with a Fault and details for what nobody has caught."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "window.log"
    handler = RotatingFileHandler(path, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    faulthandler.enable((folder / "crash.log").open("a", encoding="utf-8"))
    sys.excepthook = lambda kind, error, trace: _uncaught(kind, error, trace, tell)
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback, tell)
    qInstallMessageHandler(_from_qt)
    return path


def _uncaught(
    kind: type[BaseException],
    error: BaseException | None,
    trace: TracebackType | None,
    tell: Callable[[Fault, str], None] | None,
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error or kind(), trace)
        return
    details = "".join(traceback.format_exception(kind, error, trace))
    logging.getLogger("window").error("uncaught\n%s", details)
    if sys.__stderr__ is not None:
        sys.__stderr__.write(details)
    if tell is not None:
        tell(fault("internal.window", reason=kind.__name__), details)


def _from_qt(kind: QtMsgType, context: object, text: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.INFO), text)

"""Every command of the window as an action with a key, in menus: nothing needs a mouse."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from operator import attrgetter

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMainWindow, QMenu
from shiboken6 import isValid

from tryon_app.model.stages import BY_NAME, VIEWS
from tryon_app.views.canvas.toolbox import TOOLS
from tryon_app.views.common import icons
from tryon_app.views.words.names import tool_key, tool_name, tool_tip, view_name

_Key, _NATIVE = QKeySequence.StandardKey, QKeySequence.SequenceFormat.NativeText


@dataclass(frozen=True)
class Command:
    """One entry: where it goes, its icon and keys, and what it does: a method of the window, or of a part of it."""

    menu: str
    name: str
    icon: str
    keys: QKeySequence.StandardKey | str
    call: str
    before: bool = False  # a line before it


COMMANDS = (
    Command("file", "new_project", "plus", _Key.New, "projects.new"),
    Command("file", "open_project", "open", "Ctrl+Shift+O", "projects.choose"),
    Command("file", "save_project", "save", _Key.Save, "projects.save"),
    Command("file", "save_project_as", "", "Ctrl+Shift+S", "projects.save_as"),
    Command("file", "revert_project", "revert", "", "projects.revert"),
    Command("file", "close_project", "close", "Ctrl+W", "projects.close"),
    Command("file", "open_person", "person", _Key.Open, "open_person", True),
    Command("file", "open_garment", "garment", "Ctrl+G", "open_garment"),
    Command("file", "open_folder", "folder", "Ctrl+Shift+G", "open_folder"),
    Command("file", "samples", "samples", "", "open_samples"),
    Command("file", "save", "picture", "Ctrl+E", "save", True),
    Command("file", "save_shown", "layers", "", "save_shown"),
    Command("file", "place_back", "place-back", "Ctrl+Shift+B", "place_back"),
    Command("file", "export", "export", "Ctrl+Alt+E", "export"),
    Command("file", "quit", "", "Ctrl+Q", "close", True),
    Command("edit", "copy", "copy", _Key.Copy, "copy", True),
    Command("edit", "paste", "paste", _Key.Paste, "paste"),
    Command("edit", "clear", "trash", "", "clear", True),
    Command("edit", "preferences", "settings", "Ctrl+,", "open_preferences", True),
    Command("try", "run", "try-on", "Ctrl+Return", "run"),
    Command("try", "cancel", "stop", "Esc", "cancel"),
    Command("try", "another_seed", "dice", "Ctrl+R", "another_seed", True),
    Command("try", "next_garment", "chevron-right", "Ctrl+Right", "next_garment"),
    Command("try", "previous_garment", "chevron-left", "Ctrl+Left", "previous_garment"),
    Command("try", "next_person", "chevron-down", "Ctrl+Down", "next_person"),
    Command("try", "previous_person", "chevron-up", "Ctrl+Up", "previous_person"),
    Command("try", "batch_all", "grid", "Ctrl+Shift+Return", "batch.all", True),
    Command("try", "batch_selected", "grid-selected", "Ctrl+Alt+Return", "batch.selected"),
    Command("try", "batch", "eye", "Ctrl+B", "batch.show"),
    Command("tools", "grow", "grow", "", "page.grow", True),
    Command("tools", "shrink", "shrink", "", "page.shrink"),
    Command("tools", "smooth", "smooth", "", "page.smooth"),
    Command("tools", "revert_stage", "revert", "", "page.revert_shown", True),
    Command("view", "fit", "fit", "Ctrl+0", "fit"),
    Command("view", "actual", "actual", "Ctrl+Alt+0", "actual_size"),
    Command("view", "zoom_in", "zoom-in", _Key.ZoomIn, "zoom_in"),
    Command("view", "zoom_out", "zoom-out", _Key.ZoomOut, "zoom_out"),
    Command("view", "history", "history", "Ctrl+H", "toggle_history", True),
    Command("view", "full_screen", "full-screen", "F11", "toggle_full_screen"),
    Command("help", "palette", "search", "Ctrl+K", "open_palette"),
    Command("help", "keys", "keyboard", "F1", "show_keys"),
    Command("help", "log", "log", "", "show_log", True),
    Command("help", "data", "folder", "", "show_data"),
    Command("help", "about", "info", "", "show_about", True),
)


ON_CANVAS = ("revert_stage", "", "copy", "save_shown", "save", "place_back", "", "fit", "actual", "full_screen")
"""What is offered on the canvas after its tools; "" is a line."""
_OF_LABELS = ("grow", "shrink", "smooth")


class Actions:
    """The menus of a window; `window` has what every command's `call` names."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        bar = window.menuBar()
        self.menus: Mapping[str, QMenu] = {
            name: bar.addMenu("") for name in ("file", "edit", "view", "stages", "tools", "try", "help")
        }
        self.by_name: dict[str, QAction] = {}
        self.views: dict[str, QAction] = {}
        self.tools: dict[str, QAction] = {}
        self._group, self._tool_group = QActionGroup(window), QActionGroup(window)
        for name in TOOLS:
            self._add_tool(name)
        self._foreign = 0  # so many of the first commands were named in another language
        for command in COMMANDS:
            self._add(command)
        self["preferences"].setMenuRole(QAction.MenuRole.PreferencesRole)
        keys = iter(range(1, 10))  # the nine views that everybody needs; the others have none
        for view in VIEWS:
            always = view.stage == "garment" or not (BY_NAME[view.stage].optional or view.said)
            self._add_view(view.key, f"Ctrl+{next(keys)}" if always else "")

    def __getitem__(self, name: str) -> QAction:
        return self.by_name[name]

    def put_undo(self, stack: QUndoStack) -> None:
        """Undo and redo of the document, first in the Edit menu."""
        self.undo, self.redo = QAction(self._window), QAction(self._window)
        self._stack = stack
        self.undo.setShortcut(_Key.Undo)
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self.undo.setIcon(icons.icon("undo"))
        self.redo.setIcon(icons.icon("redo"))
        self.undo.triggered.connect(stack.undo)
        self.redo.triggered.connect(stack.redo)
        for signal in (stack.undoTextChanged, stack.redoTextChanged, stack.canUndoChanged, stack.canRedoChanged):
            signal.connect(self._name_undo)
        first = self.menus["edit"].actions()[0]
        self.menus["edit"].insertActions(first, [self.undo, self.redo])

    def _name_undo(self, *_: object) -> None:
        """Say what would be undone, unless it was named in another language than is spoken now."""
        if not isValid(self._stack):
            return  # its own end empties it, which it tells of
        at = self._stack.index()
        undo = QCoreApplication.translate("Actions", "Undo"), QCoreApplication.translate("Actions", "Undo: {what}")
        redo = QCoreApplication.translate("Actions", "Redo"), QCoreApplication.translate("Actions", "Redo: {what}")
        self.undo.setEnabled(self._stack.canUndo())
        self.redo.setEnabled(self._stack.canRedo())
        what = self._stack.undoText() if at > self._foreign else ""
        self.undo.setText(undo[1].format(what=what) if what else undo[0])
        what = self._stack.redoText() if at >= self._foreign else ""
        self.redo.setText(redo[1].format(what=what) if what else redo[0])

    def retranslate(self) -> None:
        """All texts in the window's language."""
        for name, text in _menu_texts().items():
            self.menus[name].setTitle(text)
        for name, text in _texts().items():
            action, keys = self.by_name[name], self.by_name[name].shortcut().toString(_NATIVE)
            action.setText(text)
            action.setToolTip(" ".join((text.replace("&", "").rstrip("…"), f"({keys})" if keys else "")).strip())
        for key, action in self.views.items():
            action.setText(view_name(key))
        for name, action in self.tools.items():
            action.setText(tool_name(name))
            action.setToolTip(tool_tip(name))
        self._foreign = self._stack.count()
        self._name_undo()

    def show_stage(self, key: str) -> None:
        """Tick the view that is on the canvas."""
        self.views[key].setChecked(True)

    def set_seen(self, keys: Collection[str]) -> None:
        """Offer these views only."""
        for key, action in self.views.items():
            action.setVisible(key in keys)

    def set_tools(self, tools: Collection[str], current: str, edited: bool) -> None:
        """Offer the tools of the stage that is shown, and tick the one in hand."""
        for name, action in self.tools.items():
            action.setEnabled(name in tools)
        for name in _OF_LABELS:
            self[name].setEnabled("brush" in tools)
        self["revert_stage"].setEnabled(edited)
        self.tools[current].setChecked(True)

    def on_canvas(self) -> QMenu:
        """What can be done with what is on the canvas; shown by who asked, and gone once it is closed."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        tools = [action for action in self.tools.values() if action.isEnabled()]
        menu.addActions(tools)
        for name in ON_CANVAS if tools else ON_CANVAS[1:]:
            if not name:
                menu.addSeparator()
            elif self[name].isEnabled():
                menu.addAction(self[name])
        menu.addSeparator()
        menu.addAction(self.menus["stages"].menuAction())  # by `addMenu` it would go with this one
        return menu

    def _add_tool(self, name: str) -> None:
        """A tool, whose letter is heard only while the canvas has the focus: elsewhere letters are typed."""
        action = QAction(self._window)
        action.setIcon(icons.icon(name))
        action.setCheckable(True)
        action.setShortcut(QKeySequence(tool_key(name)))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        choose = attrgetter("page.choose_tool")
        action.triggered.connect(lambda _=False: choose(self._window)(name))
        self._tool_group.addAction(action)
        self.menus["tools"].addAction(action)
        self.tools[name] = action

    def _add(self, command: Command) -> None:
        menu = self.menus[command.menu]
        if command.before:
            menu.addSeparator()
        action = QAction(self._window)
        if command.icon:
            action.setIcon(icons.icon(command.icon))
        if command.keys:
            action.setShortcut(QKeySequence(command.keys))
        call = attrgetter(command.call)
        action.triggered.connect(lambda _=False: call(self._window)())
        action.setObjectName(command.name)
        menu.addAction(action)
        self._window.addAction(action)  # so that keys work in full screen too, where the menu bar may be away
        self.by_name[command.name] = action

    def _add_view(self, key: str, shortcut: str) -> None:
        action = QAction(self._window)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setCheckable(True)
        show: Callable[[str], object] = getattr(self._window, "show_stage")  # noqa: B009 - a QMainWindow to mypy
        action.triggered.connect(lambda _=False: show(key))
        self._group.addAction(action)
        self.menus["stages"].addAction(action)
        self.views[key] = action


def _menu_texts() -> dict[str, str]:
    return {
        "file": QCoreApplication.translate("Actions", "&File"),
        "edit": QCoreApplication.translate("Actions", "&Edit"),
        "view": QCoreApplication.translate("Actions", "&View"),
        "stages": QCoreApplication.translate("Actions", "&Stages"),
        "tools": QCoreApplication.translate("Actions", "T&ools"),
        "try": QCoreApplication.translate("Actions", "&Try on"),
        "help": QCoreApplication.translate("Actions", "&Help"),
    }


def _texts() -> dict[str, str]:
    return {
        "new_project": QCoreApplication.translate("Actions", "&New project…"),
        "open_project": QCoreApplication.translate("Actions", "&Open project…"),
        "save_project": QCoreApplication.translate("Actions", "Sa&ve project"),
        "save_project_as": QCoreApplication.translate("Actions", "Save project &as…"),
        "revert_project": QCoreApplication.translate("Actions", "Go back to the saved project"),
        "close_project": QCoreApplication.translate("Actions", "C&lose project"),
        "open_person": QCoreApplication.translate("Actions", "Open &person…"),
        "open_garment": QCoreApplication.translate("Actions", "Open &garment…"),
        "open_folder": QCoreApplication.translate("Actions", "Open &folder of garments…"),
        "samples": QCoreApplication.translate("Actions", "Open the sample photos"),
        "save": QCoreApplication.translate("Actions", "&Save picture…"),
        "save_shown": QCoreApplication.translate("Actions", "Save the picture of this stage…"),
        "place_back": QCoreApplication.translate("Actions", "Place &back into the photo…"),
        "export": QCoreApplication.translate("Actions", "&Export all stages…"),
        "quit": QCoreApplication.translate("Actions", "&Quit"),
        "copy": QCoreApplication.translate("Actions", "&Copy picture"),
        "paste": QCoreApplication.translate("Actions", "&Paste photo"),
        "clear": QCoreApplication.translate("Actions", "&Empty both fields"),
        "preferences": QCoreApplication.translate("Actions", "&Preferences…"),
        "run": QCoreApplication.translate("Actions", "&Try on"),
        "cancel": QCoreApplication.translate("Actions", "&Cancel"),
        "another_seed": QCoreApplication.translate("Actions", "Another &seed"),
        "next_garment": QCoreApplication.translate("Actions", "&Next garment"),
        "previous_garment": QCoreApplication.translate("Actions", "&Previous garment"),
        "next_person": QCoreApplication.translate("Actions", "Ne&xt person"),
        "previous_person": QCoreApplication.translate("Actions", "Pre&vious person"),
        "batch_all": QCoreApplication.translate("Actions", "&All on all"),
        "batch_selected": QCoreApplication.translate("Actions", "Se&lected on selected"),
        "batch": QCoreApplication.translate("Actions", "Show the &batch"),
        "grow": QCoreApplication.translate("Actions", "Grow the chosen label"),
        "shrink": QCoreApplication.translate("Actions", "Shrink the chosen label"),
        "smooth": QCoreApplication.translate("Actions", "Smooth the chosen label's border"),
        "revert_stage": QCoreApplication.translate("Actions", "Undo all edits of this stage"),
        "fit": QCoreApplication.translate("Actions", "&Fit to window"),
        "actual": QCoreApplication.translate("Actions", "Pixel for pixel"),
        "zoom_in": QCoreApplication.translate("Actions", "Zoom &in"),
        "zoom_out": QCoreApplication.translate("Actions", "Zoom &out"),
        "history": QCoreApplication.translate("Actions", "&History"),
        "full_screen": QCoreApplication.translate("Actions", "F&ull screen"),
        "palette": QCoreApplication.translate("Actions", "Find a &command…"),
        "keys": QCoreApplication.translate("Actions", "&Keys…"),
        "log": QCoreApplication.translate("Actions", "Show &log"),
        "data": QCoreApplication.translate("Actions", "Show &data folder"),
        "about": QCoreApplication.translate("Actions", "&About"),
    }

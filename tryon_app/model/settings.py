"""The settings, typed: what is read has the right type whatever the file says, and a change is a signal."""

from typing import Any, Generic, TypeVar, overload

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from tryon_app.model import places

_T = TypeVar("_T", bool, int, float, str, QByteArray)


class Value(Generic[_T]):
    """One entry of the settings file, used as an attribute; `allowed` limits what a text may be."""

    def __init__(self, key: str, default: _T, allowed: tuple[_T, ...] = ()) -> None:
        self.key = key
        self.default: _T = default
        self.allowed: tuple[_T, ...] = allowed
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, settings: None, owner: type) -> "Value[_T]": ...

    @overload
    def __get__(self, settings: "Settings", owner: type) -> _T: ...

    def __get__(self, settings: "Settings | None", owner: type) -> "Value[_T] | _T":
        if settings is None:
            return self
        try:
            found = settings.qsettings.value(self.key, self.default, type(self.default))
        except (TypeError, ValueError, OverflowError):  # a hand-edited file
            return self.default
        if not isinstance(found, type(self.default)) or (self.allowed and found not in self.allowed):
            return self.default
        return found

    def __set__(self, settings: "Settings", value: _T) -> None:
        if value != self.__get__(settings, type(settings)):
            settings.qsettings.setValue(self.key, value)
            settings.changed.emit(self.name)


class Settings(QObject):
    """Everything the user can choose. `changed` carries the attribute's name.

    device: "auto", "cpu", "cuda", "cuda:1", "mps". threads: 0 for all cores. cache_mb: for stages kept in memory.
    pack: name or folder of the weight pack in use.
    """

    changed = Signal(str)

    device = Value("engine/device", "auto")
    precision = Value("engine/precision", "fp32", ("fp32", "auto", "bf16", "fp16"))
    threads = Value("engine/threads", 0)
    pack = Value("engine/pack", "default")
    cache_mb = Value("engine/cache_mb", 512)
    draft = Value("engine/draft", True)
    precompute = Value("engine/precompute", True)
    keep_original = Value("engine/keep_original", True)
    theme = Value("look/theme", "system", ("system", "light", "dark"))
    language = Value("look/language", "system", ("system", "en", "ko"))
    remember = Value("history/remember", True)
    quality = Value("save/quality", 95)
    batch_names = Value("save/batch_names", "")
    batch_sheet = Value("save/batch_sheet", "jpg")
    save_folder = Value("save/folder", "")
    open_folder = Value("open/folder", "")
    geometry = Value("window/geometry", QByteArray())
    layout = Value("window/layout", QByteArray())
    first_run = Value("window/first_run", True)
    project = Value("window/project", "")

    def __init__(self, parent: QObject | None = None, file: str | None = None) -> None:
        super().__init__(parent)
        self.qsettings = QSettings(file or str(places.settings_file()), QSettings.Format.IniFormat, self)

    def texts(self, key: str) -> list[str]:
        """A list of texts, such as recent files; empty where there is none."""
        found: Any = self.qsettings.value(key, [])
        if isinstance(found, str):
            return [found] if found else []
        return [str(item) for item in found or []]

    def set_texts(self, key: str, texts: list[str]) -> None:
        """Store a list of texts."""
        self.qsettings.setValue(key, texts)

    def sync(self) -> None:
        """Write to the disk now."""
        self.qsettings.sync()

"""commentlens: what people say about cities under ranked lists.

    import commentlens as cl

    result = cl.annotate(cl.load("page.txt"))
    print(cl.report(result))

docs/api.md has every function. Nothing large is imported before it is used.
"""

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from commentlens.api import annotate as annotate
    from commentlens.api import city as city
    from commentlens.api import explain as explain
    from commentlens.api import from_records as from_records
    from commentlens.api import from_texts as from_texts
    from commentlens.api import load as load
    from commentlens.api import make_doc as make_doc
    from commentlens.api import pipeline as pipeline
    from commentlens.api import read as read
    from commentlens.api import report as report
    from commentlens.errors import CommentlensError as CommentlensError
    from commentlens.records import AnnotatedComment as AnnotatedComment
    from commentlens.records import Comment as Comment
    from commentlens.report_view import CityResult as CityResult
    from commentlens.report_view import ReportView as ReportView
    from commentlens.results import Corpus as Corpus
    from commentlens.results import Result as Result

_HOME = {
    **dict.fromkeys(
        "annotate city explain from_records from_texts load make_doc pipeline read report".split(), "commentlens.api"
    ),
    "CommentlensError": "commentlens.errors",
    **dict.fromkeys(["AnnotatedComment", "Comment"], "commentlens.records"),
    **dict.fromkeys(["CityResult", "ReportView"], "commentlens.report_view"),
    **dict.fromkeys(["Corpus", "Result"], "commentlens.results"),
}
__all__ = sorted(_HOME)  # made of the one list of names


class _Package(ModuleType):
    """Finds the interface's names when they are first asked for.

    Two of them, ``annotate`` and ``pipeline``, are also modules in here. As an attribute of the package each is the
    function, whenever the module is imported; ``from commentlens.pipeline import …`` finds the module as ever.
    """

    def __getattr__(self, name: str) -> object:
        if name not in _HOME:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        value: object = getattr(importlib.import_module(_HOME[name]), name)
        setattr(self, name, value)
        return value

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *_HOME})


sys.modules[__name__].__class__ = _Package

"""Types words into the real window and presses its buttons, as the tests of the window do: through accessibility."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Tests/UserInterface"))
from tests import accessibility as a  # noqa: E402


class Words:
    def __init__(self, process):
        self.app = a.application(process, 60)

    def press(self, name):
        a.press(self.app, name)

    def wait(self, name):
        return a.wait_find(self.app, "push button", name)

    def fill_in(self, words):
        fields = a.wait_for("the fields", lambda: found if len(found := self.fields()) == len(words) else None)
        for field, word in zip(fields, words):
            a.set_text(field, word)

    def fields(self):
        return a.find_all(self.app, "text", containing="Word ")

"""What a person does in the window, in the words of the interface."""
from . import accessibility as a


def create_account(world, name):
    """Returns the Account ID that the window shows."""
    a.press(world.app, "Create Account")
    a.set_text(a.wait_find(world.app, "text", "Display name"), name)
    a.press(world.app, "Create")
    account = a.wait_for("the Account ID", lambda: next(
        filter(None, (account_in(node.name) for node in a.walk(world.app))), None))
    a.press(world.app, "Start Messaging")
    a.wait_for("the first page to leave", lambda: not a.find(world.app, "push button", "Start Messaging"))
    a.wait_find(world.app, "push button", "New Conversation")
    return account


def open_conversation_with(world, account):
    """Through the dialog for a new conversation. Another one may be open; its page stays for a frame."""
    before = a.find_all(world.app, "text", "Message")
    a.press(world.app, "New Conversation")
    a.set_text(a.wait_find(world.app, "text", "Account ID or name"), account)
    a.press(world.app, containing="Message this Account ID")

    def field():
        found = a.find_all(world.app, "text", "Message")
        return found[0] if found and not any(one in before for one in found) else None
    return a.wait_for("the field of the new conversation", field)


def write(world, text):
    a.set_text(a.wait_find(world.app, "text", "Message"), text)
    a.press(world.app, "Send")


def messages(world, containing):
    """The rows of the open conversation whose sentence has these words."""
    log = a.find(world.app, name="Messages")
    return a.find_all(log, "list item", containing=containing) if log else []


def wait_message(world, containing, seconds=30):
    return wait_row(world, f"a message “{containing}”", containing, seconds)


def wait_row(world, what, containing, seconds):
    """A row of the open conversation."""
    def matching(node):
        return a.matches(node, "list item", containing=containing) and any(a.matches(one, name="Messages") for one in above(node))
    return a.wait_first(what, world.app, matching, seconds)


def above(node):
    while node.parent:
        node = node.parent
        yield node


def account_in(text):
    """The Account ID that `text` ends with, in groups or in one piece."""
    last = "".join((text or "").rsplit(":", 1)[-1].split())
    return last if len(last) == 66 and last.startswith("05") else None

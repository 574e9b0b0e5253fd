"""What a person does in the window, in the words of the interface."""
from . import accessibility as a


def create_account(world, name):
    app = world.app
    a.click(a.wait_find(app, "push button", "Create Account"))
    a.set_text(a.wait_find(app, "text", "Display name"), name)
    a.click(a.wait_for("the Create button", lambda: next(
        (b for b in a.find_all(app, "push button", "Create") if a.is_sensitive(b)), None)))
    a.click(a.wait_find(app, "push button", "Start Messaging"))
    a.wait_find(app, "push button", "New Conversation")


def open_conversation_with(world, account):
    """Through the dialog for a new conversation."""
    app = world.app
    a.click(a.wait_find(app, "push button", "New Conversation"))
    entry = a.wait_find(app, "text", "Account ID or name")
    a.set_text(entry, account)
    a.click(a.wait_for("the button for this Account ID", lambda: next(
        (b for b in a.find_all(app, "push button", containing="Message") if b.get_name() not in ("Message Requests",)
         and a.is_sensitive(b)), None)))
    return a.wait_find(app, "text", "Message")


def write(world, text):
    app = world.app
    a.set_text(a.wait_find(app, "text", "Message"), text)
    a.click(a.wait_for("the Send button", lambda: next(
        (b for b in a.find_all(app, "push button", "Send") if a.is_sensitive(b)), None)))


def wait_message(world, containing, seconds=30):
    return a.wait_find(world.app, "list item", containing=containing, seconds=seconds)

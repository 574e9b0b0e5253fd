"""The bus of screen readers: questions to the programs on it, one at a time, or many before the first answer."""
import functools

from gi.repository import Gio, GLib

# A program that does not answer for so long hangs.
PATIENCE = 8_000
PROPERTIES = "org.freedesktop.DBus.Properties"
REGISTRY = "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root"


@functools.cache
def address():
    session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    return session.call_sync(
        "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, Gio.DBusCallFlags.NONE, PATIENCE,
        None).unpack()[0]


@functools.cache
def bus():
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(address(), flags, None, None)


def interface(name):
    return f"org.a11y.atspi.{name}"


def ask(program, path, interface, method, arguments=None):
    return bus().call_sync(
        program, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, PATIENCE, None)


def ask_all(program, questions):
    """The answers to many questions `(path, interface, method, arguments)`; None from an object that is gone meanwhile."""
    answers, connection, context = {}, bus(), GLib.MainContext.default()

    def note(_, result, number):
        try:
            answers[number] = connection.call_finish(result)
        except GLib.Error:
            answers[number] = None

    for number, question in enumerate(questions):
        connection.call(program, *question, None, Gio.DBusCallFlags.NONE, PATIENCE, None, note, number)
    while len(answers) < len(questions):
        context.iteration(True)
    return [answers[number] for number in range(len(questions))]


def programs():
    """The names on this bus of what a screen reader could read."""
    return [name for name, _ in ask(*REGISTRY, interface("Accessible"), "GetChildren").unpack()[0]]


def process_of(program):
    return ask("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetConnectionUnixProcessID",
               GLib.Variant("(s)", (program,))).unpack()[0]

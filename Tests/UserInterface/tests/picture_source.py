"""Another program with a picture: it can be dragged out of its window, and lies on the clipboard if that is asked for.

  picture_source.py FILE [file | texture | clipboard]     prints `ready` when the window stands, `copied` for the clipboard
"""
import sys

import gi

gi.require_version("Gdk", "4.0")
gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, Gio, GLib, GObject, Gtk  # noqa: E402

path, kind = sys.argv[1:3]


def provider():
    if kind == "file":
        return Gdk.ContentProvider.new_for_value(Gdk.FileList.new_from_array([Gio.File.new_for_path(path)]))
    # As what it is, not as the kind of texture that it happens to be: for that nobody knows a format.
    return Gdk.ContentProvider.new_for_value(GObject.Value(Gdk.Texture, Gdk.Texture.new_from_filename(path)))


def say(word):
    print(word, flush=True)
    return GLib.SOURCE_REMOVE


def prepare(source, x, y):
    return provider()


def begin(source, drag):
    drag.connect("notify::selected-action", lambda drag, _: drag.get_selected_action() == Gdk.DragAction.COPY and say("welcome"))
    say("dragging")


loop = GLib.MainLoop()
window = Gtk.Window(title="picture-source", default_width=120, default_height=120, decorated=False)
label = Gtk.Label(label="Drag me", hexpand=True, vexpand=True)
source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
source.connect("prepare", prepare)
source.connect("drag-begin", begin)
source.connect("drag-end", lambda *_: say("dropped"))
window.add_controller(source)
window.set_child(label)
window.connect("map", lambda *_: GLib.idle_add(say, "ready"))
window.present()
if kind == "clipboard":
    window.get_clipboard().set_content(provider())
    say("copied")
loop.run()

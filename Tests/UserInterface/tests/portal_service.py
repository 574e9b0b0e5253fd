"""A desktop's portal for the screen, without a desktop. A test sees what was asked, and does what a person would do.

    python3 portal_service.py BUS-ADDRESS PIPEWIRE-SOCKET
"""
import json
import socket
import sys

from gi.repository import Gio, GLib

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
INTERFACES = """<node>
<interface name="org.freedesktop.portal.ScreenCast">
  <method name="CreateSession"><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/></method>
  <method name="SelectSources">
    <arg type="o" direction="in"/><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/>
  </method>
  <method name="Start">
    <arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/>
  </method>
  <method name="OpenPipeWireRemote">
    <arg type="o" direction="in"/><arg type="a{sv}" direction="in"/><arg type="h" direction="out"/>
  </method>
  <property name="AvailableSourceTypes" type="u" access="read"/>
  <property name="AvailableCursorModes" type="u" access="read"/>
  <property name="version" type="u" access="read"/>
</interface>
<interface name="test.Person">
  <method name="Look"><arg type="s" direction="out"/></method>
  <method name="Answer"><arg type="u" direction="in"/><arg type="u" direction="in"/></method>
  <method name="TakeBack"/>
</interface>
</node>"""
REQUEST = """<node><interface name="org.freedesktop.portal.Request">
  <method name="Close"/><signal name="Response"><arg type="u"/><arg type="a{sv}"/></signal>
</interface></node>"""
SESSION = """<node><interface name="org.freedesktop.portal.Session">
  <method name="Close"/><signal name="Closed"><arg type="a{sv}"/></signal>
</interface></node>"""


class Portal:
    def __init__(self, address, pipewire):
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        self.pipewire = pipewire
        # The question that is open, sessions with what was asked of them, and how many connections were handed out.
        self.asked, self.sessions, self.handed_out, self.objects = None, {}, 0, {}
        for interface in Gio.DBusNodeInfo.new_for_xml(INTERFACES).interfaces:
            self.bus.register_object(PATH, interface, self.called, self.property, None)
        Gio.bus_own_name_on_connection(self.bus, NAME, Gio.BusNameOwnerFlags.NONE, None, None)

    def called(self, bus, sender, path, interface, method, parameters, call):
        getattr(self, method)(sender, call, *parameters.unpack())

    def property(self, bus, sender, path, interface, name):
        return GLib.Variant("u", {"AvailableSourceTypes": 3, "AvailableCursorModes": 7, "version": 4}[name])

    # What programs ask

    def CreateSession(self, sender, call, options):
        session = f"{PATH}/session/{mangled(sender)}/{options['session_handle_token']}"
        self.sessions[session] = {}
        self.register(session, SESSION, lambda: self.sessions.pop(session, None))
        self.answer(self.take(sender, call, options), 0, {"session_handle": GLib.Variant("s", session)})

    def SelectSources(self, sender, call, session, options):
        self.sessions[session] = {key: options.get(key) for key in ("types", "multiple", "cursor_mode")}
        self.answer(self.take(sender, call, options), 0, {})

    def Start(self, sender, call, session, parent, options):
        self.asked = self.take(sender, call, options)

    def OpenPipeWireRemote(self, sender, call, session, options):
        if session not in self.sessions:
            return call.return_dbus_error("org.freedesktop.portal.Error.NotFound", "There is no such session.")
        self.handed_out += 1
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.connect(self.pipewire)
        descriptors = Gio.UnixFDList.new_from_array([connection.detach()])
        call.return_value_with_unix_fd_list(GLib.Variant("(h)", (0,)), descriptors)

    def take(self, sender, call, options):
        request = f"{PATH}/request/{mangled(sender)}/{options['handle_token']}"
        self.register(request, REQUEST, self.forget)
        call.return_value(GLib.Variant("(o)", (request,)))
        return request

    def forget(self):
        self.asked = None

    def answer(self, request, code, results):
        self.signal(request, "Request", "Response", GLib.Variant("(ua{sv})", (code, results)))
        self.bus.unregister_object(self.objects.pop(request))

    def register(self, path, description, closed):
        def called(bus, sender, path, interface, method, parameters, call):
            closed()
            self.bus.unregister_object(self.objects.pop(path))
            call.return_value(None)
        interface = Gio.DBusNodeInfo.new_for_xml(description).interfaces[0]
        self.objects[path] = self.bus.register_object(path, interface, called, None, None)

    def signal(self, path, interface, name, value):
        self.bus.emit_signal(None, path, f"org.freedesktop.portal.{interface}", name, value)

    # What a person sees and does

    def Look(self, sender, call):
        seen = {"asked": self.asked is not None, "sessions": self.sessions, "handed out": self.handed_out}
        call.return_value(GLib.Variant("(s)", (json.dumps(seen),)))

    def Answer(self, sender, call, code, node):
        streams = GLib.Variant("a(ua{sv})", [(node, {"source_type": GLib.Variant("u", 1)})])
        request, self.asked = self.asked, None
        self.answer(request, code, {"streams": streams} if code == 0 else {})
        call.return_value(None)

    def TakeBack(self, sender, call):
        for session in list(self.sessions):
            del self.sessions[session]
            self.signal(session, "Session", "Closed", GLib.Variant("(a{sv})", ({},)))
            self.bus.unregister_object(self.objects.pop(session))
        call.return_value(None)


def mangled(sender):
    return sender[1:].replace(".", "_")


if __name__ == "__main__":
    portal = Portal(*sys.argv[1:])
    GLib.MainLoop().run()

"""A notification service without a screen. A test looks at what it was asked to show, and does what a person would do.

    python3 notification_service.py BUS-ADDRESS CAPABILITY…
"""
import json
import sys

from gi.repository import Gio, GLib

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
INTERFACES = """<node>
<interface name="org.freedesktop.Notifications">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
    <arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  <signal name="NotificationReplied"><arg type="u"/><arg type="s"/></signal>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
</interface>
<interface name="test.Person">
  <method name="Look"><arg type="s" direction="out"/></method>
  <method name="Press"><arg type="u" direction="in"/><arg type="s" direction="in"/></method>
  <method name="Reply"><arg type="u" direction="in"/><arg type="s" direction="in"/></method>
  <method name="PutAway"><arg type="u" direction="in"/></method>
</interface>
</node>"""


class Service:
    def __init__(self, address, capabilities):
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        self.capabilities, self.shown, self.last, self.calls = capabilities, {}, 0, 0
        for interface in Gio.DBusNodeInfo.new_for_xml(INTERFACES).interfaces:
            self.bus.register_object(PATH, interface, self.called, None, None)
        Gio.bus_own_name_on_connection(self.bus, NAME, Gio.BusNameOwnerFlags.NONE, None, None)

    def called(self, bus, sender, path, interface, method, parameters, call):
        reply = getattr(self, method)(*parameters.unpack())
        call.return_value(reply)

    def signal(self, name, value):
        self.bus.emit_signal(None, PATH, NAME, name, value)

    def gone(self, number, reason):
        if self.shown.pop(number, None):
            self.signal("NotificationClosed", GLib.Variant("(uu)", (number, reason)))

    def GetCapabilities(self):
        return GLib.Variant("(as)", (self.capabilities,))

    def GetServerInformation(self):
        return GLib.Variant("(ssss)", ("test", "test", "1", "1.2"))

    def Notify(self, application, replaces, icon, title, body, actions, hints, expires):
        self.calls += 1
        number = replaces
        if not number:
            self.last += 1
            number = self.last
        self.shown[number] = {
            "application": application, "icon": icon, "title": title, "body": body, "hints": hints,
            "actions": dict(zip(actions[::2], actions[1::2]))}
        return GLib.Variant("(u)", (number,))

    def CloseNotification(self, number):
        self.gone(number, 3)

    def Look(self):
        return GLib.Variant("(s)", (json.dumps({"calls": self.calls, "shown": self.shown}),))

    def Press(self, number, action):
        self.signal("ActionInvoked", GLib.Variant("(us)", (number, action)))
        self.gone(number, 2)

    def Reply(self, number, text):
        self.signal("NotificationReplied", GLib.Variant("(us)", (number, text)))
        self.gone(number, 2)

    def PutAway(self, number):
        self.gone(number, 2)


if __name__ == "__main__":
    service = Service(sys.argv[1], sys.argv[2:])
    GLib.MainLoop().run()

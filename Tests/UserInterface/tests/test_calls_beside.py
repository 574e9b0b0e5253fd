"""Calls beside the window: as notifications, while nothing of Shallot is seen, and with the screen in place of the camera."""
import json
import os
import pathlib
import signal
import subprocess

from . import accessibility as a
from . import calling, desk, people, pointing, window
from .calling import (
    befriend, call_window, fold, in_every_look, incoming, picture, wait_no_window, wait_state, window_of)
from .desktop import Session
from .portal import CANCELLED, REFUSED, Portal
from .sound import SoundServer

FULL = ("actions", "body", "body-markup", "persistence", "sound")


def test_a_hidden_shallot_rings_and_is_answered_from_the_notification(world):
    session, paula = hidden(world)
    calling_program = paula.start("call", world.mine, "--audio", "tone", "--video", "test", "--duration", "15")
    number, shown = session.wait_notification("Incoming call", 40)
    assert "Paula" in shown["body"] and list(shown["actions"])[1:] == ["answer", "decline"], shown
    assert shown["hints"]["category"] == "call.incoming" and shown["hints"]["urgency"] == 2, shown
    assert world.mine not in str(shown) and paula.id not in str(shown)
    # Nothing of it was on the screen before.
    world.app = a.application(world.process)
    incoming(world)
    session.press(number, "answer")
    wait_state(call_window(world), *calling.RUNNING)
    a.wait_for("the notification to go", lambda: not session.notifications())
    wait_state(call_window(world), "Call ended")
    assert calling_program.wait(30) == 0
    # Declined from the notification, and then missed.
    declined = paula.start("call", world.mine, "--audio", "silence")
    number, _ = session.wait_notification("Incoming call", 40)
    session.press(number, "decline")
    assert declined.wait(30) == 2
    wait_no_window(world, "Incoming call")
    missed = paula.start("call", world.mine, "--audio", "silence")
    session.wait_notification("Incoming call", 40)
    missed.terminate()  # it hangs up
    number, shown = session.wait_notification("Missed call", 40)
    assert "Paula" in shown["body"] and list(shown["actions"])[1:] == ["call-back", "message"], shown
    wait_no_window(world, "Incoming call")


@in_every_look
def test_the_screen_is_shown_in_place_of_the_camera_until_it_is_stopped(world):
    calling.with_echo(world)
    a.press(world.app, "Voice Call")
    call = call_window(world)
    wait_state(call, *calling.RUNNING)
    calling.open_menu(call, "Choose Devices")
    a.wait_find(call, containing="Follow system default")
    picture(world, "call-devices")
    desk.focus()
    desk.key("Escape")
    a.press(call, "Share Screen")
    question = a.wait_find(world.app, containing="Share Your Whole Screen?")
    picture(world, "call-share-question")
    a.press(question if question.role == "dialog" else world.app, "Share Screen")
    a.wait_find(call, "push button", "Stop Sharing")
    a.wait_find(call, name="Picture of the other side", seconds=40)
    picture(world, "call-sharing")
    a.press(call, "Stop Sharing")
    a.wait_for("the bar to go", lambda: not a.find(call, "push button", "Stop Sharing"))
    a.press(call, "End Call")
    wait_no_window(world, "Call with")


def test_the_portal_gives_a_screen_and_takes_it_back_and_nobody_is_named_meanwhile(world):
    session = Session(world)
    session.start_notifications(*FULL)
    portal = Portal(session)
    paula, otto = calling.with_paula(world, "Otto", environment=session.environment)
    heard = world.folder / "paula.events"
    with open(heard, "w") as output:
        paula.start("answer", "--once", "--json", "--audio", "tone", "--watch-video", output=output)
    a.press(world.app, "Voice Call")
    call = call_window(world)
    wait_state(call, *calling.RUNNING)
    share = a.wait_find(call, containing="Share Screen")
    # The person chooses nothing: nobody needs to be told.
    a.press(call, "Share Screen")
    portal.wait_asked()
    portal.refuse(CANCELLED)
    a.wait_for("the button to go back", lambda: not calling.is_pressed(share))
    portal.wait_given_back()
    # The desktop refuses.
    a.press(call, "Share Screen")
    portal.wait_asked()
    portal.refuse(REFUSED)
    a.wait_find(call, containing="The desktop did not let the screen be shared")
    a.wait_for("the button to go back", lambda: not calling.is_pressed(share))
    assert not a.find(call, "push button", "Stop Sharing")
    # A screen is chosen, and really arrives.
    a.press(call, "Share Screen")
    portal.wait_asked()
    portal.choose()
    a.wait_find(call, "push button", "Stop Sharing")
    portal.connect()
    before = a.wait_for("Paula to see the screen", lambda: pictures(heard), 40)
    a.wait_for("more of it", lambda: pictures(heard) > before + 5, 40)
    otto.person.send(world.mine, "The secret plan")
    _, shown = session.wait_notification("New message")
    assert shown["title"] == "Shallot" and "secret" not in str(shown) and "Otto" not in str(shown), shown
    # The desktop takes it back, although the picture would go on.
    portal.take_back()
    a.wait_for("the bar to go", lambda: not a.find(call, "push button", "Stop Sharing"))
    a.wait_find(call, containing="The desktop ended the sharing of your screen")
    a.wait_for("the button to go back", lambda: not calling.is_pressed(share))
    otto.person.send(world.mine, "Lunch?")
    session.wait_notification("Lunch?")
    # Stopped here, the portal hears of it.
    a.press(call, "Share Screen")
    portal.wait_asked()
    portal.choose()
    portal.connect()
    a.press(call, "Stop Sharing")
    portal.wait_given_back()
    # The question goes with the call.
    a.wait_for("the button to go back", lambda: not calling.is_pressed(share))
    a.press(call, "Share Screen")
    portal.wait_asked()
    a.press(call, "End Call")
    portal.wait_given_back()
    wait_no_window(world, "Call with")


def pictures(events):
    """How many pictures a command line saw so far."""
    lines = [json.loads(line) for line in events.read_text().splitlines() if line.startswith("{") and line.endswith("}")]
    return max((line.get("pictures") or 0 for line in lines), default=0)


def test_a_microphone_is_tried_and_its_silence_is_named(world):
    sound = SoundServer(world)
    calling.with_echo(world, media=(), look=sound.environment)
    pointing.open_preferences(world)
    pointing.show_page(world, "Calls")
    preferences = pointing.preferences_window(world)
    trial = a.wait_find(preferences, "push button", "Try the Microphone")
    a.click(trial)
    a.wait_for("the microphone to be open", sound.microphones_in_use)
    # Once more, at once: the trial that was given up must not end the one that follows.
    for wanted in (False, True):
        a.click(trial)
        a.wait_for("the button to follow", lambda: calling.is_pressed(trial) == wanted)
    a.wait_for("one open microphone", lambda: sound.microphones_in_use() == 1)
    assert loudness(preferences) == 0
    tone = sound.play(seconds=20)
    a.wait_for("the bar to move", lambda: loudness(preferences) > 0.5)
    assert calling.is_pressed(trial)
    picture(world, "microphone-trial")
    a.click(trial)
    a.wait_for("the microphone to be closed", lambda: not sound.microphones_in_use())
    tone.terminate()
    tone.wait(timeout=10)
    desk.leave()
    # A call in which nobody can be heard.
    a.press(world.app, "Voice Call")
    call = call_window(world)
    wait_state(call, *calling.RUNNING)
    a.wait_find(call, containing="Your microphone seems silent")
    picture(world, "call-silent")
    # The same trial beside the devices of the call.
    calling.open_menu(call, "Choose Devices")
    a.press(call, "Try the Microphone")
    sound.play(seconds=20)
    a.wait_for("the bar to move", lambda: loudness(call) > 0.5)
    picture(world, "call-devices-trial")
    a.press(call, "Play a Test Sound")
    desk.focus()
    desk.key("Escape")
    a.press(call, "End Call")
    wait_no_window(world, "Call with")


def loudness(root):
    """What the bar beside a microphone shows; 0 while there is none."""
    bar = a.find(root, name="Loudness")
    return a.value_of(bar) if bar else 0


@in_every_look
def test_a_camera_that_is_not_there_is_shown_as_off_with_the_reason(world):
    """This machine has no camera, and no microphone either."""
    calling.with_echo(world, media=())
    desk.run("mousemove", 0, 0)  # a notice below the pointer stays
    calling.video_call(world)
    call = call_window(world)
    camera = a.wait_find(call, "push button", "Camera")
    a.wait_for("the camera to be off", lambda: not calling.is_pressed(camera))
    # Whether it is tried or looked for first is chance; the speaker and the microphone have their word too.
    a.wait_for("the reason", lambda: any(
        a.find(call, containing=words) for words in ("There is no camera", "The camera cannot be used")), 40)
    picture(world, "call-no-camera")
    wait_state(call, *calling.RUNNING)
    assert not a.find(call, "push button", "Your Picture"), "a picture of nothing"
    assert not a.find(call, name="Picture of the other side"), "Echo was told of a picture"
    # Turned on once more it goes back.
    calling.focus_window("Call with")
    desk.key("ctrl+shift+e")
    a.wait_for("the camera to be off again", lambda: not calling.is_pressed(camera))
    a.press(call, "End Call")
    wait_no_window(world, "Call with")


@in_every_look
def test_without_a_package_calls_name_it_and_everything_else_works(world):
    plugins = pathlib.Path(subprocess.run(
        ["pkg-config", "--variable=pluginsdir", "gstreamer-1.0"], check=True, capture_output=True, text=True).stdout.strip())
    some = world.folder / "plugins"
    some.mkdir()
    for plugin in plugins.glob("*.so"):
        if plugin.name != "libgstnice.so":
            (some / plugin.name).symlink_to(plugin)
    calling.with_echo(world, look={"GST_PLUGIN_SYSTEM_PATH_1_0": str(some), "GST_REGISTRY": str(world.folder / "registry")})
    a.press(world.app, "Voice Call")
    a.wait_find(world.app, containing="gstreamer1.0-nice")
    picture(world, "call-missing-package")
    assert not window_of(world, "Call with")
    people.write(world, "Still here")
    people.wait_message(world, "You said: Still here")


@in_every_look
def test_each_fault_of_a_relay_is_named(world):
    address = subprocess.run(["hostname", "-I"], check=True, capture_output=True, text=True).stdout.split()[0]
    port = str(20_000 + os.getpid() % 10_000)
    calling.with_echo(world, mode="relay-only", network=(
        "--call-relay", f"turn:{address}:{port}", "--call-relay-user", "u", "--call-relay-password", "p"))
    a.press(world.app, "Voice Call")
    call = call_window(world)
    a.wait_find(call, containing="Relay only")
    wait_state(call, "No relay answers")
    picture(world, "call-no-relay")
    relay = subprocess.Popen(
        [window.root / "Scripts/call-relay", port, "u", "another"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    world.programs.append(relay)
    assert relay.stdout.readline().startswith("turn:"), "no relay"
    a.press(call, "Call Again")
    # A window of its own, which takes the place of the one before.
    fold(world, "Call with")
    a.wait_for("the other reason", lambda: (call := window_of(world, "Call with")) and any(
        text.startswith("The relay refuses") for text in calling.state(call)), 40)
    picture(world, "call-relay-refuses")
    a.press(call_window(world), "Close")
    wait_no_window(world, "Call with")


@in_every_look
def test_a_lost_connection_is_shown_and_comes_back(world):
    paula, = calling.with_paula(world)
    answering = paula.start("answer", "--once", "--video", "test", "--audio", "tone")
    calling.video_call(world)
    call = call_window(world)
    wait_state(call, *calling.RUNNING)
    a.wait_find(call, name="Picture of the other side", seconds=40)
    answering.send_signal(signal.SIGSTOP)
    wait_state(call, "Reconnecting")
    picture(world, "call-reconnecting")
    answering.send_signal(signal.SIGCONT)
    wait_state(call, *calling.RUNNING)
    a.press(call, "End Call")
    wait_no_window(world, "Call with")
    assert answering.wait(30) == 0


@in_every_look
def test_who_calls_meanwhile_is_named_and_can_be_called_back(world):
    paula, otto = calling.with_paula(world, "Otto")
    paula.start("answer", "--once", "--audio", "tone")
    a.press(world.app, "Voice Call")
    call = call_window(world)
    wait_state(call, *calling.RUNNING)
    busy = otto.start("call", world.mine, "--audio", "silence")
    a.wait_find(call, containing="heard that you are in a call", seconds=40)
    assert busy.wait(30) == 2
    picture(world, "call-second")
    otto.start("answer", "--once", "--audio", "tone")
    a.press(call, "End and Call Back")
    with_otto = calling.wait_window(world, "Otto")
    wait_state(with_otto, *calling.RUNNING)
    a.press(with_otto, "End Call")
    wait_no_window(world, "Call with")


def hidden(world):
    """Maria's Shallot without a window, on a desktop with notifications, and Paula at the command line."""
    world.start_network()
    session = Session(world)
    session.start_notifications(*FULL)
    maria, paula = world.person("Maria", world.folder / "profile"), world.person("Paula")
    befriend(maria, paula)
    maria.run("calls", "direct")
    paula.run("calls", "direct")
    world.mine = maria.id
    world.process = world.launch("--test-media", "--background", environment=session.environment)
    return session, calling.Caller(paula)

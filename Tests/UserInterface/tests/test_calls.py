"""Calls in the window: asked about first, placed, answered, declined, missed, ended from either side."""
import time

from . import accessibility as a
from . import calling, desk, people, window
from .calling import (
    acquainted, call_window, fold, in_every_look, incoming, picture, wait_no_window, wait_row, wait_state, window_of)
from .looks import DARK, LIGHT
from .names import unnamed_controls


@in_every_look
def test_nobody_can_be_called_before_the_question_was_answered(world):
    calling.with_echo(world, mode="off")
    a.press(world.app, "Voice Call")
    question = a.wait_find(world.app, "dialog", "Calls")
    fold(world, "Calls")
    radio = calling.choices(question)
    assert len(radio) == 2 and not any(calling.is_pressed(one) for one in radio), "something was chosen beforehand"
    confirm = a.wait_find(question, "push button", "Turn On and Call")
    assert not a.is_sensitive(confirm)
    assert not unnamed_controls(question)
    picture(world, "call-consent")
    a.press(question, "Not Now")
    a.wait_for("the question to go", lambda: not a.find(world.app, "dialog", "Calls"))
    assert not window_of(world, "Call with")
    a.press(world.app, "Voice Call")
    question = a.wait_find(world.app, "dialog", "Calls")
    calling.choose(question, "Direct when possible")
    a.press(question, "Turn On and Call")
    call = call_window(world)
    wait_state(call, *calling.RUNNING)
    a.press(call, "End Call")
    wait_no_window(world, "Call with")


def test_echo_answers_a_call_with_sound_and_picture(world):
    looks = [("light", LIGHT), ("dark", DARK)]
    if window.screenshots:
        looks.append(("narrow", LIGHT))
    for look, environment in looks:
        echo_call(world, look, environment)


def echo_call(world, look, environment):
    if not world.programs:
        calling.with_echo(world, look=environment)
    else:
        world.start_app("--test-media", environment=environment)
        calling.open_first(world)
    a.press(world.app, "Video Call")
    call = call_window(world)
    wait_state(call, "Calling")
    if look == "narrow":
        desk.resize((360, 640), calling.focus_window("Call with"))
    world.picture(f"call-calling-{look}")
    wait_state(call, *calling.RUNNING)
    a.wait_find(call, name="Picture of the other side", seconds=40)
    a.wait_find(call, "push button", "Your Picture")
    assert not unnamed_controls(call)
    time.sleep(2)  # only for the eye: the first pictures
    calling.focus_window("Call with")
    desk.key("Tab")  # for the picture: the bars come back
    world.picture(f"call-video-{look}")
    calling.open_menu(call, "Connection Details")
    a.wait_find(call, "label", "Jitter")
    world.picture(f"call-details-{look}")
    desk.press_until("Escape", "the details to close", lambda: not a.find(call, "label", "Jitter"))
    mute = a.wait_find(call, "push button", "Mute Microphone")
    desk.press_until("ctrl+d", "the microphone to be muted", lambda: calling.is_pressed(mute))
    a.press(call, "Camera")
    a.wait_for("the own picture to go", lambda: not a.find(call, "push button", "Your Picture"))
    world.picture(f"call-muted-{look}")
    a.press(call, "Camera")
    a.wait_find(call, "push button", "Your Picture")
    a.press(call, "Small Window")
    a.wait_find(call, "push button", "Back to the Call Window")
    world.picture(f"call-small-{look}")
    a.press(call, "Back to the Call Window")
    # At once: the button that was pressed would keep keys to itself.
    desk.press_until("ctrl+d", "the microphone to be open again", lambda: not calling.is_pressed(mute))
    desk.key("ctrl+shift+h")
    wait_state(call, "Call ended")
    world.picture(f"call-ended-{look}")
    wait_no_window(world, "Call with")
    wait_row(world, "You called")
    world.picture(f"call-row-{look}")
    world.stop_app()


@in_every_look
def test_two_windows_call_each_other_and_either_side_ends_it(world):
    other = acquainted(world)
    a.press(world.app, "Voice Call")
    ringing = incoming(other)
    a.wait_find(ringing, containing="Maria")
    a.wait_find(ringing, containing="can see your IP address")
    assert not unnamed_controls(ringing)
    picture(world, "call-incoming")
    calling.focus_window("Incoming call")
    desk.key("Return")
    mine, theirs = call_window(world), call_window(other)
    wait_state(mine, *calling.RUNNING)
    wait_state(theirs, *calling.RUNNING)
    picture(world, "call-voice")
    # The bar of the main window knows, and leads back.
    a.wait_find(world.app, containing="In a call with")
    a.press(theirs, "Camera")
    a.wait_find(mine, name="Picture of the other side", seconds=40)
    a.press(theirs, "Camera")
    a.wait_for("the picture to go", lambda: not a.find(mine, name="Picture of the other side"), 40)
    a.press(theirs, "End Call")
    wait_state(mine, "Call ended")
    for one in (world, other):
        wait_no_window(one, "Call with")
    wait_row(world, "You called")
    wait_row(other, "called you")
    # Back, with video, and the caller ends it.
    calling.video_call(other)
    a.press(incoming(world), "Answer with Video")
    mine, theirs = call_window(world), call_window(other)
    for one in (mine, theirs):
        wait_state(one, *calling.RUNNING)
        a.wait_find(one, name="Picture of the other side", seconds=40)
    a.press(other.app, "End the Call")
    wait_state(mine, "Call ended")
    wait_no_window(other, "Call with")


@in_every_look
def test_declined_answered_with_words_and_missed(world):
    other = acquainted(world)
    a.press(world.app, "Voice Call")
    incoming(other)
    calling.focus_window("Incoming call")
    desk.key("Escape")
    call = call_window(world)
    wait_state(call, "Declined")
    picture(world, "call-declined")
    a.press(call, "Close")
    wait_no_window(world, "Call with")
    wait_no_window(other, "Incoming call")
    wait_row(world, "The call was declined")
    wait_row(other, "You declined a call from")
    # With a sentence.
    a.press(world.app, "Voice Call")
    ringing = incoming(other)
    desk.focus()
    calling.open_menu(ringing, "Decline with a Message")
    picture(world, "call-replies")
    a.press(other.app, "I will call you back.")
    people.wait_message(world, "I will call you back.")
    a.press(call_window(world), "Close")
    wait_no_window(world, "Call with")
    # The caller gives up.
    a.press(world.app, "Voice Call")
    incoming(other)
    a.press(call_window(world), "End Call")
    wait_no_window(other, "Incoming call")
    row = wait_row(other, "Missed call from")
    picture(other, "call-missed")
    a.press(row, containing="Call Back")
    ringing = incoming(world)
    calling.focus_window("Incoming call")
    desk.key("ctrl+shift+x")
    wait_no_window(world, "Incoming call")


@in_every_look
def test_while_calls_are_off_a_row_offers_to_turn_them_on(world):
    other = acquainted(world, other_mode="off")
    a.press(world.app, "Voice Call")
    row = wait_row(other, "Calls are off")
    assert not window_of(other, "Incoming call")
    picture(other, "call-missed-off")
    a.press(row, containing="Turn On")
    question = a.wait_find(other.app, "dialog", "Calls")
    calling.choose(question, "Direct when possible")
    a.press(question, "Turn On Calls")
    a.press(call_window(world), "End Call")
    wait_no_window(world, "Call with")
    a.press(world.app, "Voice Call")
    a.press(incoming(other), "Decline")

"""What stands above everything else while something is wrong, and that messages go all the same."""
import resource

from . import accessibility as a
from . import people


def test_a_clock_that_is_an_hour_off_is_named_and_messages_still_go(world):
    world.start_network("--control", "0")
    world.control("advance-clock", ms=3_600_000, sweep=False)
    world.start_app()
    people.create_account(world, "Maria")
    people.open_conversation_with(world, world.echo)
    expect_named_and_heard(world, "slow")
    world.stop_app()
    world.control("advance-clock", ms=-7_200_000, sweep=False)
    world.start_app()
    expect_named_and_heard(world, "fast")


def expect_named_and_heard(world, clock):
    banner = a.wait_find(world.app, containing="Your clock is", seconds=40).get_name()
    assert "60 minutes off" in banner or "59 minutes off" in banner, banner
    people.write(world, f"Is my clock {clock}?")
    people.wait_message(world, f"You said: Is my clock {clock}?")
    world.picture(f"banner-clock-{clock}")


def test_a_lost_network_is_named_until_it_is_back(world):
    world.start_network("--control", "0", "--state", str(world.folder / "net"))
    world.start_app()
    people.create_account(world, "Maria")
    people.open_conversation_with(world, world.echo)
    people.write(world, "First")
    people.wait_message(world, "You said: First")
    world.stop_network()
    people.write(world, "Nobody hears this yet")
    a.wait_find(world.app, containing="No connection", seconds=60)
    world.picture("banner-offline")
    world.start_network("--control", "0", "--state", str(world.folder / "net"))
    people.wait_message(world, "You said: Nobody hears this yet", seconds=90)
    a.wait_for("the banner to leave", lambda: not a.find(world.app, containing="No connection"))


def test_a_full_disk_is_named_and_what_came_meanwhile_is_there_later(world):
    world.start_network()
    tom = world.person("Tom")
    # A program that may not write beyond a few pages sees what it would see on a full disk.
    world.start_app(through=("env", "--ignore-signal=XFSZ"))
    mine = people.create_account(world, "Maria")
    tom.send(mine, "Before")
    a.press(world.app, containing="message request", seconds=30)
    a.click_row(a.wait_find(world.app, "list", "Message Requests"), 0)
    people.wait_message(world, "Before")
    fill_disk(world, True)
    tom.send(mine, "Meanwhile")
    a.wait_find(world.app, containing="disk is full", seconds=40)
    assert not people.messages(world, "Meanwhile")
    a.press(world.app, "Accept")
    # It stays for ten seconds only.
    again = a.wait_find(world.app, "push button", "Try Again")
    fill_disk(world, False)
    a.click(again)
    world.picture("banner-storage")
    a.wait_for("the request bar to go", lambda: not a.find(world.app, "push button", "Accept"))
    people.wait_message(world, "Meanwhile", seconds=60)
    a.wait_for("the banner to leave", lambda: not a.find(world.app, containing="disk is full"), seconds=40)


def fill_disk(world, is_full):
    limit = 8192 if is_full else resource.RLIM_INFINITY
    resource.prlimit(world.process.pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

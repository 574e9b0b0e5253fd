"""What stands above everything else while something is wrong, and that messages go all the same."""
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

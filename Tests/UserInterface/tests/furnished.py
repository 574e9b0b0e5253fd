"""A network and a profile with something on every page, made once and copied for each look."""
import atexit
import shutil

from . import memberships, window

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
LONG_NAME = "Maximiliane-Wilhelmina von und zu Hohenlohe-Waldenburg"


class Furnished:
    one = None

    @classmethod
    def get(cls):
        if cls.one is None:
            cls.one = cls()
            atexit.register(cls.one.world.close)
        return cls.one

    def __init__(self):
        world = self.world = window.World()
        world.start_network("--control", "0", "--state", str(world.folder / "net"))
        names = ("Tom", LONG_NAME, "👩‍🚀 Ada 🪐", "سارة", "Bo", "Zoë", "Ken")
        others = self.others = [world.person(name, world.folder / f"person-{i}") for i, name in enumerate(names)]
        me = self.me = world.person("Maria", world.folder / "profile")
        for person in others[:5]:
            me.send(person.id, "Hello, it is me")
        texts = (
            LONG_WORD,
            "Are you there?\nI found the key.\n\nhttps://example.org/a/very/long/address?with=parameters&and=more",
            "🎉🎉", "مرحبا كيف حالك", "A somewhat longer text that needs several lines. " * 8)
        for person, text in zip(others, texts):
            person.send(me.id, text)
        for person in others[5:]:
            person.send(me.id, "I would like to write to you, see https://example.org.\nSecond line")
        me.send(me.id, "buy seeds")
        tom = self.tom = others[0]
        for text in ("Short", "On my way", "🚲"):
            me.send(tom.id, text)
            tom.send(me.id, text)
        world.control("fault", kind="rpcStatus", method="store", account=tom.id, status=400)
        me.run("send", tom.id, "This one is refused by the nodes", "--wait", accepts=(2,))
        world.control("clear-faults")
        me.send(tom.id, "See you at the station at eight")
        shown = me.run("account", "show", "--phrase")[0]
        words = shown.get("phrase") or shown.get("recoveryPhrase")
        self.phrase = words.split() if isinstance(words, str) else words
        memberships.share(world, me.id, self.phrase)
        me.run("sync")
        me.run("receive", "--timeout", "5")
        # Made, but never told to the network.
        nobody = world.person("Nobody", world.folder / "nobody")
        self.lost_phrase = nobody.run("account", "show", "--phrase")[0]["recoveryPhrase"].split()
        world.stop_network()

    def move_in(self, world):
        """Gives `world` a copy of this network and of this profile."""
        self.join(world)
        shutil.copytree(self.me.folder, world.folder / "profile")

    def join(self, world):
        # Devices of one account keep in step: on one network each test would find what the one before it did.
        shutil.copytree(self.world.folder / "net", world.folder / "net")
        world.start_network("--control", "0", "--state", str(world.folder / "net"))

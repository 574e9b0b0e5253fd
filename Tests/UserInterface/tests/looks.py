"""How the window can look: light, dark, narrow, high contrast, mirrored in a made-up language, with large text."""
import dataclasses

from . import desk, language


@dataclasses.dataclass(frozen=True)
class Look:
    name: str
    environment: dict
    size: tuple = (1200, 800)
    text_percent: int = 100

    @property
    def is_narrow(self):
        return self.size[0] < 720

    def start(self, world, *arguments):
        """Starts the app with this look, in a window of its size."""
        folder = world.folder / f"settings-{self.name}"
        (folder / "gtk-4.0").mkdir(parents=True, exist_ok=True)
        (folder / "gtk-4.0/settings.ini").write_text("[Settings]\ngtk-enable-animations=0\n")
        resources = folder / "resources"
        resources.write_text(f"Xft.dpi: {96 * self.text_percent // 100}\n")
        language.spoken = self.environment.get("LANGUAGE", "").startswith("xx")
        if language.spoken:
            language.install()
        world.start_app(*arguments, environment={
            "XDG_CONFIG_HOME": str(folder), "XENVIRONMENT": str(resources), **self.environment})
        desk.resize(self.size)
        desk.focus()


LIGHT = {"ADW_DEBUG_COLOR_SCHEME": "prefer-light"}
DARK = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}
CONTRAST = {"ADW_DEBUG_HIGH_CONTRAST": "1"}
# The toolkit's Arabic catalogue turns the direction round; ours is made up.
MIRRORED = {"LANGUAGE": "xx:ar"}
NARROW = (360, 640)

ALL = [
    Look("light", LIGHT),
    Look("dark", DARK),
    Look("narrow", LIGHT, NARROW),
    Look("contrast", LIGHT | CONTRAST),
    Look("contrast-dark", DARK | CONTRAST),
    Look("mirrored", LIGHT | MIRRORED),
    Look("mirrored-narrow", LIGHT | MIRRORED, NARROW),
    Look("large-text", LIGHT, text_percent=200),
    Look("large-text-narrow", LIGHT, NARROW, text_percent=200),
]


def named(name):
    return next(look for look in ALL if look.name == name)

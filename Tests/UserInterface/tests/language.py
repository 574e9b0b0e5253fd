"""The made-up language of the interface tests: what is not in it was never given to the translators."""
import pathlib
import re
import subprocess

root = pathlib.Path(__file__).resolve().parents[3]
ACCENTED = str.maketrans("aceginorsuyACEGINORSUY", "áçéğíñöŕšúýÁÇÉĞÍÑÖŔŠÚÝ")
# Whether the app that is driven now speaks it.
spoken = False


def accented(text):
    return text.translate(ACCENTED)


def made_up(text):
    """A text as the made-up language says it: marked at both ends, accented, two fifths longer; `{name}` stays."""
    parts = re.split(r"(\{[a-z]+\}|\\.)", text)
    words = "".join(part if part[:1] in ("{", "\\") else accented(part) for part in parts)
    return f"⟦{words}{' ····' * (len(text) * 2 // 25)}{'·' * (len(text) * 2 // 5 % 5)}⟧"


def means(name, text):
    """Whether a control of that name is the one that English calls `text`."""
    return name == text or (spoken and name == made_up(text))


def mentions(name, text):
    return text in name or (spoken and accented(text) in name)


def install():
    """Writes the catalogue of the language `xx` to where the program under test looks for its words."""
    folder = root / ".build/locale/xx/LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    template = subprocess.run(
        ["msgen", "--lang=xx", root / "po/shallot.pot"], capture_output=True, text=True, check=True).stdout
    entries = [entry(block.splitlines()) for block in template.split("\n\n")]
    subprocess.run(
        ["msgfmt", "--output-file", folder / "shallot.mo", "-"], input="\n\n".join(entries) + "\n", text=True,
        check=True)


def entry(lines):
    """One entry of a catalogue with made-up words in its translations."""
    if any("Content-Type" in line for line in lines):
        kept = [line for line in lines if "Plural-Forms" not in line]
        return "\n".join(kept + ['"Plural-Forms: nplurals=2; plural=n != 1;\\n"'])
    result, head, collected = [], None, []
    for line in lines + [""]:
        match = re.match(r'(msgstr(?:\[\d\])?) "(.*)"$', line)
        if head is not None and line.startswith('"'):
            collected.append(line[1:-1])
            continue
        if head is not None:
            result.append(f'{head} "{made_up("".join(collected))}"')
        head, collected = (match.group(1), [match.group(2)]) if match else (None, [])
        if not match:
            result.append(line)
    return "\n".join(result)

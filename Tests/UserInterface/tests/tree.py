"""The tree of a program as a screen reader sees it, read with few questions.

Asking each node for its name, role, states and children keeps the program and the message bus busy for seconds. The toolkit
tells all of that of all nodes at once, but also of hidden ones, and not of those that nobody has asked for yet. So the
parents are asked for their children, all in one go, and then everything is read at once."""
import collections
import functools
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

from . import reader  # noqa: E402

State = Atspi.StateType
ROOT = "/org/a11y/atspi/accessible/root"
CACHE = "/org/a11y/atspi/cache"
ACCESSIBLE, ACTION = reader.interface("Accessible"), reader.interface("Action")
NAME = GLib.Variant("(ss)", (ACCESSIBLE, "Name"))
ITEM = GLib.VariantType("((so)(so)(so)iiassusau)")
# How often a tree that changes while it is read is read again.
TRIES = 10

# What the toolkit tells of a node: beside what it is, the path of its parent and how many children it has.
Fact = collections.namedtuple("Fact", "path parent count name role states")


@functools.cache
def role_name(number):
    return Atspi.role_get_name(Atspi.Role(number))


def bits(low, high):
    return high << 32 | low


def fact(content):
    """What an item of the cache says. Only what is needed is taken out of it: each value costs."""
    item = GLib.Variant.new_from_bytes(ITEM, GLib.Bytes(content), True)

    def part(*place):
        return functools.reduce(GLib.Variant.get_child_value, place, item)
    return Fact(
        part(0, 1).get_string(), part(2, 1).get_string(), part(4).get_int32(), part(6).get_string(),
        role_name(part(7).get_uint32()), bits(part(9, 0).get_uint32(), part(9, 1).get_uint32()))


class Node:
    """Its name, role and states are those of the moment in which the tree was read. What is called `get_…` or `is_now` asks."""
    __slots__ = ("program", "path", "parent", "name", "role", "states", "children")

    def __init__(self, program, parent, fact):
        self.program, self.path, self.parent = program, fact.path, parent
        self.name, self.role, self.states, self.children = fact.name, fact.role, fact.states, []

    def __eq__(self, other):
        return isinstance(other, Node) and (self.program.name, self.path) == (other.program.name, other.path)

    def __hash__(self):
        return hash((self.program.name, self.path))

    def was(self, state):
        return bool(self.states >> state & 1)

    def ask(self, interface, method, signature="()", *arguments):
        answer = reader.ask(self.program.name, self.path, interface, method, GLib.Variant(signature, arguments)).unpack()
        return answer[0] if answer else None

    def get_property(self, interface, name):
        return self.ask(reader.PROPERTIES, "Get", "(ss)", interface, name)

    def get_name(self):
        return self.get_property(ACCESSIBLE, "Name")

    def get_child_count(self):
        return self.get_property(ACCESSIBLE, "ChildCount")

    def get_action_count(self):
        return self.get_property(ACTION, "NActions")

    def is_now(self, state):
        return bool(bits(*self.ask(ACCESSIBLE, "GetState")) >> state & 1)


class Program:
    """A program on the bus of screen readers."""

    def __init__(self, name, process):
        self.name, self.process = name, process
        # By the bytes in which they came: little changes from one look to the next.
        self.facts, self.children = {}, {}
        # Who had which children when it was last asked.
        self.lists = {}

    def tree(self, top=ROOT, parent=None, quick=False):
        """A node and all that is below it; None when it is gone. Quickly, parents whose number of children is the same are
        not asked for them: one child may hide then while a new one is shown, and nobody notices."""
        lists, asked, facts = (dict(self.lists), [top], {}) if quick else ({}, self.parents(top), {})
        for _ in range(TRIES):
            while asked:
                lists |= self.children_of(asked)
                asked = [child for one in asked for child in lists[one] if child not in lists and child not in self.lists]
            facts = self.read_facts()
            asked = changed(top, lists, facts)
            if not asked:
                break
        self.lists = {path: children for path, children in (self.lists | lists).items() if path in facts}
        return self.node(top, parent, lists, facts) if top in facts else None

    def parents(self, top):
        """Who had children the last time, from the top on."""
        found = [top]
        for one in found:
            found += [child for child in self.lists.get(one, ()) if self.lists.get(child)]
        return found

    def children_of(self, paths):
        answers = reader.ask_all(self.name, [(path, ACCESSIBLE, "GetChildren", None) for path in paths])
        return {path: self.paths(answer) if answer else [] for path, answer in zip(paths, answers)}

    def paths(self, answer):
        content = answer.get_data_as_bytes().get_data()
        if content not in self.children:
            self.children[content] = [path for _, path in answer.unpack()[0]]
        return self.children[content]

    def read_facts(self):
        told, facts = reader.ask(self.name, CACHE, reader.interface("Cache"), "GetItems").get_child_value(0), {}
        for content in elements(told.get_data_as_bytes().get_data()):
            facts[content] = self.facts.get(content) or fact(content)
        self.facts = facts
        return {one.path: one for one in facts.values()}

    def node(self, path, parent, lists, facts):
        node = Node(self, parent, facts[path])
        for child in lists.get(path, ()):
            if child in facts:
                holder = page_between(node, facts[child], facts)
                holder.children.append(self.node(child, holder, lists, facts))
        return node

    def shows(self, node, top):
        """Whether each of those from the node up to the top still has the one below."""
        pairs, inner, outer = [], node, node.parent
        while inner.path != top and outer:
            # A page is passed over: its stack has what is on it.
            if inner.path in self.lists.get(outer.path, ()):
                pairs.append((outer.path, inner.path))
                inner = outer
            outer = outer.parent
        lists = self.children_of([outer for outer, _ in pairs])
        return inner.path == top and all(inner in lists[outer] for outer, inner in pairs)

    def row(self, node):
        """The children of a node alone."""
        paths = self.children_of([node.path])[node.path]
        answers = iter(reader.ask_all(self.name, [(path, *question) for path in paths for question in (
            (reader.PROPERTIES, "Get", NAME), (ACCESSIBLE, "GetRole", None), (ACCESSIBLE, "GetState", None))]))
        return [Node(self, node, Fact(path, node.path, 0, name.unpack()[0], role_name(role.unpack()[0]), bits(*state.unpack()[0])))
                for path, name, role, state in zip(paths, answers, answers, answers) if name and role and state]


def elements(content):
    """The elements of an array of tuples as GLib lays it out: at its end stands where each of them ends."""
    size = next(size for size in (1, 2, 4) if len(content) < 1 << 8 * size)
    start, table = 0, int.from_bytes(content[-size:], sys.byteorder)
    for place in range(table, len(content), size):
        end = int.from_bytes(content[place:place + size], sys.byteorder)
        yield content[start:end]
        start = (end + 3) // 4 * 4


def changed(top, lists, facts):
    """Whose children changed between the questions, or were not asked for yet."""
    result, left = [], [top]
    for one in left:
        if (one not in lists or one in facts and facts[one].count not in (len(lists[one]), 0 if one == ROOT else None)
                or any(child not in facts or facts[child].parent not in facts for child in lists[one])):
            result.append(one)
        else:
            left += [child for child in lists[one] if facts[child].count > 0 or lists.get(child)]
    return result


def page_between(node, child, facts):
    """Where the child hangs: a stack tells of what is on its pages, and leaves out the pages."""
    page = facts.get(child.parent)
    if page is None or page.path == node.path or page.parent != node.path:
        return node
    node.children.append(Node(node.program, node, page))
    return node.children[-1]

"""Three machines in namespaces of their own, and the wire between them, on which every packet can be seen, lost, held up
and cut off."""
import asyncio
import collections
import ctypes
import fcntl
import heapq
import os
import random
import re
import select
import socket
import struct
import subprocess
import threading
import time

TUNSETIFF, TUN_WITHOUT_HEADER = 0x400454CA, 0x1001
UDP = 17
ADDRESSES = {"anna": "10.77.0.2", "ben": "10.77.0.3", "relay": "10.77.0.4"}
libc = ctypes.CDLL(None, use_errno=True)


class Inside:
    """The calling thread is in a namespace for as long as this lasts."""

    def __init__(self, space):
        self.space = space

    def __enter__(self):
        self.back = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        there = os.open(f"/run/netns/{self.space}", os.O_RDONLY)
        done = libc.setns(there, 0)
        os.close(there)
        if done:
            os.close(self.back)
            raise OSError(ctypes.get_errno(), "setns")

    def __exit__(self, *_):
        libc.setns(self.back, 0)
        os.close(self.back)


class Wire:
    def __init__(self):
        self.spaces = {name: f"shallot-{os.getpid()}-{name}" for name in ADDRESSES}
        self.devices, self.made, self.addresses = {}, [], {}
        self.flows = collections.Counter()
        self.loss, self.delay, self.is_cut, self.is_over = 0, None, False, False
        try:
            for name, space in self.spaces.items():
                subprocess.run(["ip", "netns", "add", space], check=True, capture_output=True)
                self.made.append(space)
                self.devices[name] = self._device(space, ADDRESSES[name])
        except (OSError, subprocess.CalledProcessError):
            self.stop()
            raise
        self.goals, self.names = {}, {}
        for name, address in ADDRESSES.items():
            self._settle(name, address)
        self.thread = threading.Thread(target=self._carry, daemon=True)
        self.thread.start()

    @staticmethod
    def _device(space, address):
        with Inside(space):
            device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
            fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", b"wire", TUN_WITHOUT_HEADER))
        for words in (["link", "set", "lo", "up"], ["addr", "add", f"{address}/24", "dev", "wire"],
                      ["link", "set", "wire", "up"]):
            subprocess.run(["ip", "-n", space, *words], check=True)
        return device

    def _settle(self, name, address):
        self.addresses[name] = address
        self.names[socket.inet_aton(address)] = name
        self.goals[socket.inet_aton(address)] = self.devices[name]

    def move(self, name):
        """The machine gets another address in place of its own; what goes to the old one gets lost."""
        old = self.addresses[name]
        network, number = old.rsplit(".", 1)
        new = f"{network}.{int(number) + 10}"
        space = self.spaces[name]
        subprocess.run(["ip", "-n", space, "addr", "del", f"{old}/24", "dev", "wire"], check=True)
        subprocess.run(["ip", "-n", space, "addr", "add", f"{new}/24", "dev", "wire"], check=True)
        self._settle(name, new)
        del self.goals[socket.inet_aton(old)]

    def _carry(self):
        waiting, count = [], 0
        while not self.is_over:
            pause = min(0.1, max(0, waiting[0][0] - time.monotonic())) if waiting else 0.1
            for device in select.select(list(self.devices.values()), [], [], pause)[0]:
                try:
                    packet = os.read(device, 65536)
                except BlockingIOError:
                    continue
                goal = self.goals.get(packet[16:20])
                if packet[0] >> 4 != 4 or goal is None:
                    continue
                self.flows[self.names.get(packet[12:16]), self.names[packet[16:20]]] += 1
                if packet[9] == UDP and (self.is_cut or random.random() < self.loss):
                    continue
                count += 1
                held = random.uniform(*self.delay) if self.delay else 0
                heapq.heappush(waiting, (time.monotonic() + held, count, goal, packet))
            while waiting and waiting[0][0] <= time.monotonic():
                _, _, goal, packet = heapq.heappop(waiting)
                try:
                    os.write(goal, packet)
                except OSError:
                    pass  # its machine is gone

    def between(self, one, other):
        """How many packets went from one to the other, and back."""
        return self.flows[one, other] + self.flows[other, one]

    def calm(self):
        self.flows.clear()
        self.loss, self.delay, self.is_cut = 0, None, False

    def stop(self):
        self.is_over = True
        if hasattr(self, "thread"):
            self.thread.join()
        for device in self.devices.values():
            os.close(device)
        for space in self.made:
            subprocess.run(["ip", "netns", "del", space], capture_output=True)


class Doors:
    """Lets programs in a namespace reach the embedded network, which listens on loopback addresses outside."""

    def __init__(self, process, space):
        listening = subprocess.run(["ss", "-Hltnp"], check=True, capture_output=True, text=True).stdout
        places = re.findall(rf"(127\.\d+\.\d+\.\d+):(\d+) .*pid={process},", listening)
        assert places, "the network listens nowhere"
        self.is_shut, self.listeners = False, []
        with Inside(space):
            for address, port in places:
                listener = socket.socket()
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listener.bind((address, int(port)))
                listener.listen()
                self.listeners.append(listener)
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        asyncio.set_event_loop(self.loop)
        for listener in self.listeners:
            goal = listener.getsockname()
            self.loop.create_task(asyncio.start_server(lambda r, w, goal=goal: self._pass(r, w, goal), sock=listener))
        self.loop.run_forever()

    async def _pass(self, reader, writer, goal):
        try:
            far_reader, far_writer = await asyncio.open_connection(*goal)
        except OSError:
            writer.close()
            return
        await asyncio.gather(self._copy(reader, far_writer), self._copy(far_reader, writer))

    async def _copy(self, reader, writer):
        try:
            while data := await reader.read(65536):
                while self.is_shut:
                    await asyncio.sleep(0.05)
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        writer.close()

    def stop(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        for listener in self.listeners:
            listener.close()

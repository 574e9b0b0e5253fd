"""The other side is reached and then does nothing more. Each function that begins with test_ is one test."""
import hashlib
import hmac
import os
import re
import socket
import struct
import threading
import time
import zlib

from .world import eventually

COOKIE = b"\x21\x12\xa4\x42"
ANSWER = """v=0
o=- 1 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE {names}
a=msid-semantic: WMS
{lines}"""


class Reached:
    """Answers the question whether packets arrive, and nothing else: no handshake ever begins or ends.
    - Source: RFC 8445 §7.3, RFC 8489 §14"""

    def __init__(self):
        self.user, self.password = "half", "halfwayhalfwayhalfwayhalf"
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        # Loopback is no way that agents take.
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))
            self.address = probe.getsockname()[0]
        self.socket.bind((self.address, 0))
        self.port = self.socket.getsockname()[1]
        self.questions = self.handshakes = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                packet, sender = self.socket.recvfrom(4096)
            except OSError:
                return
            if packet[:2] == b"\x00\x01" and packet[4:8] == COOKIE:
                self.questions += 1
                self.socket.sendto(self._answer(packet[8:20], sender), sender)
            elif packet and 20 <= packet[0] <= 63:
                self.handshakes += 1

    def _answer(self, number, sender):
        port = sender[1] ^ 0x2112
        place = bytes(one ^ other for one, other in zip(socket.inet_aton(sender[0]), COOKIE))
        body = struct.pack("!HHBBH", 0x0020, 8, 0, 1, port) + place

        def head(length):
            return struct.pack("!HH", 0x0101, length) + COOKIE + number
        code = hmac.new(self.password.encode(), head(len(body) + 24) + body, hashlib.sha1).digest()
        body += struct.pack("!HH", 0x0008, 20) + code
        check = zlib.crc32(head(len(body) + 8) + body) ^ 0x5354554E
        body += struct.pack("!HHI", 0x8028, 4, check)
        return head(len(body)) + body

    def description(self, offer):
        """An answer to the offer, with a certificate that nobody has."""
        print_ = ":".join(f"{byte:02X}" for byte in os.urandom(32))
        sections = re.split(r"(?m)^(?=m=)", offer.replace("\r\n", "\n"))[1:]
        names = [re.search(r"(?m)^a=mid:(.+)$", section)[1] for section in sections]
        lines = []
        for section, name in zip(sections, names):
            kept = [line for line in section.splitlines() if line.startswith(
                ("m=", "c=", "a=rtpmap:", "a=fmtp:", "a=rtcp-mux", "a=sctp-port:", "a=max-message-size:"))]
            lines += kept + [f"a=mid:{name}", f"a=ice-ufrag:{self.user}", f"a=ice-pwd:{self.password}", "a=ice-options:trickle",
                             f"a=fingerprint:sha-256 {print_}", "a=setup:passive"]
            if not section.startswith("m=application"):
                lines.append("a=sendrecv")
        return ANSWER.format(names=" ".join(names), lines="\n".join(lines) + "\n")

    def candidate(self):
        return f"candidate:1 1 udp 2130706431 {self.address} {self.port} typ host"

    def stop(self):
        self.socket.close()


def test_a_handshake_that_never_ends_is_named(world):
    world.acquaint_page()
    there = Reached()
    try:
        calling = world.ben.start("call", world.contact, "--audio", "440")
        call = eventually("our call", lambda: calling.events(event="call"))[0]["call"]
        offer = eventually("our offer", lambda: world.bridge.events(event="signal", uuid=call, kind="offer"))[0]["sdp"]
        world.bridge.write(to=world.ben.id, kind="answer", uuid=call, sdp=there.description(offer))
        world.bridge.write(to=world.ben.id, kind="candidates", uuid=call, candidates=[
            {"candidate": there.candidate(), "sdpMid": "0", "sdpMLineIndex": 0}])
        eventually("the other side is reached", lambda: there.questions)
        begun = time.monotonic()
        assert calling.wait(50) == 2
        ended = calling.events(phase="ended")[0]
        assert "did not finish securing" in ended["reason"], ended
        assert there.handshakes, "we never began"
        assert time.monotonic() - begun < 35, "it took too long"
        assert not calling.events(phase="connected")
    finally:
        there.stop()

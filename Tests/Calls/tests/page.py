"""Chromium with a page that plays Session Desktop's part in a call. Orders reach the page by long polling."""
import http.server
import json
import os
import pathlib
import queue
import shutil
import signal
import subprocess
import tempfile
import threading

PAGE = pathlib.Path(__file__).with_name("page.html")
OPTIONS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--use-fake-device-for-media-stream",
           "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required", "--disable-background-networking",
           "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-dev-shm-usage",
           # Headless pages count as hidden, and hidden ones are slowed down.
           "--disable-renderer-backgrounding", "--disable-background-timer-throttling",
           "--disable-backgrounding-occluded-windows", "--mute-audio"]


class Page:
    def __init__(self, *options):
        """`options` are more of Chromium's."""
        self.folder = tempfile.mkdtemp(prefix="shallot-page-")
        self.orders, self.answers, self.count = queue.Queue(), {}, 0
        self.arrived = threading.Condition()
        page = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                self.reply(PAGE.read_bytes() if self.path == "/" else b"", "text/html")

            def do_POST(self):
                answer = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if answer:
                    with page.arrived:
                        page.answers[answer["id"]] = answer
                        page.arrived.notify_all()
                order = page.orders.get()
                if order is not None:
                    self.reply(json.dumps(order).encode(), "application/json")

            def reply(self, body, kind):
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        # A group of its own, so that all its processes end together.
        self.browser = subprocess.Popen(
            ["chromium", *OPTIONS, *options, f"--user-data-dir={self.folder}", f"http://127.0.0.1:{self.server.server_port}/"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            env={**os.environ, "HOME": self.folder})

    def ask(self, command, limit=30, **fields):
        """Has the page do something, and gives its answer."""
        self.count += 1
        number = self.count
        self.orders.put({"id": number, "command": command, **fields})
        with self.arrived:
            if not self.arrived.wait_for(lambda: number in self.answers, limit):
                raise AssertionError(f"the page did not answer to {command} within {limit} s")
            answer = self.answers.pop(number)
        if "error" in answer:
            raise AssertionError(f"the page refused {command}: {answer['error']}")
        return answer["result"]

    def stop(self):
        self.orders.put(None)
        try:
            os.killpg(self.browser.pid, signal.SIGTERM)
            self.browser.wait(10)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            pass
        try:
            os.killpg(self.browser.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.browser.wait()
        self.server.shutdown()
        self.server.server_close()
        shutil.rmtree(self.folder, ignore_errors=True)


def is_installed():
    return shutil.which("chromium") is not None

"""A small SMTP server on this machine, so that letters travel over a real line."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message


class Handler(socketserver.StreamRequestHandler):
    """Speaks as much of SMTP as a sender needs, and misbehaves as the server was told."""

    server: MailServer

    def handle(self) -> None:
        """One conversation."""
        self.say("220 here")
        while line := self.rfile.readline():
            word = line[:4].upper().decode("ascii", "replace").strip()
            if word == "QUIT":
                self.say("221 bye")
                return
            if not self.answer(word):
                return

    def answer(self, word: str) -> bool:
        """Answer one command; False ends the conversation."""
        if word == "RCPT" and self.server.behaves == "refuses":
            self.say("550 5.1.1 nobody of that address: rahasia@example.org")
        elif word == "DATA":
            self.say("354 go on")
            letter = b""
            while (line := self.rfile.readline()) not in {b".\r\n", b""}:
                letter += line
            time.sleep(self.server.pause)
            if self.server.behaves == "drops":
                return False  # the letter was taken, and nobody says so
            if self.server.behaves == "busy":
                self.say("451 later")
            else:
                self.server.letters.append(message_from_bytes(letter))
                self.say("250 taken")
        else:
            self.say("250 ok")
        return True

    def say(self, text: str) -> None:
        """Send one line."""
        self.wfile.write(f"{text}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps the letters it took; behaves well, refuses (whom), is busy (after the letter), drops (the line)."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.letters: list[Message] = []
        self.behaves = "well"
        self.pause = 0.0


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server that answers until the block ends."""
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()


def text_of(letter: Message) -> str:
    """What the letter says."""
    body = letter.get_payload(decode=True)
    assert isinstance(body, bytes)
    return body.decode()

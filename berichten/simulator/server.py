"""A SOAP server for practice and for tests: HTTPS on this machine that demands a client certificate."""

import ssl
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from berichten.knooppunt import soap
from berichten.knooppunt.envelop import Bericht
from berichten.poort import Geweigerd
from berichten.simulator.papieren import Paar

Antwoord = tuple[int, bytes]
# An envelope and its SOAPAction to what is answered; None hangs up without a word.
Luisteraar = Callable[[Bericht, str], Antwoord | None]


class Luisterpost:
    """Listens from the start on, in threads of its own; port 0 takes a free one."""

    def __init__(self, server: Paar, ca: Paar, vraag: type[BaseHTTPRequestHandler], poort: int = 0) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(server.cert, server.key)
        context.load_verify_locations(ca.cert)
        context.verify_mode = ssl.CERT_REQUIRED
        self.http = ThreadingHTTPServer(("127.0.0.1", poort), vraag)
        self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def wortel(self) -> str:
        return f"https://127.0.0.1:{self.http.server_address[1]}"

    def stop(self) -> None:
        self.http.shutdown()
        self.http.server_close()


class Server(Luisterpost):
    """Takes envelopes and hands them to `luisteraar`."""

    def __init__(self, server: Paar, ca: Paar, luisteraar: Luisteraar, poort: int = 0) -> None:
        super().__init__(server, ca, type("Vraag", (_Vraag,), {"luisteraar": staticmethod(luisteraar)}), poort)

    @property
    def adres(self) -> str:
        return f"{self.wortel}/ontvang"


class _Vraag(BaseHTTPRequestHandler):
    luisteraar: Luisteraar

    def do_POST(self) -> None:
        try:
            bericht = soap.pak_uit(self.rfile.read(int(self.headers["Content-Length"])))
        except Geweigerd as fout:
            self.send_error(400, explain=fout.reden)
            return
        antwoord = self.luisteraar(bericht, self.headers["SOAPAction"])
        if antwoord is None:
            return
        status, data = antwoord
        self.send_response(status)
        self.send_header("Content-Type", soap.CONTENT_TYPE)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the listener says what matters."""

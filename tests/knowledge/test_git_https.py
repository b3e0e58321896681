"""Git over https, from a server of our own: where it redirects to is not asked, and the token goes where it belongs."""

import base64
import os
import shutil
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from knowledge import git_url
from knowledge.errors import NotesError
from knowledge.git import Access, Git
from knowledge.git_source import GitSource, Repository
from tests.knowledge.repositories import needs_git

pytestmark = [needs_git, pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not here")]


class Handler(BaseHTTPRequestHandler):
    """Answers as the test wants, and remembers what it was asked for."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Authorization")))
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", f"https://127.0.0.1:{self.server.server_port}/private/info/refs")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def server(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1")
    names = ("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate))
    subprocess.run([*made, *names], check=True, capture_output=True)  # noqa: S603 - our own
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as found:
        found.socket = context.wrap_socket(found.socket, server_side=True)
        found.asked, found.status, found.certificate = [], 200, certificate
        thread = threading.Thread(target=found.serve_forever)
        thread.start()
        yield found
        found.shutdown()
        thread.join()


@pytest.fixture
def source(server, tmp_path):
    host = f"127.0.0.1:{server.server_port}"
    environ = {"PATH": os.environ["PATH"], "GIT_SSL_CAINFO": str(server.certificate), "NO_PROXY": "127.0.0.1"}
    home = tmp_path / "git"
    git = Git(home, Access("r", host, "hunter2"), environ=environ)
    return GitSource(Repository(git_url.parse(f"https://{host}/o/r")), home, git)


def test_redirect_is_not_followed(server, source):
    server.status = 302
    with pytest.raises(NotesError, match="has moved"):
        source.fetch()
    assert [path for path, _ in server.asked] == ["/o/r/info/refs?service=git-upload-pack"]


@pytest.mark.parametrize(("status", "told"), [(401, "credentials"), (403, "credentials"), (404, "no repository")])
def test_refusal_is_told_without_the_token(server, source, status, told):
    server.status = status
    with pytest.raises(NotesError, match=told) as caught:
        source.fetch()
    assert "hunter2" not in str(caught.value)


def test_token_arrives(server, source):
    server.status = 404
    with pytest.raises(NotesError):
        source.fetch()
    assert base64.b64decode(server.asked[0][1].removeprefix("Basic ")) == b"oauth2:hunter2"


def test_page_that_is_no_repository_is_told(source):
    with pytest.raises(NotesError):
        source.fetch()

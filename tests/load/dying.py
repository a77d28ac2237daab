"""The portal in a server that is killed after the work is committed and before its answer is sent."""

import os
import signal

from closedloop.wsgi import application as portal


def application(environ, start_response):
    """Answer as the portal does, unless the phone asks for the worst."""
    answer = portal(environ, start_response)
    if environ.get("HTTP_X_KILL_BEFORE_ANSWER"):
        os.kill(os.getpid(), signal.SIGKILL)
    return answer

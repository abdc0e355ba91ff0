"""Run a program as a child that cannot outlive its parent: `python kindproces.py SIGNAL USER program arguments`.

Standard library only and run by path, so that it costs one bare interpreter (20 ms) and no Django.
Linux: PR_SET_PDEATHSIG makes the kernel send SIGNAL to the program when its parent is gone, kill -9 included.
USER says how a program that refuses root is run: `zelf` (unchanged), `userns` (root of the machine shown as nobody
in a user namespace of its own: files stay where they are) or `nobody` (for machines without user namespaces).
"""

import ctypes
import os
import pwd
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1


def mag_userns() -> bool:
    """Does this machine let us make a user namespace? Tried in a fork, since there is no way back out of one."""
    pid = os.fork()
    if pid == 0:
        os._exit(0 if ctypes.CDLL(None).unshare(CLONE_NEWUSER) == 0 else 1)
    return os.waitpid(pid, 0)[1] == 0


def _als_nobody_in_userns() -> None:
    nobody = pwd.getpwnam("nobody")
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "user namespace refused")
    Path("/proc/self/setgroups").write_text("deny")  # the kernel wants this before a gid_map
    Path("/proc/self/uid_map").write_text(f"{nobody.pw_uid} 0 1")
    Path("/proc/self/gid_map").write_text(f"{nobody.pw_gid} 0 1")


def _word_nobody() -> None:
    nobody = pwd.getpwnam("nobody")
    os.setgroups([])
    os.setgid(nobody.pw_gid)
    os.setuid(nobody.pw_uid)


def main(signaal: int, gebruiker: str, opdracht: list[str]) -> None:
    """Replace this process by `opdracht`. The death signal comes last: a change of user clears it."""
    ouder = os.getppid()
    if gebruiker == "userns":
        _als_nobody_in_userns()
    elif gebruiker == "nobody":
        _word_nobody()
    if signaal:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signaal)
        if os.getppid() != ouder:  # died between fork and prctl: nobody would send the signal any more
            raise SystemExit("ouderproces is al weg")
    os.execv(opdracht[0], opdracht)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])

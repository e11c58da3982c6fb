"""Who has to show a second thing besides their password: whoever can read a client's record.

There is no setting for it. A password alone is guessed, reused or read over a shoulder; a clinic
that could switch this off would do so on its busiest morning.
"""

# A trainer sees no client: they may have a second thing, and then it is asked for.
WITHOUT = frozenset({"trainer"})


def needs_second(role: str) -> bool:
    """Tell whether somebody with this role must have a second thing; a new role must."""
    return role not in WITHOUT

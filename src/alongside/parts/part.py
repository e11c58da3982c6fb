"""What a part of the product says about itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class NavEntry:
    """A door in the staff's menu; it is shown to whoever may open its address."""

    label: StrOrPromise
    url_name: str
    icon: str
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """How often the clock does a thing in each clinic.

    `where`: the dotted path of a function `(now)` that gives the keys of the clinics where there
    is anything to do, asked once for all of them; without it the clock goes to every clinic.
    """

    every: timedelta
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a clinic's service, whole on one screen.

    `slots` maps a slot's name to the dotted path of a function that gives a Panel or None;
    `listens` maps a moment's name to the dotted path of a function that takes the moment;
    `errands` maps the dotted path of a function `(now)`, called inside each clinic where the part
    is on, to how often the clock does that;
    `holds` maps each model that says something about a client ("visits.Visit") to what it is
    called in a copy of one person's data;
    `says` maps a verb of the record to its sentence, where `%(who)s` is whoever did it, and
    `tells` to the same sentence as the client reads it whom it is about, where that differs;
    `rights` names what a client may let somebody close see of it, in the client's words; a name
    with a dot ("needs.mind") is a part of a right, and each part opens the address of the whole;
    `restores` are dotted paths of functions that take a `Restored` (parts/restored.py), called once
    after an older copy was put back, and give a sentence on what they did, or nothing.
    Dotted paths, so that reading a part's card loads none of its models.
    """

    name: str
    label: StrOrPromise
    about: StrOrPromise
    can_be_off: bool = True
    nav: tuple[NavEntry, ...] = ()
    slots: Mapping[str, str] = field(default_factory=dict)
    listens: Mapping[str, str] = field(default_factory=dict)
    errands: Mapping[str, Errand] = field(default_factory=dict)
    holds: Mapping[str, StrOrPromise] = field(default_factory=dict)
    says: Mapping[str, StrOrPromise] = field(default_factory=dict)
    tells: Mapping[str, StrOrPromise] = field(default_factory=dict)
    rights: Mapping[str, StrOrPromise] = field(default_factory=dict)
    restores: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A piece of page that a part puts into somebody else's slot.

    `context` is what the template knows as `panel`: names and what they stand for, or, in a slot
    that keeps what it draws, a frozen dataclass of plain values.
    """

    template: str
    context: Any
    order: int = 50

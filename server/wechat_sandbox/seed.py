"""What a sandbox knows before anything has happened."""

from copy import deepcopy

from server.wechat_sandbox.config import Configuration
from server.wechat_sandbox.documents import Documents
from server.wechat_sandbox.people import add_person


def seed(configuration: Configuration, documents: Documents) -> None:
    """Add what the configuration file says of people and settings and the state file does not hold yet."""
    with documents.change():
        for person in configuration.people:
            held = documents.find("people", person["id"]) or {}
            add_person(configuration, documents, deepcopy(person) | held)
        known = documents.find("settings", "current") or {}
        documents.put("settings", "current", deepcopy(configuration.settings) | known)


def reset(configuration: Configuration, documents: Documents) -> None:
    """Forget everything and start again from the configuration file."""
    with documents.change():
        documents.clear()
        seed(configuration, documents)

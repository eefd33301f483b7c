"""The accounts and templates the SMS providers know, as the configuration file gives them."""

import re
from dataclasses import dataclass
from typing import Any

VARIABLE = re.compile(r"\$\{(\w+)\}")


@dataclass(frozen=True)
class SmsAccount:
    """An account at one provider; `report_path` is where it pushes status reports, with the token in it."""

    key_id: str
    key_secret: str
    report_path: str
    sdk_app_id: str = ""


@dataclass(frozen=True)
class SmsTemplate:
    """One approved text. `codes` are its names at the providers; ${name} is a variable in `text`.

    Aliyun knows the variables by name, Tencent Cloud by number, in the order of their first appearance.
    """

    codes: dict[str, str]
    text: str

    @property
    def variables(self) -> list[str]:
        """The names of the variables, each once."""
        return list(dict.fromkeys(VARIABLE.findall(self.text)))

    def render(self, values: dict[str, str]) -> str:
        """The text with its variables put in."""
        return VARIABLE.sub(lambda found: values[found[1]], self.text)


@dataclass(frozen=True)
class SmsPlatforms:
    """Everything the configuration file says about SMS."""

    sign_name: str
    accounts: dict[str, SmsAccount]
    templates: tuple[SmsTemplate, ...]

    def template(self, provider: str, code: str) -> SmsTemplate | None:
        """The template a provider knows by this code, or None."""
        return next((one for one in self.templates if one.codes.get(provider) == code), None)


def read_platforms(values: dict[str, Any]) -> SmsPlatforms:
    """Read the section `sms`; KeyError and TypeError name what it lacks or has too much of."""
    given = dict(values)
    templates = tuple(
        SmsTemplate(codes={key: one[key] for key in ("aliyun", "tencent")}, text=one["text"])
        for one in given.pop("templates")
    )
    sign_name = given.pop("sign_name")
    return SmsPlatforms(sign_name, {key: SmsAccount(**one) for key, one in given.items()}, templates)

"""The one blueprint all pages hang on, so that its hooks hold for every one of them."""

from flask import Blueprint

blueprint = Blueprint("backoffice", __name__)

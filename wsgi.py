"""The application, for a WSGI server and for `flask --app wsgi`."""

import sys

from server.app import create_app
from server.catalogue import CatalogueError
from server.settings import SettingsError

try:
    app = create_app()
except (SettingsError, CatalogueError) as error:
    sys.exit(str(error))

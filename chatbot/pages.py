"""The page, the browser libraries it loads, the health check, and the headers that protect them."""

from pathlib import Path

from flask import Blueprint, Response, abort, jsonify, render_template, send_from_directory, session

from db.engine import Database, DatabaseError

from .events import MAX_TEXT, listener_of

# What the browser may load of the npm packages; nothing else in their folder is served.
VENDOR_FILES = frozenset(
    {
        "bootstrap/dist/css/bootstrap.min.css",
        "chart.js/dist/chart.umd.min.js",
        "socket.io-client/dist/socket.io.esm.min.js",
    }
)
HEADERS = {
    # Covers and previews come from the music services; all else comes from here.
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: https:; media-src https:; object-src 'none'; "
        "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


def create_pages(database: Database, vendor_folder: Path) -> Blueprint:
    """The routes `/`, `/vendor/…` (npm packages in `vendor_folder`) and `/healthz`."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    def index() -> str:
        listener_of(session)
        session.modified = True  # each visit renews the cookie
        return render_template("index.html", max_length=MAX_TEXT)

    @pages.get("/vendor/<path:name>")
    def vendor(name: str) -> Response:
        if name not in VENDOR_FILES:
            abort(404, f"{name} is not one of the page's libraries")
        return send_from_directory(vendor_folder, name, max_age=3600)

    @pages.get("/healthz")
    def healthz() -> tuple[Response, int]:
        try:
            database.ping()
        except DatabaseError:
            return jsonify(status="the database does not answer"), 503
        return jsonify(status="ok"), 200

    @pages.after_app_request
    def protect(response: Response) -> Response:
        response.headers.extend(HEADERS)
        return response

    return pages

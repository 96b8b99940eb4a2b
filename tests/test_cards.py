"""chatbot/cards.py: a song as the page shows it."""

import json
from urllib.parse import parse_qs, unquote, urlsplit

from chatbot.cards import song_card
from classifiers.labels import Mood
from tests.rows import a_song

CONTRACT = {
    *("id", "title", "artist", "album", "mood", "score"),
    *("image_url", "preview_url", "youtube_url", "spotify_url", "reason"),
}


def test_a_card_has_every_field_of_the_contract_and_goes_into_json():
    card = song_card(a_song(id=1, calm=0.7), Mood.CALM)
    assert set(card) >= CONTRACT
    assert card["score"] == 0.7
    assert json.loads(json.dumps(card)) == card


def test_links_search_for_artist_and_title_whatever_they_hold():
    card = song_card(a_song(id=1, title="좋니? & 100% <b>", artist="A/C #1"), Mood.CALM)
    assert parse_qs(urlsplit(card["youtube_url"]).query) == {"search_query": ["A/C #1 좋니? & 100% <b>"]}
    spotify = urlsplit(card["spotify_url"])
    assert (spotify.netloc, unquote(spotify.path)) == ("open.spotify.com", "/search/A/C #1 좋니? & 100% <b>")
    assert spotify.query == spotify.fragment == ""


def test_a_known_spotify_id_leads_to_the_track():
    card = song_card(a_song(id=1, spotify_id="3P3UA61WRQqwCXaoFOTENd"), Mood.CALM)
    assert card["spotify_url"] == "https://open.spotify.com/track/3P3UA61WRQqwCXaoFOTENd"

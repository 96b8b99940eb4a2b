"""A song as the page shows it: a plain dictionary with links that work without any account."""

from urllib.parse import quote, quote_plus

from classifiers.labels import Mood
from db.models import Song

from . import phrases


def song_card(song: Song, mood: Mood) -> dict:
    """The card of a song offered for a mood, ready for JSON."""
    words = f"{song.artist} {song.title}"
    return {
        "id": song.id,
        "title": song.title,
        "artist": song.artist,
        "album": song.album,
        "year": song.year,
        "mood": song.mood,
        "score": round(song.scores[mood], 4),
        "image_url": song.image_url,
        "preview_url": song.preview_url,
        "youtube_url": f"https://www.youtube.com/results?search_query={quote_plus(words)}",
        "spotify_url": spotify_url(song, words),
        "reason": phrases.song_reason(song.scores, mood),
    }


def spotify_url(song: Song, words: str) -> str:
    """The track's own page where its Spotify id is known, else a search for it."""
    if song.spotify_id:
        return f"https://open.spotify.com/track/{quote(song.spotify_id, safe='')}"
    return f"https://open.spotify.com/search/{quote(words, safe='')}"

"""chatbot/bot.py: the whole online flow with the shipped model and a real database."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from chatbot.bot import ChatBot, NoSongsError, Request, UnknownReplyError
from chatbot.reader import EmotionReader
from classifiers.labels import Emotion, Mood
from db.models import Offer, Reply, Song
from db.songs import add_songs, read_starter

ME, YOU = "1" * 32, "2" * 32
HAPPY, SAD = "오늘 시험에 합격해서 정말 행복해", "남자친구랑 헤어져서 너무 슬퍼"


@pytest.fixture
def bot(classifier, database):
    with database.session() as session:
        add_songs(session, read_starter())
    return ChatBot(EmotionReader(classifier), database)


def count(database, table) -> int:
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_a_happy_sentence_gets_five_happy_songs(bot):
    reply = bot.reply(Request(ME, "one"), HAPPY)
    assert (reply.kind, reply.emotion, reply.mood) == ("songs", Emotion.JOY, Mood.HAPPY)
    assert len(reply.songs) == len({song["artist"] for song in reply.songs}) == 5
    assert {song["mood"] for song in reply.songs} == {"Happy"}
    assert [choice["payload"]["reply_id"] for choice in reply.choices] == [reply.id] * 3


def test_four_lists_in_a_row_repeat_no_song(bot):
    heard = Counter()
    for number in range(4):
        heard.update(song["id"] for song in bot.reply(Request(ME, f"n{number}"), SAD).songs)
    assert heard.most_common(1)[0][1] == 1
    assert heard.total() == 20


@pytest.mark.parametrize("language", ["ko", "other"])
def test_the_language_asked_for_is_kept_to(bot, database, language):
    for number in range(3):
        songs = bot.reply(Request(ME, f"n{number}", language), SAD).songs
        with database.session() as session:
            rows = session.scalars(select(Song.language).where(Song.id.in_([song["id"] for song in songs])))
            assert list(rows) == [language] * 5


def test_the_same_client_id_gets_the_same_reply_and_no_new_offers(bot, database):
    first = bot.reply(Request(ME, "one"), HAPPY)
    offers = count(database, Offer)
    assert bot.reply(Request(ME, "one"), HAPPY) == first
    assert count(database, Offer) == offers


def test_two_listeners_may_use_the_same_client_id(bot):
    mine, yours = bot.reply(Request(ME, "one"), HAPPY), bot.reply(Request(YOU, "one"), SAD)
    assert (mine.mood, yours.mood) == (Mood.HAPPY, Mood.SAD)


@pytest.mark.parametrize("text", ["", "안녕", "😭", "hello there"])
def test_what_cannot_be_read_gets_a_question_with_the_four_moods(bot, text):
    reply = bot.reply(Request(ME, "one"), text)
    assert (reply.kind, reply.emotion, reply.mood, reply.songs) == ("question", None, None, [])
    moods = [choice["payload"]["mood"] for choice in reply.choices if choice["event"] == "mood"]
    assert moods == list(Mood)


def test_a_call_for_help_gets_the_crisis_card_and_leaves_no_trace(bot, database):
    first = bot.reply(Request(ME, "one"), "죽고 싶어")
    assert (first.kind, first.id, first.songs) == ("crisis", None, [])
    assert [line["number"] for line in first.helplines] == ["109", "1577-0199", "1388"]
    assert bot.reply(Request(ME, "one"), "죽고 싶어") == first
    assert count(database, Reply) == count(database, Offer) == 0


def test_no_word_of_the_person_is_stored(bot, database):
    bot.reply(Request(ME, "one"), "남자친구 준호랑 헤어져서 너무 슬퍼")
    with database.session() as session:
        assert "준호" not in str(session.scalars(select(Reply)).one().body)


def test_the_steps_are_told_in_order(bot):
    steps = []
    bot.reply(Request(ME, "one"), HAPPY, steps.append)
    assert steps == ["reading", "choosing"]
    bot.reply(Request(ME, "two"), "안녕", steps.append)
    assert steps == ["reading", "choosing", "reading"]


def test_a_chosen_mood_gets_its_songs_without_pretending_to_have_read_anything(bot):
    reply = bot.reply_to_mood(Request(ME, "one"), Mood.CALM)
    assert (reply.kind, reply.mood, reply.emotion, reply.emotions) == ("songs", Mood.CALM, None, None)
    assert reply.moods == {"Happy": 0.0, "Sad": 0.0, "Energetic": 0.0, "Calm": 1.0}
    assert {song["mood"] for song in reply.songs} == {"Calm"}
    assert bot.reply_to_mood(Request(ME, "one"), Mood.CALM) == reply


@pytest.mark.parametrize(("direction", "mood"), [("same", "Sad"), ("lift", "Happy"), ("calm", "Calm")])
def test_more_goes_in_the_direction_asked_for(bot, direction, mood):
    first = bot.reply(Request(ME, "one"), SAD)
    more = bot.reply_with_more(Request(ME, "two"), first.id, direction)
    assert more.mood == mood
    assert not {song["id"] for song in first.songs} & {song["id"] for song in more.songs}
    assert bot.reply_with_more(Request(ME, "two"), first.id, direction) == more


def test_more_after_someone_elses_reply_is_refused(bot):
    first = bot.reply(Request(ME, "one"), SAD)
    with pytest.raises(UnknownReplyError):
        bot.reply_with_more(Request(YOU, "two"), first.id, "same")


def test_more_after_a_question_is_refused(bot):
    question = bot.reply(Request(ME, "one"), "안녕")
    with pytest.raises(UnknownReplyError):
        bot.reply_with_more(Request(ME, "two"), question.id, "same")


def test_an_empty_database_is_told_and_nothing_is_stored(classifier, database):
    bot = ChatBot(EmotionReader(classifier), database)
    with pytest.raises(NoSongsError):
        bot.reply(Request(ME, "one"), HAPPY)
    assert count(database, Reply) == 0

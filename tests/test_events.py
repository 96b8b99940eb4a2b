"""chatbot/events.py: the chat over real sockets, against the real server in every way it can serve."""

import sys
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from chatbot.events import MAX_TEXT
from tests.parts import Server, connected

HAPPY, SAD = "오늘 시험에 합격해서 정말 행복해", "남자친구랑 헤어져서 너무 슬퍼"


@pytest.fixture(scope="module", params=["eventlet", "gevent", "threading"])
def url(request, tmp_path_factory):
    """A server in each async mode in turn."""
    with Server(tmp_path_factory.mktemp(request.param), SMOODY_ASYNC_MODE=request.param) as server:
        yield server.url
    assert "Traceback" not in server.output()


@pytest.fixture(scope="module")
def connection(url):
    """One connection for the whole file: what one test does to it must not harm the next."""
    with connected(url) as client:
        yield client


@pytest.fixture
def client(connection):
    """The connection, with nothing received yet."""
    connection.received.clear()
    return connection


def test_a_sentence_gets_steps_a_reply_and_an_acknowledgement_in_this_order(client):
    client_id = str(uuid.uuid4())
    acknowledgement = client.ask("message", {"text": HAPPY, "client_id": client_id})
    assert [name for name, _ in client.received] == ["typing", "typing", "reply"]
    assert [step["step"] for step in client.all("typing")] == ["reading", "choosing"]
    (reply,) = client.all("reply")
    assert acknowledgement == {"ok": True, "client_id": client_id, "reply_id": reply["id"]}
    assert reply["client_id"] == client_id


def test_a_reply_has_the_fields_of_the_contract(client):
    reply = client.say(HAPPY)
    assert (reply["kind"], reply["emotion"], reply["mood"]) == ("songs", "기쁨", "Happy")
    assert list(reply["emotions"]) == ["기쁨", "슬픔", "당황", "분노", "불안"]
    assert list(reply["moods"]) == ["Happy", "Sad", "Energetic", "Calm"]
    assert sum(reply["emotions"].values()) == pytest.approx(1)
    assert sum(reply["moods"].values()) == pytest.approx(1)
    assert len(reply["songs"]) == 5
    assert all(song["youtube_url"].startswith("https://www.youtube.com/") for song in reply["songs"])
    assert all({"label", "event", "payload"} == set(choice) for choice in reply["choices"])


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_both_transports_work(url, transport):
    with connected(url, transports=[transport]) as client:
        assert client.say(SAD)["mood"] == "Sad"


def test_two_listeners_at_once_get_only_their_own_replies(url):
    def talk(text):
        with connected(url) as client:
            ids = [str(uuid.uuid4()) for _ in range(10)]
            replies = [client.say(text, client_id=client_id) for client_id in ids]
            assert [reply["client_id"] for reply in client.all("reply")] == ids
            return {reply["mood"] for reply in replies}

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(talk, [HAPPY, SAD])) == [{"Happy"}, {"Sad"}]


def test_a_repeated_client_id_gets_the_same_reply(client):
    first = client.say(HAPPY, client_id="once-1")
    assert client.say(HAPPY, client_id="once-1") == first


def test_a_retry_on_a_new_connection_gets_the_same_reply(url):
    """As the page does it: the cookie says who the listener is, the client id which message it was."""
    cookie = requests.get(url, timeout=10).headers["Set-Cookie"].split(";")[0]
    replies = []
    for _ in range(2):
        with connected(url, headers={"Cookie": cookie}) as client:
            replies.append(client.say(SAD, client_id="once-2"))
    assert replies[0] == replies[1]
    with connected(url) as stranger:
        assert stranger.say(SAD, client_id="once-2")["id"] != replies[0]["id"]


def test_a_mood_and_more_of_it(client):
    first = client.answer("mood", mood="Calm", language="ko")
    assert (first["kind"], first["mood"], first["emotion"]) == ("songs", "Calm", None)
    more = client.answer("more", reply_id=first["id"], direction="lift", language="ko")
    assert more["mood"] == "Happy"
    # the contract's own payload carries no client id
    assert client.ask("more", {"reply_id": first["id"], "direction": "same"})["ok"]
    assert client.all("reply")[-1]["mood"] == "Calm"


def test_every_chip_of_a_reply_can_be_sent_as_it_is(client):
    for text in ("안녕", SAD, "죽고 싶어"):
        for choice in client.say(text)["choices"]:
            assert client.answer(choice["event"], **choice["payload"])["kind"] == "songs"


def test_a_greeting_gets_a_question(client):
    reply = client.say("안녕")
    assert (reply["kind"], reply["songs"]) == ("question", [])


def test_a_call_for_help_gets_the_crisis_card(client):
    reply = client.say("죽고 싶어")
    assert (reply["kind"], reply["id"], reply["songs"]) == ("crisis", None, [])
    assert {"109", "1577-0199", "1388"} == {line["number"] for line in reply["helplines"]}


@pytest.mark.parametrize(
    ("event", "payload", "code"),
    [
        ("message", None, "bad_request"),
        ("message", "안녕", "bad_request"),
        ("message", [], "bad_request"),
        ("message", {}, "bad_request"),
        ("message", {"text": HAPPY}, "bad_request"),
        ("message", {"text": HAPPY, "client_id": 7}, "bad_request"),
        ("message", {"text": HAPPY, "client_id": "x" * 65}, "bad_request"),
        ("message", {"text": HAPPY, "client_id": "'; DROP TABLE songs"}, "bad_request"),
        ("message", {"text": HAPPY, "client_id": "a", "language": "fr"}, "bad_request"),
        ("message", {"text": HAPPY, "client_id": "a", "language": ["ko"]}, "bad_request"),
        ("message", {"client_id": "a"}, "not_text"),
        ("message", {"text": 42, "client_id": "a"}, "not_text"),
        ("message", {"text": ["행복해"], "client_id": "a"}, "not_text"),
        ("message", {"text": b"\x00\x01", "client_id": "a"}, "not_text"),
        ("message", {"text": "가" * (MAX_TEXT + 1), "client_id": "a"}, "too_long"),
        ("message", {"text": "가" * 100_000, "client_id": "a"}, "too_long"),
        ("mood", {"client_id": "a"}, "unknown_mood"),
        ("mood", {"mood": "Sleepy", "client_id": "a"}, "unknown_mood"),
        ("mood", {"mood": {"Happy": 1}, "client_id": "a"}, "unknown_mood"),
        ("mood", {"mood": "Happy"}, "bad_request"),
        ("more", {"direction": "same"}, "unknown_reply"),
        ("more", {"reply_id": "1", "direction": "same"}, "unknown_reply"),
        ("more", {"reply_id": 2**80, "direction": "same"}, "unknown_reply"),
        ("more", {"reply_id": 999_999, "direction": "same"}, "unknown_reply"),
        ("more", {"reply_id": 1, "direction": "up"}, "bad_request"),
        ("more", {"reply_id": 1, "direction": []}, "bad_request"),
        ("more", 5, "bad_request"),
    ],
)
def test_garbage_gets_a_problem_and_the_connection_lives_on(client, event, payload, code):
    acknowledgement = client.ask(event, payload)
    assert (acknowledgement["ok"], acknowledgement["code"]) == (False, code)
    (problem,) = client.all("problem")
    assert problem["message"] == acknowledgement["message"]
    assert client.answer("mood", mood="Calm")["kind"] == "songs"


def test_events_without_a_payload_or_with_two_are_no_accident(client):
    assert client.socket.call("message", timeout=20)["code"] == "bad_request"
    assert client.socket.call("mood", ({"mood": "Calm", "client_id": "two"}, "more"), timeout=20)["ok"]


@pytest.mark.parametrize("text", ["", "   ", "\u200b\n\t", "\ud800", "🙂" * MAX_TEXT])
def test_a_text_without_words_is_asked_about(client, text):
    assert client.say(text)["kind"] == "question"


def test_a_text_of_exactly_the_longest_length_is_read(client):
    assert client.say((SAD + " ") * 100)["code"] == "too_long"
    text = ((SAD + " ") * 100)[: MAX_TEXT - 1] + "."
    assert len(text) == MAX_TEXT
    assert client.say(text)["mood"] == "Sad"


def test_a_page_of_another_site_is_refused(url):
    handshake = f"{url}/socket.io/?EIO=4&transport=polling"
    assert requests.get(handshake, headers={"Origin": "https://evil.example"}, timeout=10).status_code == 400
    assert requests.get(handshake, headers={"Origin": url}, timeout=10).status_code == 200


def test_the_test_process_itself_is_not_patched():
    """`import server` must not replace the standard library under whoever imports it."""
    assert "eventlet" not in sys.modules or not sys.modules["eventlet"].patcher.is_monkey_patched("socket")

"""The page in a real Chromium: a person types a sentence and sees five songs, on a phone and on a desktop."""

import re

import pytest
from playwright.sync_api import expect, sync_playwright

from db.engine import Database, sqlite_url
from tests.parts import Server, find_program
from tests.rows import a_song

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
SCREENS = {
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": {"width": 1440, "height": 900}},
}
expect.set_options(timeout=15_000)  # a busy machine is slow, not wrong
HAPPY, SAD = "오늘 시험에 합격해서 정말 행복해", "남자친구랑 헤어져서 너무 슬퍼"


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_program("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=SCREENS)
def page(chromium, server, request):
    """The page, opened; whatever the browser complains of, policy violations included, fails the test."""
    context = chromium.new_context(**SCREENS[request.param], locale="ko-KR")
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(server.url)
    yield page
    assert complaints == []
    context.close()


def say(page, text: str) -> None:
    page.locator("#composer textarea").fill(text)
    page.locator("#send").click()


def last_answer(page):
    return page.locator(".message.from-smoody").last


def test_a_sentence_gets_an_understanding_answer_with_five_songs(page):
    say(page, HAPPY)
    expect(page.locator(".message.from-user")).to_contain_text(HAPPY)
    answer = last_answer(page)
    expect(answer.locator(".song-card")).to_have_count(5)
    expect(page.locator("html")).to_have_attribute("data-mood", "Happy")
    expect(answer.locator("canvas")).to_be_visible()
    for card in answer.locator(".song-card").all():
        expect(card.get_by_role("link", name=re.compile("YouTube"))).to_have_attribute(
            "href", re.compile(r"^https://www\.youtube\.com/")
        )
        expect(card.get_by_role("link", name=re.compile("Spotify"))).to_have_attribute(
            "href", re.compile(r"^https://open\.spotify\.com/")
        )


def test_the_colour_follows_the_mood(page):
    say(page, SAD)
    expect(page.locator("html")).to_have_attribute("data-mood", "Sad")
    say(page, "상사가 나한테만 일을 떠넘겨서 화가 나")
    expect(page.locator("html")).to_have_attribute("data-mood", "Energetic")


def test_the_chart_is_told_in_words_too(page):
    say(page, SAD)
    told = last_answer(page).get_by_text(re.compile(r"슬픔\s*\d+\s*%"))
    expect(told.first).to_be_attached()


def test_enter_sends_once_and_shift_enter_does_not(page):
    box = page.locator("#composer textarea")
    box.fill("너무 슬퍼")
    box.press("Shift+Enter")
    expect(page.locator(".message.from-user")).to_have_count(0)
    box.press("Enter")
    expect(page.locator(".message.from-user")).to_have_count(1)
    expect(box).to_have_value("")


def test_enter_that_ends_a_syllable_does_not_send(page):
    """While a Korean syllable is being composed, Enter belongs to the input method."""
    box = page.locator("#composer textarea")
    box.fill("행복")
    box.evaluate(
        """box => {
            box.dispatchEvent(new CompositionEvent("compositionstart", {bubbles: true}));
            const enter = {key: "Enter", bubbles: true, cancelable: true};
            box.dispatchEvent(new KeyboardEvent("keydown", {...enter, isComposing: true}));
            box.dispatchEvent(new KeyboardEvent("keydown", {...enter, keyCode: 229}));
            box.dispatchEvent(new CompositionEvent("compositionend", {bubbles: true}));
        }"""
    )
    expect(box).to_have_value("행복")
    expect(page.locator(".message.from-user")).to_have_count(0)


def test_a_mood_chip_gets_songs_of_that_mood(page):
    page.locator(".mood-chip[data-mood=Calm]").click()
    expect(last_answer(page).locator(".song-card")).to_have_count(5)
    expect(page.locator("html")).to_have_attribute("data-mood", "Calm")


def test_the_language_control_reaches_the_songs_and_is_remembered(page):
    page.locator("[name=language][value=ko]").check(force=True)
    for number in range(1, 4):
        say(page, SAD)
        expect(page.locator(".song-card")).to_have_count(5 * number)
    titles = page.locator(".song-card").evaluate_all("cards => cards.map(card => card.textContent)")
    assert all(re.search("[가-힣]", title) for title in titles)
    page.reload()
    expect(page.locator("[name=language][value=ko]")).to_be_checked()


def test_a_greeting_gets_a_question_whose_chips_answer(page):
    say(page, "안녕")
    question = last_answer(page)
    expect(question.get_by_role("button", name="차분한 노래")).to_be_visible()
    expect(question.locator(".song-card")).to_have_count(0)
    question.get_by_role("button", name="차분한 노래").click()
    expect(page.locator(".song-card")).to_have_count(5)


def test_a_call_for_help_shows_numbers_to_dial(page):
    say(page, "죽고 싶어")
    for number in ("109", "15770199", "1388"):
        expect(last_answer(page).locator(f'a[href="tel:{number}"]')).to_be_visible()


def test_more_songs_come_by_a_chip(page):
    say(page, SAD)
    last_answer(page).get_by_role("button", name="기분 전환").click()
    expect(page.locator(".song-card")).to_have_count(10)
    expect(page.locator("html")).to_have_attribute("data-mood", "Happy")


SCRIPT = """<img src=x onerror="document.title='broken'"><script>document.title='broken'</script>"""


def test_script_in_a_message_stays_text(page):
    say(page, f"너무 슬퍼 {SCRIPT}")
    expect(page.locator(".message.reply")).to_have_count(1)
    expect(page.locator(".message.from-user")).to_contain_text(SCRIPT)
    expect(page).not_to_have_title("broken")


def test_script_in_a_song_stays_text(chromium, tmp_path):
    (tmp_path / "instance").mkdir()
    database = Database(sqlite_url(tmp_path / "instance"))
    database.upgrade()
    hostile = {"title": SCRIPT, "artist": SCRIPT, "image_url": "javascript:alert(1)"}
    with database.session() as session:
        session.add_all([a_song(**{**hostile, "artist": f"{SCRIPT} {number}"}) for number in range(5)])
    database.close()
    with Server(tmp_path) as server, chromium.new_page() as page:
        page.goto(server.url)
        page.locator(".mood-chip[data-mood=Calm]").click()
        expect(page.locator(".song-card")).to_have_count(5)
        expect(page.locator(".song-title").first).to_have_text(SCRIPT)
        expect(page).not_to_have_title("broken")
        assert page.locator(".song-card img, .song-card script").count() == 0


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_nothing_is_wider_than_the_screen(page, width):
    page.set_viewport_size({"width": width, "height": 844})
    say(page, SAD + " " + "가나다라마바사" * 20)
    expect(page.locator(".song-card")).to_have_count(5)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_lost_connection_is_told_and_the_message_is_answered_after_it(chromium, tmp_path):
    """The server stops, a sentence is sent, the server comes back: one answer, nothing lost, nothing twice."""
    server = Server(tmp_path)
    with server, chromium.new_context(**SCREENS["phone"]) as context:
        page = context.new_page()
        page.goto(server.url)
        say(page, HAPPY)
        expect(page.locator(".song-card")).to_have_count(5)
        server.stop()
        expect(page.locator("#connection.is-shown")).to_be_visible(timeout=15_000)
        say(page, SAD)
        server.start()
        expect(page.locator(".song-card")).to_have_count(10, timeout=30_000)
        expect(page.locator("#connection.is-shown")).to_have_count(0)
        expect(page.locator(".message.from-user")).to_have_count(2)

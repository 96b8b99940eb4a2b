"""Every word SMOODY says to a person. Warm 존댓말, several wordings for a situation so that it never drones."""

import random
from collections.abc import Iterable, Mapping

from classifiers.labels import Emotion, Mood
from classifiers.views import TO_MOOD

# What is said before five songs, by the finest emotion that was read.
OPENINGS: Mapping[Emotion, tuple[str, ...]] = {
    Emotion.JOY: (
        "우와, 읽는 저까지 기분이 좋아져요! 이 기분 그대로 이어 갈 밝은 노래를 골라 봤어요.",
        "정말 잘됐어요! 오늘은 마음껏 기뻐하셔도 돼요. 함께 흥얼거릴 노래를 가져왔어요.",
        "이런 소식이라면 몇 번이고 듣고 싶어요. 축하하는 마음으로 다섯 곡을 골랐어요.",
    ),
    Emotion.CALM: (
        "마음이 포근하신가 봐요. 그 편안함에 살며시 햇살을 더해 줄 노래예요.",
        "참 좋은 시간을 보내고 계시네요. 지금 분위기에 어울리는 기분 좋은 노래를 골랐어요.",
        "여유가 느껴져서 저도 편안해져요. 느긋하게 들으시라고 밝은 곡으로 골라 봤어요.",
    ),
    Emotion.SADNESS: (
        "많이 슬프셨겠어요. 괜찮은 척하지 않으셔도 돼요. 곁에 있어 줄 노래를 골랐어요.",
        "마음이 무거우시군요. 울고 싶을 땐 울어도 괜찮아요. 그 시간을 함께할 노래예요.",
        "이야기해 주셔서 고마워요. 서두르지 말고, 이 노래들과 천천히 쉬어 가세요.",
    ),
    Emotion.HURT: (
        "마음을 다치셨군요. 그런 말이나 일을 겪으면 누구라도 아파요. 다독여 줄 노래를 골랐어요.",
        "많이 서운하고 아프셨겠어요. 당신 잘못이 아니에요. 마음을 어루만져 줄 노래예요.",
        "혼자 삭이느라 애쓰셨어요. 잠시 기대어 쉴 수 있는 노래를 가져왔어요.",
    ),
    Emotion.EMBARRASSMENT: (
        "많이 당황스러우셨겠어요. 지나고 나면 생각보다 작은 일이 되기도 해요. 마음을 가라앉혀 줄 노래예요.",
        "얼마나 난감하셨을까요. 놀란 마음이 쉬어 갈 수 있게 노래를 골라 봤어요.",
        "누구에게나 그런 순간이 있어요. 자책은 잠깐 내려놓고 이 노래들을 들어 보세요.",
    ),
    Emotion.ANGER: (
        "정말 화나셨겠어요. 참느라 애쓰셨어요. 시원하게 쏟아 낼 수 있는 노래를 골랐어요.",
        "그건 화가 날 만해요. 볼륨을 조금 높이고 속을 확 풀어 보세요.",
        "답답한 마음, 여기 두고 가셔도 돼요. 쌓인 걸 털어 낼 힘 있는 노래예요.",
    ),
    Emotion.ANXIETY: (
        "많이 떨리고 걱정되시는군요. 천천히 숨을 고를 수 있는 차분한 노래를 골랐어요.",
        "마음이 조마조마하시겠어요. 지금 이만큼 온 것만으로도 잘하고 계세요. 잔잔한 노래와 잠시 쉬어 가요.",
        "걱정이 꼬리를 물 땐 잠깐 멈춰도 괜찮아요. 마음을 가라앉혀 줄 노래예요.",
    ),
}

# What is said when the listener chose the mood.
CHOSEN: Mapping[Mood, tuple[str, ...]] = {
    Mood.HAPPY: (
        "기분이 환해지는 노래로 골라 봤어요.",
        "밝은 노래 다섯 곡이에요. 발끝이 절로 움직일지도 몰라요.",
    ),
    Mood.SAD: (
        "마음을 달래 줄 노래예요. 천천히 들으셔도 좋아요.",
        "조용히 곁에 있어 줄 노래를 골랐어요.",
    ),
    Mood.ENERGETIC: (
        "힘이 솟는 노래로 골랐어요. 볼륨을 조금 높여 보세요!",
        "속이 뻥 뚫리는 다섯 곡이에요. 마음껏 즐겨 주세요.",
    ),
    Mood.CALM: (
        "숨을 고르며 들을 수 있는 차분한 노래예요.",
        "잔잔한 노래 다섯 곡을 골랐어요. 편안한 시간이 되면 좋겠어요.",
    ),
}

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "wordless": (
        "표정만으로는 마음을 다 알기 어려워요. 한마디만 들려주시겠어요?",
        "아직 이야기를 못 들었어요. 지금 기분을 짧게라도 적어 주시면 노래를 골라 드릴게요.",
    ),
    "foreign": (
        "저는 아직 한국어만 읽을 수 있어요. 한국어로 들려주시거나 아래에서 골라 주세요.\n"
        "(I can only read Korean so far. You can also pick a mood below.)",
    ),
    "neutral": (
        "반가워요! 오늘은 어떤 기분이세요? 한 문장으로 들려주시면 어울리는 노래를 골라 드릴게요.",
        "네, 여기 있어요. 지금 마음이 어떤지 들려주시겠어요? 아래에서 바로 고르셔도 좋아요.",
        "이야기해 주셔서 고마워요. 그때 기분은 어떠셨어요? 아래에서 골라 주셔도 돼요.",
    ),
    "unsure": (
        "{first} 쪽인지 {second} 쪽인지 조금 헷갈려요. 어느 쪽에 더 가까우세요?",
        "제가 잘 읽었는지 자신이 없어요. {first}에 가까우세요, {second}에 가까우세요?",
    ),
}

CRISIS = (
    "지금 정말 많이 힘드시군요. 이렇게 말해 주셔서 고마워요.\n"
    "혼자 견디지 않으셔도 돼요. 109나 1577-0199에 전화하시면 지금 바로 이야기를 들어 줄 사람이 있어요. "
    "청소년이라면 1388도 좋아요. 당장 위험하다면 119를 불러 주세요."
)
HELPLINES = (
    {"number": "109", "name": "자살예방 상담전화", "note": "24시간"},
    {"number": "1577-0199", "name": "정신건강 위기상담전화", "note": "24시간"},
    {"number": "1388", "name": "청소년 상담전화", "note": "24시간, 청소년과 보호자"},
)
CRISIS_CHOICE = "차분한 노래와 함께 있을래요"

MOOD_CHOICES: Mapping[Mood, str] = {
    Mood.HAPPY: "밝은 노래",
    Mood.SAD: "마음을 달래는 노래",
    Mood.ENERGETIC: "신나는 노래",
    Mood.CALM: "차분한 노래",
}
MORE_CHOICES: Mapping[str, str] = {"same": "다른 다섯 곡", "lift": "기분 전환", "calm": "차분하게"}

PROBLEMS: Mapping[str, str] = {
    "bad_request": "요청을 이해하지 못했어요. 페이지를 새로 고친 뒤 다시 시도해 주세요.",
    "not_text": "글로 된 메시지만 읽을 수 있어요.",
    "too_long": "한 번에 {limit}자까지 읽을 수 있어요. 조금만 줄여서 다시 보내 주세요.",
    "unknown_mood": "그런 분위기의 노래는 아직 없어요. 다른 분위기를 골라 주세요.",
    "unknown_reply": "이어서 고를 목록을 찾지 못했어요. 지금 기분을 다시 들려주시겠어요?",
    "no_songs": "지금은 들려드릴 노래가 없어요. 다른 언어나 다른 분위기를 골라 주세요.",
    "unavailable": "잠시 연결이 고르지 않아요. 조금 뒤에 다시 보내 주세요.",
}

# How a song is described: its mood first, then what else is in it.
_FIRST = {
    Mood.HAPPY: "밝고 경쾌한",
    Mood.SAD: "마음을 달래는",
    Mood.ENERGETIC: "힘 있게 터지는",
    Mood.CALM: "잔잔한",
}
_SECOND = {Mood.HAPPY: "환한 기운", Mood.SAD: "애틋한 여운", Mood.ENERGETIC: "힘찬 기세", Mood.CALM: "편안한 호흡"}
_NOTICEABLE = 0.2  # a second mood below this score is not worth mentioning


def opening(shade: Emotion) -> str:
    """What to say before the songs for an emotion that was read."""
    return random.choice(OPENINGS[shade])


def chosen(mood: Mood) -> str:
    """What to say before the songs for a mood that the listener chose."""
    return random.choice(CHOSEN[mood])


def question(doubt: str, likeliest: tuple[Emotion, ...]) -> str:
    """What to ask when no emotion could be read; `likeliest` holds at least two where doubt is "unsure"."""
    first, second = likeliest[:2] or ("", "")
    return random.choice(QUESTIONS[doubt]).format(first=first, second=second)


def song_reason(scores: Mapping[Mood, float], mood: Mood) -> str:
    """Why a song with these scores is offered for a mood, in a few words."""
    second = max((other for other in Mood if other != mood), key=scores.__getitem__)
    tail = f", {_SECOND[second]}" if scores[second] >= _NOTICEABLE else ""
    return f"{_FIRST[mood]} 곡{tail}"


def problem(code: str, **values: object) -> str:
    """The sentence for a problem code."""
    return PROBLEMS[code].format(**values)


def mood_choices() -> list[dict]:
    """The four moods as chips."""
    return [choice(label, "mood", mood=mood) for mood, label in MOOD_CHOICES.items()]


def emotion_choices(likeliest: tuple[Emotion, ...]) -> list[dict]:
    """The two likeliest emotions as chips; each leads to its mood."""
    return [choice(f"{emotion}에 가까워요", "mood", mood=TO_MOOD[emotion]) for emotion in likeliest[:2]]


def more_choices(reply_id: int, directions: Iterable[str]) -> list[dict]:
    """The ways to go on from a list of songs as chips."""
    return [choice(MORE_CHOICES[way], "more", reply_id=reply_id, direction=way) for way in directions]


def crisis_choices() -> list[dict]:
    """A quiet way on from the crisis card, for those who want one."""
    return [choice(CRISIS_CHOICE, "mood", mood=Mood.CALM)]


def choice(label: str, event: str, **payload: object) -> dict:
    """A chip: what it says, and the event that the page sends with it."""
    return {"label": label, "event": event, "payload": payload}

"""How the labels of the open emotion sets map to ours, as tables; an empty row means "says nothing to us"."""

from collections.abc import Mapping

from classifiers.labels import Emotion

JOY, SADNESS, EMBARRASSMENT, ANGER = Emotion.JOY, Emotion.SADNESS, Emotion.EMBARRASSMENT, Emotion.ANGER
ANXIETY, CALM, HURT, NEUTRAL = Emotion.ANXIETY, Emotion.CALM, Emotion.HURT, Emotion.NEUTRAL

LabelMap = Mapping[str, Mapping[Emotion, float]]

# Demszky et al. 2020, 28 labels, in the Korean machine translation by monologg.
GOEMOTIONS: LabelMap = {
    "admiration": {JOY: 1.0},
    "amusement": {JOY: 1.0},
    "anger": {ANGER: 1.0},
    "annoyance": {ANGER: 1.0},
    "approval": {NEUTRAL: 0.6, CALM: 0.4},
    "caring": {CALM: 0.5, NEUTRAL: 0.5},
    "confusion": {EMBARRASSMENT: 1.0},
    "curiosity": {NEUTRAL: 1.0},
    "desire": {},
    "disappointment": {SADNESS: 0.7, HURT: 0.3},
    "disapproval": {ANGER: 1.0},
    "disgust": {ANGER: 1.0},
    "embarrassment": {EMBARRASSMENT: 1.0},
    "excitement": {JOY: 1.0},
    "fear": {ANXIETY: 1.0},
    "gratitude": {JOY: 1.0},
    "grief": {SADNESS: 1.0},
    "joy": {JOY: 1.0},
    "love": {JOY: 1.0},
    "nervousness": {ANXIETY: 1.0},
    "optimism": {JOY: 0.6, CALM: 0.4},
    "pride": {JOY: 1.0},
    "realization": {},
    "relief": {CALM: 1.0},
    "remorse": {SADNESS: 1.0},
    "sadness": {SADNESS: 1.0},
    "surprise": {EMBARRASSMENT: 1.0},
    "neutral": {NEUTRAL: 1.0},
}

# Jeon et al. 2022, 44 labels; the names are those of the set's labels.txt.
KOTE: LabelMap = {
    "불평/불만": {ANGER: 1.0},
    "환영/호의": {JOY: 1.0},
    "감동/감탄": {JOY: 1.0},
    "지긋지긋": {ANGER: 1.0},
    "고마움": {JOY: 1.0},
    "슬픔": {SADNESS: 1.0},
    "화남/분노": {ANGER: 1.0},
    "존경": {JOY: 1.0},
    "기대감": {JOY: 1.0},
    "우쭐댐/무시함": {},
    "안타까움/실망": {SADNESS: 1.0},
    "비장함": {},
    "의심/불신": {},
    "뿌듯함": {JOY: 1.0},
    "편안/쾌적": {CALM: 1.0},
    "신기함/관심": {},
    "아껴주는": {JOY: 0.5, CALM: 0.5},
    "부끄러움": {EMBARRASSMENT: 1.0},
    "공포/무서움": {ANXIETY: 1.0},
    "절망": {SADNESS: 1.0},
    "한심함": {ANGER: 1.0},
    "역겨움/징그러움": {ANGER: 1.0},
    "짜증": {ANGER: 1.0},
    "어이없음": {ANGER: 0.5, EMBARRASSMENT: 0.5},
    "없음": {NEUTRAL: 1.0},
    "패배/자기혐오": {SADNESS: 0.5, HURT: 0.5},
    "귀찮음": {ANGER: 0.5},
    "힘듦/지침": {SADNESS: 1.0},
    "즐거움/신남": {JOY: 1.0},
    "깨달음": {NEUTRAL: 0.5},
    "죄책감": {SADNESS: 1.0},
    "증오/혐오": {ANGER: 1.0},
    "흐뭇함(귀여움/예쁨)": {JOY: 1.0},
    "당황/난처": {EMBARRASSMENT: 1.0},
    "경악": {EMBARRASSMENT: 1.0},
    "부담/안_내킴": {ANXIETY: 1.0},
    "서러움": {HURT: 1.0},
    "재미없음": {ANGER: 0.5},
    "불쌍함/연민": {SADNESS: 1.0},
    "놀람": {EMBARRASSMENT: 1.0},
    "행복": {JOY: 1.0},
    "불안/걱정": {ANXIETY: 1.0},
    "기쁨": {JOY: 1.0},
    "안심/신뢰": {CALM: 1.0},
}

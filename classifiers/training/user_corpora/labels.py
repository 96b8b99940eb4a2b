"""How the labels of corpora that users bring map to ours, as tables."""

from collections.abc import Mapping

from classifiers.labels import Emotion

# AI Hub 감성 대화 말뭉치: six major classes.
MAJOR: Mapping[str, Emotion] = {
    "분노": Emotion.ANGER,
    "슬픔": Emotion.SADNESS,
    "불안": Emotion.ANXIETY,
    "상처": Emotion.HURT,
    "당황": Emotion.EMBARRASSMENT,
    "기쁨": Emotion.JOY,
}

# Its sixty minor classes, ten to each major one, in the order of the codes E10 to E69.
MINOR: Mapping[str, Emotion] = {
    "분노": Emotion.ANGER,
    "툴툴대는": Emotion.ANGER,
    "좌절한": Emotion.ANGER,
    "짜증내는": Emotion.ANGER,
    "방어적인": Emotion.ANGER,
    "악의적인": Emotion.ANGER,
    "안달하는": Emotion.ANGER,
    "구역질나는": Emotion.ANGER,
    "노여워하는": Emotion.ANGER,
    "성가신": Emotion.ANGER,
    "슬픔": Emotion.SADNESS,
    "실망한": Emotion.SADNESS,
    "비통한": Emotion.SADNESS,
    "후회되는": Emotion.SADNESS,
    "우울한": Emotion.SADNESS,
    "마비된": Emotion.SADNESS,
    "염세적인": Emotion.SADNESS,
    "눈물이나는": Emotion.SADNESS,
    "낙담한": Emotion.SADNESS,
    "환멸을느끼는": Emotion.SADNESS,
    "불안": Emotion.ANXIETY,
    "두려운": Emotion.ANXIETY,
    "스트레스받는": Emotion.ANXIETY,
    "취약한": Emotion.ANXIETY,
    "혼란스러운": Emotion.ANXIETY,
    "당혹스러운": Emotion.ANXIETY,
    "회의적인": Emotion.ANXIETY,
    "걱정스러운": Emotion.ANXIETY,
    "조심스러운": Emotion.ANXIETY,
    "초조한": Emotion.ANXIETY,
    "상처": Emotion.HURT,
    "질투하는": Emotion.HURT,
    "배신당한": Emotion.HURT,
    "고립된": Emotion.HURT,
    "충격받은": Emotion.HURT,
    "가난한·불우한": Emotion.HURT,
    "희생된": Emotion.HURT,
    "억울한": Emotion.HURT,
    "괴로워하는": Emotion.HURT,
    "버려진": Emotion.HURT,
    "당황": Emotion.EMBARRASSMENT,
    "고립된(당황)": Emotion.EMBARRASSMENT,
    "남의시선의식": Emotion.EMBARRASSMENT,
    "외로운": Emotion.EMBARRASSMENT,
    "열등감": Emotion.EMBARRASSMENT,
    "죄책감의": Emotion.EMBARRASSMENT,
    "부끄러운": Emotion.EMBARRASSMENT,
    "혐오스러운": Emotion.EMBARRASSMENT,
    "한심한": Emotion.EMBARRASSMENT,
    "혼란스러운(당황)": Emotion.EMBARRASSMENT,
    "기쁨": Emotion.JOY,
    "감사하는": Emotion.JOY,
    "신뢰하는": Emotion.CALM,
    "편안한": Emotion.CALM,
    "만족스러운": Emotion.JOY,
    "흥분": Emotion.JOY,
    "느긋": Emotion.CALM,
    "안도": Emotion.CALM,
    "신이난": Emotion.JOY,
    "자신하는": Emotion.JOY,
}

CODES: Mapping[str, Emotion] = {f"E{number}": emotion for number, emotion in enumerate(MINOR.values(), start=10)}

# AI Hub 한국어 감정 정보가 포함된 단발성 대화.
SINGLE_SENTENCE: Mapping[str, Emotion] = {
    "공포": Emotion.ANXIETY,
    "놀람": Emotion.EMBARRASSMENT,
    "분노": Emotion.ANGER,
    "슬픔": Emotion.SADNESS,
    "중립": Emotion.NEUTRAL,
    "행복": Emotion.JOY,
    "혐오": Emotion.ANGER,
}

# What a plain table of labels and sentences may say: our own labels, too, which agree where both have one.
PLAIN: Mapping[str, Emotion] = {str(emotion): emotion for emotion in Emotion} | SINGLE_SENTENCE

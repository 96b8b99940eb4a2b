"""chatbot/safety.py: words that call for help, and everyday words that do not."""

import unicodedata

import pytest

from chatbot.safety import calls_for_help

CALLS = """죽고 싶어
죽고싶다
그냥 죽고 싶다는 생각만 들어요
주거버리고 싶다 진짜 죽고시퍼
죽고파
차라리 죽는 게 나을 것 같아
나 그냥 죽을래
죽어버리고 싶어요
죽으면 다 끝날까
자살하고 싶어
자살 생각이 자꾸 나요
자해했어
또 자해를 하고 말았어요
살기 싫어
더는 살고 싶지 않아요
살아갈 이유가 없어요 살고 싶은 마음이 없어
살 이유가 없다
이제 그만 살고 싶어
세상에서 사라지고 싶어
없어져 버리고 싶다
내일 아침에 눈을 안 떴으면 좋겠어
이대로 영원히 잠들고 싶어
옥상에서 뛰어내리고 싶어
한강에 뛰어들고 싶어, 목숨을 끊고 싶다
손목을 그었어
목을 매고 싶어
유서를 썼어요
삶을 끝내고 싶어
생을 마감하려고 해요
극단적인 선택을 할 것 같아요
수면제를 한꺼번에 먹었어
태어나지 말았어야 했어
죽.고.싶.다
나는 살기 싫어요
그냥 사라지고 싶다
약을 통째로 삼켰어
자해 충동이 들어
I want to die
i wanna kill myself""".splitlines()

HARMLESS = """안녕
배고파 죽겠어
너무 웃겨서 죽는 줄 알았어
좋아 죽겠네
더워 죽겠다 진짜
피곤해 죽을 것 같아
너 죽을래? 라고 장난치던 친구가 보고 싶어
상사를 죽이고 싶을 만큼 화가 나
할아버지가 돌아가셨어
키우던 강아지가 죽었어
우리 팀이 자살골을 넣어서 졌어
너 진짜 죽고 싶냐?
죽고 싶지만 떡볶이는 먹고 싶어 읽었어
시험을 망쳐서 너무 슬퍼
살고 싶은 동네를 찾았어
여행 가서 살고 싶다
살쪄서 다이어트 하기 싫어
밥 먹기 싫어
한강에서 치맥하고 싶어
오늘 시험에 합격해서 정말 행복해
혼자 조용히 사는 게 좋아
이 노래 들으면 기분이 살아나
휴대폰 배터리가 죽었어
영화에서 주인공이 죽어서 울었어
약을 먹고 푹 잤어
잠을 못 자서 힘들어
혼자 살아서 외로워
남자 살 빼는 법 알려줘
친구가 같이 가자 해서 기분이 좋았어
나 혼자 해
혼자 해결하려니 막막해
전투신이 멋진 영화를 봤어
너무 창피해서 그 자리에서 사라지고 싶었어
쥐구멍이라도 있으면 사라지고 싶었어
할머니가 나 죽을까 봐 걱정하셔
약을 다 먹어서 병원에 또 가야 해
죽파는 집에서 저녁 먹었어
시끄러운 동네 살기 싫어서 이사했어""".splitlines()


@pytest.mark.parametrize("text", CALLS)
def test_a_call_for_help_is_heard(text):
    assert calls_for_help(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_everyday_words_are_no_call(text):
    assert not calls_for_help(text)


def test_a_call_is_heard_in_decomposed_hangul_and_through_invisible_characters():
    assert calls_for_help(unicodedata.normalize("NFD", "죽고 싶어"))
    assert calls_for_help("죽\u200b고\u200b싶\u200b어")

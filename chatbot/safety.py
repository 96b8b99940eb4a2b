"""Words that call for help: a person who may be thinking of ending their life gets help before any song.

A card too many does little harm and one too few may do a great deal, so the patterns are generous; what
Koreans say every day ("배고파 죽겠다", "혼자 살아", "자살골") stays out of them.
"""

import re

from classifiers.text import normalize_text

# Matched against the sentence without spaces and punctuation, in lower case. A group of words that may stand
# before another ("혼자 살아" -> 혼자살아) is kept out by looking behind.
_PATTERNS = (
    # wanting to die, in the spellings of chats
    r"(죽|주[ㄱ거]|뒤지|뒈지|디지)(고|구)(싶|시[퍼포프픔]|십[어다네은]|파)|죽싶",
    r"죽어?버리(고|는게|면|자|려)|죽어버릴(까(?!봐|바)|래|거|게|려)",
    r"(그냥|차라리|나|내가|확|콱)죽(을래|을까(?!봐|바)|을거|을게|자$|어야|으면|을$)",
    r"죽(는게|는편이|으면)(더)?(낫|나을|편|좋겠|다?끝)|죽을(방법|준비|결심)|죽는(방법|법)",
    r"(?<![혼남여감부환의과피])자살(?!골|률|율|예방)|극단적(인)?선택|(?<!전)투신",
    r"자해(를|하|했|할|한|해|충동|흉터|흔적|생각|시도)",
    # not wanting to live
    r"(^|더는|더이상|이제|정말|진짜|그냥|너무|세상|나|난|나는|저는)살기(가)?싫|그만살고싶|살고싶지(가)?않",
    r"살(고싶은마음|아갈자신|이유|아갈이유|아야할이유|의미)(이|가|도)?(없|모르)",
    r"(목숨|생명|생|삶|인생)(을|를)?(끊|끝내|마감|포기하고|하직)|세상을?(등지|하직|떠나고싶)",
    # wanting to be gone
    r"사라지(고싶|고시퍼|고파|면좋겠)|사라져버(리고싶|렸으면)|없어지고싶|없어져버(리고싶|렸으면)",
    r"(눈|잠)(을|에서|이)?(안|영영|영원히)(뜨|떴|깨|깼)(고싶|으면|었으면)|영원히잠들|태어나지(말|않)(았|아|았어|걸)",
    # how
    r"(옥상|다리|한강|창문|베란다|난간|아파트|건물)(에|에서|으로|위에서)?(확|그냥)?(떨어지고싶|몸을던)|뛰어내리(고싶|면|려|자)",
    r"(손목|팔목)(을|에)?(그[었어으을은]|긋|칼)|목을(확)?(매고싶|맬|매려)|목매(달|어죽|서죽)",
    r"(수면제|약)(을|를)?(한꺼번에|한움큼|한주먹|통째로)|수면제(를)?(다|많이)먹|유서(를|라도)?(쓰|썼|적|써)",
    r"suicid|kill(ing)?myself|wan(t|na)(to)?die|endmylife|selfharm",
)
_CALLS = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))
# What looks like a call and is none: a quarrel, a book's title, and sinking into the ground with embarrassment.
_HARMLESS = re.compile(
    r"죽고싶(냐|니)|죽고싶지만떡볶이|(자리에서|쥐구멍|창피|민망|쪽팔|부끄)[가-힣]{0,8}사라지고싶"
)
_NOT_LETTERS = re.compile(r"[\W_]+")


def calls_for_help(text: str) -> bool:
    """Whether a sentence speaks of suicide or self-harm."""
    letters = _NOT_LETTERS.sub("", normalize_text(text)).casefold()
    return _CALLS.search(_HARMLESS.sub("", letters)) is not None

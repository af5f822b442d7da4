"""Notes that customers and staff left: honest texts, some of which trip programs up."""

from __future__ import annotations

NOTES: tuple[str, ...] = (
    "Happy birthday, Mum! 🎂🎉 Please wrap it nicely 💛",
    "=1+1 on the label is fine, it is our internal joke",
    "Leave at the back door.\nRing twice; the dog is friendly.\n\nThank you!",
    'Says "handle with care", and means it, see e-mail',
    "[URGENT] call before delivery",
    "@home after 17:00",
    "-2 bags, see complaint no. 88",
    "Familie Çelik 👨‍👩‍👧‍👦, 3. Stock links",
    "ギフト包装をお願いします。",
    "لا تطرق الباب، الطفل نائم",
    "C:\\orders\\2026\\april; path from the till",
    "Customer says 100% <b>not</b> bold coffee & no sugar",
    "naïve café, crème brûlée, Zażółć gęślą jaźń",
    "Invoice to: O'Brien, Smith & Co., 12½ Mill Lane; attn. “Accounts”",
    "+44 number on file is wrong, use e-mail",
    "{customer} asked for $price to be hidden :coffee:",
)

FORMULA = "=1+1"
"""A note that is nothing but a formula: what an export must not hand to a spreadsheet as one."""


def note(times: int) -> str:
    """The note for the how-manieth time; every so often the bare formula."""
    texts = (*NOTES, FORMULA)
    return texts[times % len(texts)]

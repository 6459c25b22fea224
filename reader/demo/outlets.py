"""The sample outlets and what they publish: invented, in our own words.

Two of them report the same event, in two languages and with different figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

FeedKind = Literal["rss", "atom", "json"]


@dataclass(frozen=True, slots=True)
class Story:
    """An article of a sample outlet; `age` is how long ago it came out, `text` Markdown."""

    slug: str
    title: str
    author: str
    age: timedelta
    summary: str
    text: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """A sample outlet; `furniture` are the words around every page: menu, notice, footer."""

    name: str
    language: str
    kind: FeedKind
    furniture: tuple[str, ...]
    stories: tuple[Story, ...]


HERALD = Outlet(
    "The Harbour Herald",
    "en",
    "rss",
    ("Home", "Sign in", "We value your privacy and so do our 614 partners.", "Share this"),
    (
        Story(
            "lamp",
            "Lamp of the old lighthouse burns again after 43 years",
            "Ines Calder",
            timedelta(hours=3),
            "The Fresnel lamp on Gull Rock was lit on Friday evening in front of a crowd.",
            """The lamp of the lighthouse on Gull Rock was lit again on Friday evening, 43 years
after the last keeper turned it off. About 2,000 people watched from the mole, and the ferry
company sent its boats out with their own lights down.

> I had forgotten how slowly it turns. You count to twelve, and then it looks at you.

said Marta Solé, 81, the daughter of the last keeper, who was given the switch.

## Four winters of work

A group of eleven volunteers took the lens apart in 2022 and carried it down in 312 pieces. They
found three of the prisms in a school, one in a bar, and none of the original screws.

- The **lens** was ground again in a workshop for church windows.
- The **clockwork** was rebuilt from a drawing in the town archive.
- The **bulb** is new: it needs 60 watts where the old one burned 4 litres of oil a night.

The repair cost 480,000 crowns, a third of it paid in by readers of this newspaper.

## What happens next

The light has no duty at sea any more. It will burn on Fridays and in fog, and the coast guard has
entered it in its list under the heading *remarkable, not to be relied on*. Visits can be booked at
[the harbour office](https://example.org/harbour).
""",
        ),
        Story(
            "tides",
            "How to read a tide table in five minutes",
            "Owen Pryce",
            timedelta(days=1, hours=2),
            "Four numbers a day, and one rule for all that lies between.",
            """A tide table gives four numbers a day: two heights of high water and two of low. All
that lies between is found by a rule that every child of the coast learns before it learns to swim.

## The rule of twelfths

In the six hours between low and high water the sea rises by twelfths:

| hour | rises by | in all |
|-----:|---------:|-------:|
| 1 | 1/12 | 1/12 |
| 2 | 2/12 | 3/12 |
| 3 | 3/12 | 6/12 |
| 4 | 3/12 | 9/12 |
| 5 | 2/12 | 11/12 |
| 6 | 1/12 | 12/12 |

So the middle two hours bring half of the water. That is when people lose their shoes.

## In a program

```python
TWELFTHS = (1, 2, 3, 3, 2, 1)

def height(low: float, high: float, hour: int) -> float:
    return low + (high - low) * sum(TWELFTHS[:hour]) / 12
```

The rule is a rough one. It knows nothing of wind, of pressure, or of the shape of a bay, and it is
not meant for anyone who draws more than two metres.
""",
        ),
        Story(
            "bakery",
            "The last night bakery opens in the morning now",
            "Ines Calder",
            timedelta(days=2, hours=9),
            "Bread at four in the morning was a promise. It is now a memory.",
            """For sixty years one could buy bread on Rope Street at four in the morning: sailors
coming in, nurses going home, and people who could not sleep. Since Monday it opens at seven.

The baker, Jon Akker, is 68 and has nobody to take over the nights. *The dough does not mind the
hour*, he says. *I do.*

His customers have put a bench in front of the door. Some of them still come at four.
""",
        ),
    ),
)

FARO = Outlet(
    "El Faro del Valle",
    "es",
    "atom",
    ("Inicio", "Iniciar sesión", "Este sitio utiliza cookies de 210 socios.", "Compartir"),
    (
        Story(
            "lampara",
            "El viejo faro de Gull Rock vuelve a encenderse",
            "Redacción",
            timedelta(hours=5),
            "Tras más de cuatro décadas, la lámpara volvió a girar el viernes.",
            """El viejo faro de Gull Rock volvió a encenderse el viernes por la noche, tras más de
cuatro décadas a oscuras. Unas 3.500 personas siguieron el acto desde el muelle, según el
ayuntamiento.

Marta Solé, hija del último farero, accionó el interruptor. Once voluntarios han trabajado durante
cuatro inviernos en la lente, que bajaron pieza a pieza por la escalera.

## El coste

La reparación ha costado 520.000 coronas, de las que el ayuntamiento ha pagado la mitad. El faro ya
no guía a ningún barco: se encenderá los viernes y los días de niebla.
""",
        ),
        Story(
            "abejas",
            "Las abejas del tejado de la biblioteca dan su primera miel",
            "Lucía Prat",
            timedelta(days=1, hours=7),
            "Dos colmenas, catorce frascos y una lista de espera.",
            """Las dos colmenas que la biblioteca instaló en su tejado han dado catorce frascos de
miel. No están en venta: se prestan, como los libros, durante tres semanas.

- Quien devuelve el frasco vacío recibe otro lleno, si lo hay.
- Quien lo devuelve lleno recibe las gracias.

La lista de espera tiene ya 260 nombres.
""",
        ),
    ),
)

RIVER = Outlet(
    "河岸日报",
    "zh",
    "json",
    ("首页", "登录", "本站使用 Cookie。", "分享"),
    (
        Story(
            "bridge",
            "老桥下的夜市搬回了河边",
            "周岚",
            timedelta(hours=9),
            "停了两年的夜市，上周六又回到老桥下面。",
            """停了两年的夜市，上周六又回到老桥下面。第一晚来了六十多个摊位，卖面的、修鞋的、写字的，
都按原来的位置坐下。

管理处这次画了白线，也装了新的路灯。卖馄饨的陈师傅说，灯太亮，汤看起来不香。

## 三条新规矩

1. 晚上十一点收摊。
2. 不许用喇叭。
3. 自己的垃圾自己带走。

桥上有人站着看，看了很久才下来吃面。
""",
        ),
        Story(
            "teahouse",
            "茶馆里的一张旧地图",
            "周岚",
            timedelta(days=3),
            "墙纸后面藏着一百二十年前的河道。",
            """茶馆重新粉刷的时候，工人在墙纸后面发现了一张地图，画的是一百二十年前的河道。
那时候河从茶馆门口流过，如今离门口有四百步。

老板决定不再贴墙纸。他给地图装了玻璃，又在旁边挂了一支铅笔，请客人写下自己家的位置。
""",
        ),
    ),
)

OUTLETS = (HERALD, FARO, RIVER)

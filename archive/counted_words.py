"""What news counts, in the words of several languages: data.

A concept is called by its first word. Words are flat (`archive.number_patterns.flat`); Latin ones
are whole words, Chinese ones stand anywhere.
"""

from __future__ import annotations

import re

from archive.word_lists import word_set


def _groups(text: str) -> tuple[tuple[str, ...], ...]:
    """The words of each item of a list."""
    return tuple(tuple(item.split()) for item in text.split("- ") if item.split())


OUTCOMES = _groups(
    """
    - dead died killed dying deaths death fatalities fatality toll killing kills kill muertos
      muertas muerto fallecidos fallecidas fallecieron murieron muertes mortales mataron tote
      toten todesopfer getotet gestorben starben mort morts mortes decedes tues deces погибли
      погибших погибло 死亡 遇难 死者 丧生 身亡 罹难
    - injured wounded hurt injuries injuring wounding heridos heridas herido lesionados
      lesionadas verletzte verletzten verletzt blesse blesses blessees
      ранены раненых пострадали 受伤 伤者 负伤
    - missing unaccounted desaparecidos desaparecidas vermisst vermisste vermissten disparus
      disparues пропали 失踪 失联
    - evacuated evacuees evacuating evacuate flee fled evacuados evacuadas desalojados
      desalojadas evakuiert evacues evacuees эвакуированы эвакуировано эвакуировали 撤离 疏散 转移
    - displaced homeless desplazados desplazadas obdachlos vertrieben deplaces 流离失所
    - arrested arrests detained detainees detenidos detenidas arrestados festgenommen
      festnahmen interpelles arretes 被捕 逮捕 拘留
    - rescued saved rescatados rescatadas gerettet sauves secourus 获救 救出
    - trapped atrapados atrapadas eingeschlossen 被困
    - infected cases infections casos contagios infectados falle 病例 确诊 感染
    - layoffs redundancies despidos despedidos despidio licenciements 裁员 被裁
    - hostages rehenes geiseln otages 人质
    """
)
"""What befell whom is counted: it says more than who they are."""

THINGS = _groups(
    """
    - people persons person residents inhabitants personas persona vecinos habitantes menschen
      personen einwohner bewohner anwohner personnes habitants riverains
      pessoas человек человека людей жителей 人 居民 民众 群众
    - employees workers staff staffers empleados trabajadores mitarbeiter beschaftigte
      beschaftigten mitarbeitern salaries employes 员工 雇员 工人
    - jobs posts empleos puestos stellen emplois 岗位 职位
    - soldiers troops soldados militares soldaten soldats 士兵 军人
    - volunteers voluntarios voluntarias freiwillige benevoles 志愿者
    - crowns coronas kronen kronor kroner couronnes 克朗
    - children ninos ninas menores kinder enfants 儿童 孩子
    - students alumnos estudiantes schuler 学生
    - passengers pasajeros passagiere passagers 乘客
    - homes houses viviendas casas hogares hauser hausern maisons домов дома 房屋 住宅 住房
    - buildings edificios gebaude batiments 建筑
    - customers clientes kunden clients 客户 顾客
    - users usuarios nutzer utilisateurs 用户
    - downloads downloaded descargas descargado descargada descargados heruntergeladen
      telechargements telecharge telechargee telecharges 下载
    - views viewed vistas visualizaciones reproducciones vues 浏览 观看 播放
    - likes 点赞
    - followers seguidores 粉丝
    - votes votos stimmen voix 选票 赞成票 反对票
    - seats escanos sitze sieges 席位
    - shares acciones aktien actions 股份
    - vehicles cars vehiculos coches autos fahrzeuge vehicules voitures 车辆 汽车
    - flights vuelos fluge vols 航班
    - magnitude magnitud 震级 级地震
    - companies firms empresas unternehmen entreprises companias 公司 企业
    - countries paises lander pays 国家
    - parameters parametros parameter parametres 参数
    - models modelos modelle modeles 模型
    """
)
"""What else is counted and has a name in several languages."""

CONCEPTS = {word: group[0] for group in (*OUTCOMES, *THINGS) for word in group}
CONCEPT_NAMES = frozenset(CONCEPTS.values())
OUTCOME_NAMES = frozenset(group[0] for group in OUTCOMES)
LOST_LIVES = re.compile(
    r"\b(?:ums leben|lost (?:their|his|her) li(?:fe|ves)|perd(?:ieron|io|ido) la vida"
    r"|perdu la vie|trouve la mort)\b"
)
"""How to die is said in words of which none says so alone."""
WHO = word_set("people employees jobs soldiers children students passengers")
"""Of these many different numbers may be told of one event."""
HAN_CONCEPTS = sorted((each for each in CONCEPTS if each >= "\u3400"), key=len, reverse=True)

STOPS = word_set(
    "a an the and or but of in on at to by for from with without as is are was were be been had"
    " has have who which that this these those their his her its they he she it we you than then"
    " when while after before since until into over under per plus not no also more most other"
    " others times veces last first next same whole years ago later earlier being during between"
    " among amid will would could can may might said says about there where if so el la los las"
    " un una unos unas y o u e pero de del en al a por para con sin que se su sus es son fue"
    " fueron era eran ha han habia habian como entre desde hasta sobre tras lo le les mas menos"
    " autres otros otras ihre ihren ihr seine seinen mussten muss konnten leur leurs ses"
    " der die das und oder von im mit auf fur bei nach aus zu zum zur ist sind wurden hat haben"
    " le et ou des du dans sur avec pour par est sont ont qui que di il lo gli da nel sono che o"
    " os as um uma dos das no na"
)
"""Words that count nothing, where a noun is looked for."""
LINKS = word_set(
    "with to at of by is was were are reached reach reaches exceeded exceed exceeds topped tops"
    " hit hits surpassed surpasses passed totalled totaled total totals stood stands rose rises"
    " fell climbed jumped grew counted counts now currently con a en de es fue supera superan"
    " supero superaron alcanza alcanzan alcanzo llego llega asciende ascienden ascendio suma"
    " suman sube subio eleva elevo hasta los las magnitude magnitud auf bei von stieg liegt uber"
    " atteint depasse"
)
"""Words after which a number belongs to the noun before them: `downloads reached 1 billion`."""

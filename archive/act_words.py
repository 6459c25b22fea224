"""What people do in the news, in English, Spanish and Chinese: patterns as data.

German and French ones are in `archive.act_more_words`.

Each act has verbs whose subject is the person, nouns that the person's name is joined to (`the
departure of X`, `X's departure`), and verbs whose object the person is. Case is ignored.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from archive.word_lists import word_set

Act = Literal["left", "joined", "appointed", "said"]


class ActWords(NamedTuple):
    """Alternatives of regular expressions; empty for none."""

    verbs: str = ""
    nouns: str = ""
    objects: str = ""
    gerunds: str = ""


ENGLISH: dict[Act, ActWords] = {
    "left": ActWords(
        verbs=r"resign(?:ed|s)|(?:steps|stepped|stepping) (?:down|aside|back)|quits?"
        r"|departed(?! from the (?:script|norm|usual))|departs|exit(?:s|ed)|parted ways"
        r"|(?:said|announced|confirmed|wrote|revealed)\b[^.;:]{0,50}? (?:he|she|they)"
        r" (?:is|are|was|were|has|had|would|will) (?:be )?(?:leaving|resigning|stepping down"
        r"|departing|quitting|resigned|left|quit|leave|resign|step down)\b"
        r"|left(?! (?:behind|open|more|the (?:\w+ )?(?:room|stage|meeting|scene|court|house"
        r"|pitch|field|game|match|hospital|airport|building|hotel|stadium|country|city|car)"
        r"|at least|about|over|nearly|up|dozens|hundreds|thousands|no|an?|him|them|her|two|\d+)\b)"
        r"|leaves (?:the|his|her|their|its|for)|is gone|(?:is|are) (?:leaving|departing|out)"
        r"|will (?:leave|resign|step down|retire|quit|depart)\b"
        r"|retired|retires|(?:was|were|been) (?:fired|dismissed|ousted|sacked|removed|forced out)"
        r"|(?:announc(?:ed|es)|submitted|tendered|confirmed) (?:his|her|their) (?:\w+ )?"
        r"(?:resignation|departure|retirement|exit)",
        nouns=r"resignation|departure|exit|ouster|dismissal|firing|retirement",
        gerunds=r"(?:leaving|departing)(?! for\b)|quitting|resigning|stepping down",
        objects=r"fired|sacked|ousted|dismissed",
    ),
    "joined": ActWords(
        verbs=r"(?:join(?:ed|s)|will join)(?! (?:forces|in|hands)\b)",
        gerunds=r"joining",
        objects=r"hired|hires|poached",
    ),
    "appointed": ActWords(
        verbs=r"(?:was|were|been|is|are) (?:appointed|named|elected|promoted|chosen|sworn in)"
        r"|(?:takes|took) over as|will (?:succeed|replace|take over)\b"
        r"|(?:becomes|became)(?! (?:aware|part|one|involved|known|clear|more|less)\b)",
        nouns=r"appointment|nomination|promotion",
        objects=r"(?:replaced|succeeded) by|appoint(?:ed|s)|appointments include|named|names"
        r"|nominat(?:ed|es)|promoted",
    ),
    "said": ActWords(
        verbs=r"said|says|told|announced(?! (?:his|her|their))|explained|warned|warns|stated"
        r"|wrote|suggested|promised|asserts|asserted|noted|argued|argues|confirmed|denied|insisted"
        r"|claimed|called|added",
        objects=r"according to",
    ),
}
SPANISH: dict[Act, ActWords] = {
    "left": ActWords(
        verbs=r"dimit(?:ió|e|ido|irá)|dejará (?:el|la|su)\b|(?<!su )renunci(?:ó|a|ado)"
        r"|(?:anunció|dijo|comunicó|confirmó)\b[^.;:]{0,50}? que (?:deja|abandona|dimite|renuncia"
        r"|dejará|abandonará|dimitirá|renunciará|se va|se marcha)\b"
        r"|(?:dejó|deja|dejado|abandonó|abandona)(?= [A-ZÁÉÍÓÚ])"
        r"|(?:dejó|deja|dejado) (?:el|la|su|sus|al)\b|abandon(?:ó|a|ado) (?:el|la|su|sus)\b"
        r"|se (?:marchan?|marchó|va|van|fue|jubiló|retiró|retira)\b"
        r"|(?:anunció|anuncia|presentó|presenta|comunicó) su"
        r" (?:dimisión|renuncia|salida|marcha|retirada)"
        r"|(?:fue|ha sido) (?:destituid|despedid|cesad|apartad)[oa]",
        nouns=r"dimisión|renuncia|salida|marcha|destitución|cese|despido|partida",
        objects=r"destituyó a|despidió a|cesó a|cesa a|destituye a",
    ),
    "joined": ActWords(
        verbs=r"se (?:unió|une|incorporó|incorpora|sumó|suma)|(?:fichó|ficha) por",
        objects=r"fichó a|ficha a|contrató a",
    ),
    "appointed": ActWords(
        verbs=r"(?:fue|ha sido|será) (?:nombrad|designad|elegid|ascendid)[oa]|asum(?:ió|e|irá)",
        nouns=r"nombramiento|designación|elección",
        objects=r"(?:sucedid|reemplazad|sustituid)[oa] por"
        r"|(?:nombró|nombra|designó|designa|eligió) a",
    ),
    "said": ActWords(
        verbs=r"dijo|dice|afirm(?:ó|a)|declar(?:ó|a)|asegur(?:ó|a)|explic(?:ó|a)|señal(?:ó|a)"
        r"|advirtió|advierte|indicó|anunció(?! su)|prometió|reconoció|sostuvo|criticó",
        objects=r"según",
    ),
}
CHINESE: dict[Act, str] = {
    "left": r"(?:正式|突然)?(?:宣布|确认|官宣|提出|已|也|将|被|相继|均|双双){0,3}(?:从.{1,12})?"
    r"(?:辞职|离职|离开(?!学校|家|现场|医院|酒店|机场|座位|房间)|卸任|辞去|退休|下台|出走|请辞|辞任|离任|被免职|被解雇|被撤职)",
    "joined": r"(?:离开[^，。；]{1,10}?)?(?:正式|已|将|随后|宣布|后)?(?:加入|加盟|入职|跳槽)",
    "appointed": r"(?:已|将|正式)?(?:被任命|获任命|被提名|当选|出任|接任|升任|担任|接替|就任)",
    "said": r"(?:对.{1,12})?"
    r"(?:表示|指出|介绍(?!信)|称(?![赞为职号呼])|说|认为|透露|强调|警告|承诺|回应|写道|宣布(?!辞|离|卸|退))",
}
CHINESE_NOUNS: dict[Act, str] = {"left": "离职|辞职|离开|出走|卸任|辞任", "appointed": "任命"}

BETWEEN = (
    "also has have had is was just then now already later himself herself who that will would again"
    " both all"
    " ha han había también hoy ayer finalmente oficialmente ya quien que se lo le"
    " auch bereits jetzt nun dann gestern heute später zuvor selbst überraschend aussi déjà ensuite"
    " hier lui-même elle-même qui y en finalement"
)
"""Words that may stand between a person and the verb; and whatever ends in -ly, -mente or -ment."""
TOGETHER = (
    r"along with|alongside|together with|as well as|followed by|joined by|(?:as|and so)"
    r" (?:did|have|has|had|were|was)"
    r"|junto a|junto con|así como|además de|seguid[oa] (?:de|por)"
    r"|zusammen mit|gemeinsam mit|ebenso wie|gefolgt von|ainsi que|aux côtés de|en même temps que"
)
"""After the verb: those who follow did the same."""
TITLES = word_set(
    "tem special agent defense deputy foreign interior treasury press campaign leader speaker rep"
    " sen gov gen lt col sgt capt atty sheriff mr mrs ms dr sir lord lady dame president vice"
    " prime minister premier chancellor governor mayor senator congressman congresswoman"
    " representative secretary ambassador judge justice attorney general captain colonel major"
    " lieutenant sergeant admiral commander officer chief ceo cto cfo coo chairman chairwoman"
    " chair director head manager coach engineer professor doctor pope bishop cardinal king"
    " queen prince princess spokesman spokeswoman spokesperson contributor analyst reporter"
    " journalist author former ex technical lead intern co-founder founder billionaire actor"
    " actress singer investigator witness resident presidente presidenta ministro ministra"
    " gobernador gobernadora alcalde alcaldesa senador senadora diputado diputada juez jueza"
    " fiscal portavoz director directora ingeniero ingeniera don dona senor senora rey reina"
    " papa herr herrn frau mme mlle monsieur madame maitre pere soeur"
)
"""Words with a capital before a name."""
NOT_NAMES = word_set(
    "the a an in on at after before when while as but and or if since for from with by of to"
    " this that these those despite following however meanwhile although because once during"
    " under over less more most many some all both each just not no yes then there here it he"
    " she they we you i his her their its our what who why how where which according only even"
    " also three two four five six monday tuesday wednesday thursday friday saturday sunday"
    " january february march april june july august september october november december el la"
    " los las un una en de del y o pero tras antes despues cuando mientras segun aunque como por"
    " para con sin desde durante este esta lunes martes miercoles jueves viernes sabado domingo"
    " der die das dem den des ein eine einer im am bei beim nach vor mit ohne wahrend obwohl wenn"
    " weil zwar auch noch doch aber und oder wie fur seit zum zur vom von auf aus uber unter ihr"
    " ihre sein seine sie er wir ich es dabei dazu damit dort hier jetzt nun laut montag dienstag"
    " mittwoch donnerstag freitag samstag sonntag le les une du au aux dans sur sous avec sans pour"
    " par mais ou donc quand lorsque apres avant selon depuis pendant ce cette ces il elle"
    " ils elles lundi mardi mercredi jeudi vendredi samedi dimanche"
)
"""Words that begin a sentence with a capital and are no part of a name."""
ORGANISATIONS = word_set(
    "republican democratic congress senate parliament"
    " new san group lab labs bank security supreme house university ministry team committee"
    " festival meeting line inc corp corporation company ltd llc party council court police"
    " institute academy cloud news times post agency association union league club school"
    " college hospital department office house street road city state states united kingdom"
    " chiefs republic county province river lake mountain sea ocean island valley park bridge dam"
    " airport station center centre forum project foundation fund network press media studio"
    " studios games works division unit code force forces army navy war act law award prize cup"
    " olympics conference summit board commission authority federation technologies technology"
    " systems software ai app model series world north south east west northern southern eastern"
    " western central national international global american chinese european british day week"
    " year exchange market street wall capital holdings partners ventures industries motors"
    " energy oil gas banco ministerio universidad partido comision consejo tribunal policia"
    " instituto agencia asociacion liga club escuela hospital departamento gobierno ayuntamiento"
    " calle ciudad estado estados unidos reino republica provincia rio lago mar isla valle"
    " parque puente presa aeropuerto estacion centro foro proyecto fundacion fondo grupo equipo"
    " proteccion civil guardia bomberos ejercito fiscalia junta generalitat"
    " congreso senado guerra ley premio copa nacional internacional norte sur este oeste"
    " partei bundestag bundesrat bundesliga gericht universitat hochschule stadt land republik"
    " verband verein behorde polizei feuerwehr zeitung verlag werke werk gmbh kg ev stiftung krieg"
    " gesetz deutsche deutscher deutschen deutsches europaische bahn telekom post strasse platz"
    " ministerium parlament assemblee banque ministere universite parti commission conseil cour"
    " tribunal institut agence ecole hopital ville etat union societe republique region lac mer ile"
    " pont aeroport gare fondation fonds groupe equipe loi prix coupe europeenne francaise rue"
    " olympique paris berlin londres madrid"
)
"""A name with one of these is none of a person."""
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝"
    "龚邵万钱严覃武戴莫孔向汤惠庞蔺俞章鲁葛翁樊聂焦庄柳殷"
)
"""The most common Chinese surnames."""
HAN_NOT_NAMES = word_set(
    "高管 方面 公司 任何 马上 向来 方案 白宫 金融 石油 江苏 龙头 史上 万一 严重"
    " 武器 莫非 夏季 高层 高级 高校 周一 周二 周三 周四 周五 周六 周日 周末 何时"
    " 高盛 万科 万达 金山 方正"
    " 何人 于是 叶子 方式 金额 林业 程序 钱包 毛利 范围 任务 段时间 黄金 江南"
)
"""Common words that begin with a surname."""

"""Names, addresses and phone numbers by locale, names in other scripts with their Latin spelling."""

from __future__ import annotations

from typing import NamedTuple


class Locale(NamedTuple):
    """Names and places of one culture.

    ``given`` and ``family`` are separated by spaces; a name in another script carries its Latin spelling
    after ``=``, for e-mail addresses. ``full`` and ``street`` are formats. In ``postal`` and ``phone`` each
    ``#`` stands for a digit. ``phone`` is a range that the country's regulator keeps for fiction; where
    there is none it is empty, and customers have no number. ``weight`` is how many customers there are.
    """

    country: str
    language: str
    weight: int
    given: str
    family: str
    cities: tuple[tuple[str, str | None, str], ...]
    streets: tuple[str, ...]
    full: str = "{given} {family}"
    street: str = "{street} {number}"
    phone: str = ""


LATIN: tuple[Locale, ...] = (
    Locale(
        "GB",
        "en",
        16,
        "Olivia George Amelia Harry Isla Oscar Grace Alfie Freya Arthur Priya Imran",
        "Smith Patel Hughes Bennett Campbell Fletcher Okafor Whitfield Ahmed Thornton Marsh Pryce",
        (("London", None, "E# #QA"), ("Leeds", None, "LS# #DT"), ("Bristol", None, "BS# #AB")),
        ("Mill Lane", "Station Road", "Albert Terrace", "Orchard Close", "Foundry Street"),
        street="{number} {street}",
        phone="+44 7700 900###",
    ),
    Locale(
        "US",
        "en",
        12,
        "Emma Liam Ava Noah Harper Mason Zoe Elijah Naomi Tyrone Guadalupe Wyatt",
        "Johnson Garcia Miller Washington Nguyen Rodriguez Baker Cohen Kowalski Brooks Begay",
        (("Portland", "OR", "9720#"), ("Austin", "TX", "7870#"), ("Brooklyn", "NY", "1121#")),
        ("Maple Avenue", "Juniper Street", "2nd Avenue", "Lakeview Drive", "Cedar Court"),
        street="{number} {street}",
        phone="+1 212 555 01##",
    ),
    Locale(
        "IE",
        "en",
        4,
        "Aoife Cian Niamh Eoin Saoirse Fionn Caoimhe Oisín",
        "Byrne O'Sullivan Kelleher Ní_Dhomhnaill Doyle O'Neill Breathnach",
        (("Dublin", None, "D0# X#Y#"), ("Galway", None, "H91 E#K#")),
        ("Harbour Row", "Bridge Street", "Sráid Eoin"),
        street="{number} {street}",
        phone="+353 20 91# ####",
    ),
    Locale(
        "AU",
        "en",
        4,
        "Matilda Jack Ruby Lachlan Chloe Angus",
        "Walker Nguyen Mitchell Papadopoulos Tran McKenzie",
        (("Sydney", "NSW", "20##"), ("Newcastle", "NSW", "23##")),
        ("Wattle Street", "Bay Parade", "Kurrajong Road"),
        street="{number} {street}",
        phone="+61 2 5550 ####",
    ),
    Locale(
        "PL",
        "pl",
        14,
        "Zofia Jan Małgorzata Piotr Świętosława Łukasz Agnieszka Michał Grażyna Bożena Wojciech Żaneta",
        "Nowak Wójcik Kaczmarek Zając Wróbel Stępień Mazur Król Pawlak Dąbek Gołąb Źrebiec",
        (("Kraków", None, "31-###"), ("Łódź", None, "90-###"), ("Gdańsk", None, "80-###")),
        ("ul. Długa", "ul. Świętego Jana", "ul. Źródlana", "al. Róż", "ul. Żurawia"),
    ),
    Locale(
        "DE",
        "de",
        9,
        "Mia Jürgen Hannah Björn Käthe Felix Jördis Lukas Änne Emre",
        "Müller Schröder Weiß Yıldız Groß Bäcker Vogel Köhler Jäger Özdemir",
        (("Berlin", None, "10###"), ("Köln", None, "50###"), ("München", None, "80###")),
        ("Lindenstraße", "Am Mühlbach", "Goethestraße", "Königsallee"),
        phone="+49 30 23125 ###",
    ),
    Locale(
        "FR",
        "fr",
        7,
        "Chloé Hugo Zoë Léo Inès Gaël Françoise Loïc Amélie Anaïs",
        "Lefèvre Moreau Hervé Benoît Çelik Garnier Dupré Le_Goff D'Aubigné",
        (("Lyon", None, "690##"), ("Nantes", None, "440##"), ("Besançon", None, "250##")),
        ("rue de l'Église", "quai des Brumes", "allée des Tilleuls"),
        street="{number} {street}",
        phone="+33 6 39 98 ## ##",
    ),
    Locale(
        "SE",
        "sv",
        4,
        "Astrid Åke Elsa Örjan Maja Göran",
        "Åkesson Lindqvist Öberg Sjöström Björk",
        (("Stockholm", None, "11# ##"), ("Göteborg", None, "41# ##")),
        ("Storgatan", "Ängsvägen", "Björkstigen"),
        phone="+46 8 465 004 ##",
    ),
    Locale(
        "ES",
        "es",
        5,
        "Lucía Íñigo Begoña Álvaro Núria Joaquín",
        "Muñoz Ibáñez García_Lorca Peñalver Núñez Güell",
        (("A Coruña", "Galicia", "150##"), ("Málaga", "Andalucía", "290##")),
        ("calle Mayor", "paseo del Río", "plaza de España"),
    ),
    Locale(
        "BR",
        "pt",
        5,
        "João Conceição Inácio Thaís Luís Antônia",
        "Gonçalves Araújo Assunção Magalhães de_Souza",
        (("São Paulo", "SP", "01###-###"), ("Florianópolis", "SC", "880##-###")),
        ("Rua das Acácias", "Travessa do Café", "Avenida São João"),
        street="{street}, {number}",
    ),
    Locale(
        "TR",
        "tr",
        4,
        "Ayşe Çağrı İpek Oğuz Şebnem Umut",
        "Yılmaz Şahin Çelik Öztürk Güneş",
        (("İzmir", None, "35###"), ("Eskişehir", None, "26###")),
        ("Çınar Sokak", "Gül Caddesi"),
        street="{street} No: {number}",
    ),
    Locale(
        "VN",
        "vi",
        3,
        "Thị_Hoa Văn_Đức Ngọc_Ánh Quốc_Bảo Thùy_Dương",
        "Nguyễn Trần Đặng Phạm Vũ",
        (("Hà Nội", None, "100###"), ("Đà Nẵng", None, "550###")),
        ("Phố Huế", "Đường Lê Lợi"),
        full="{family} {given}",
        street="{number} {street}",
    ),
    Locale(
        "NG",
        "en",
        3,
        "Adébáyọ̀ Chidinma Títílayọ̀ Emeka Yétúndé Ngozi",
        "Adéyẹmí Okonkwo Ọlátúnjí Eze Balógun",
        (("Lagos", "Lagos", "10####"), ("Ìbàdàn", "Ọ̀yọ́", "20####")),
        ("Allen Avenue", "Bódìjà Road"),
        street="{number} {street}",
    ),
)


OTHER: tuple[Locale, ...] = (
    Locale(
        "JP",
        "ja",
        8,
        "陽菜=haruna 蓮=ren 結衣=yui 大翔=hiroto さくら=sakura 健太郎=kentaro 美咲=misaki 翔=sho",
        "佐藤=sato 鈴木=suzuki 高橋=takahashi 渡辺=watanabe 小林=kobayashi 齋藤=saito",
        (("京都市", "京都府", "60#-####"), ("札幌市", "北海道", "06#-####")),
        ("中央通り", "桜町", "本町"),
        full="{family} {given}",
    ),
    Locale(
        "KR",
        "ko",
        5,
        "민준=minjun 서연=seoyeon 지우=jiwoo 하은=haeun 도윤=doyun 수아=sua",
        "김=kim 이=lee 박=park 최=choi 정=jung 남궁=namgung",
        (("서울특별시", None, "04###"), ("부산광역시", None, "48###")),
        ("세종대로", "해운대로", "율곡로"),
        full="{family}{given}",
    ),
    Locale(
        "CN",
        "zh",
        4,
        "芳=fang 伟=wei 静怡=jingyi 子涵=zihan 建国=jianguo",
        "王=wang 李=li 欧阳=ouyang 陈=chen 刘=liu",
        (("成都市", "四川省", "6100##"), ("杭州市", "浙江省", "3100##")),
        ("人民南路", "文三路"),
        full="{family}{given}",
        street="{street}{number}号",
    ),
    Locale(
        "JO",
        "ar",
        5,
        "ليلى=layla عمر=omar نور=nour فاطمة=fatima يوسف=yousef زينب=zainab",
        "حداد=haddad خليل=khalil منصور=mansour النجار=alnajjar شاهين=shaheen",
        (("عمّان", None, "11###"), ("إربد", None, "21###")),
        ("شارع الرينبو", "شارع الجامعة"),
    ),
    Locale(
        "IL",
        "he",
        2,
        "נועה=noa איתי=itay תמר=tamar יונתן=yonatan",
        "כהן=cohen לוי=levi מזרחי=mizrahi פרץ=peretz",
        (("חיפה", None, "310####"), ("באר שבע", None, "841####")),
        ("שדרות הנשיא", "רחוב הגפן"),
    ),
    Locale(
        "GR",
        "el",
        5,
        "Μαρία=maria Γιώργος=giorgos Ελένη=eleni Νίκος=nikos Κατερίνα=katerina Δημήτρης=dimitris",
        "Γεωργίου=georgiou Νικολάου=nikolaou Ιωάννου=ioannou Βασιλείου=vasileiou Οικονόμου=oikonomou",
        (("Θεσσαλονίκη", None, "546 ##"), ("Χανιά", "Κρήτη", "731 ##")),
        ("Οδός Ερμού", "Λεωφόρος Νίκης"),
    ),
    Locale(
        "UA",
        "uk",
        5,
        "Олена=olena Андрій=andrii Оксана=oksana Тарас=taras Соломія=solomiia Юрій=yurii",
        "Шевченко=shevchenko Коваленко=kovalenko Мельник=melnyk Ткачук=tkachuk Біленко=bilenko",
        (("Львів", None, "790##"), ("Одеса", None, "650##")),
        ("вул. Зелена", "вул. Личаківська", "просп. Свободи"),
        street="{street}, {number}",
    ),
    Locale(
        "RS",
        "sr",
        2,
        "Милица=milica Никола=nikola Јована=jovana Ђорђе=djordje",
        "Јовановић=jovanovic Петровић=petrovic Ђурић=djuric Николић=nikolic",
        (("Београд", None, "110##"), ("Нови Сад", None, "210##")),
        ("Кнез Михаилова", "Цара Душана"),
    ),
    Locale(
        "IN",
        "hi",
        6,
        "अनन्या=ananya आरव=aarav प्रिया=priya विक्रम=vikram दीपिका=deepika श्रेया=shreya",
        "शर्मा=sharma वर्मा=verma त्रिपाठी=tripathi मिश्रा=mishra चौधरी=chaudhary",
        (("वाराणसी", "उत्तर प्रदेश", "2210##"), ("जयपुर", "राजस्थान", "3020##")),
        ("गांधी मार्ग", "स्टेशन रोड"),
        street="{number}, {street}",
    ),
    Locale(
        "TH",
        "th",
        4,
        "สมชาย=somchai มาลี=malee กิตติ=kitti พิมพ์ชนก=pimchanok ณัฐ=nat",
        "ใจดี=jaidee ศรีสุข=srisuk วงศ์ทอง=wongthong แก้วมณี=kaewmanee",
        (("เชียงใหม่", None, "502##"), ("กรุงเทพมหานคร", None, "101##")),
        ("ถนนนิมมานเหมินท์", "ถนนสุขุมวิท"),
        street="{number} {street}",
    ),
)

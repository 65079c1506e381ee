// What small records look like, in our own words: a record's header, a report, a page. Only how often letters, repetitions and their
// distances come matters; member.cc makes its tables of it. Nothing of it is ever written.
#pragma once

#include <string_view>

namespace litopys {

inline constexpr std::string_view kLatinSpecimen = R"specimen(WARC/1.1
WARC-Type: resource
WARC-Record-ID: <urn:uuid:3f1c9a52-7be0-4d86-a13f-58c2d9047eb6>
WARC-Date: 2026-11-25T13:43:22.123Z
WARC-Target-URI: file:///reports/2026/en-17.txt
Content-Type: text/plain
WARC-Block-Digest: sha256:9b1f36e0d27ac84517f0be932d6c58a4e3719fd20b5a68c7d14e0f9376b2a85c
WARC-Payload-Digest: sha256:9b1f36e0d27ac84517f0be932d6c58a4e3719fd20b5a68c7d14e0f9376b2a85c
Litopys-Item: {"id":"en-17.txt","path":"reports/2026/en-17.txt","taken":"2026-11-25T13:43:22.123Z","sha256":"9b1f36e0d27ac84517f0be932d6c58a4e3719fd20b5a68c7d14e0f9376b2a85c","size":3071,"reading":{"reader":"light 5d20c7e1","sha256":"c47d05b8f1e92a6330d9b87e514fa2c60e8d7193b5f42a0c68e1d37f92b04a5d"}}
Litopys-Salt: 60e2b7d4915fc83a2d7e04f9b1683ca5d87f219e4b30c65a71d8fe02936bc4a7
Content-Length: 3071

The people who stayed in the town after the first winter say that the office on the main street opens at eight and that the queue forms long before that. Those who come without the new document are told that they cannot see a doctor, keep the lease on their house or send their children to school next year. According to the regional administration, 41,250 residents had received passports by 14 March 2024, which is more than half of those who were counted the year before; the ministry gives another number and does not explain how it was found.

"They asked me twice whether I had applied, and the third time they took my old papers," a woman of 63 told us by telephone. Her neighbours, she said, were given thirty days. Lawyers who follow these cases point out that international law forbids an occupying power to force its citizenship on anybody, and that each refusal of medicine, pensions or work should be written down with the day, the place and the name of whoever refused. Between January and June there were at least 1,870 such reports from this region alone; about 320 of them could be confirmed by a second source.
WARC/1.1
WARC-Type: resource
WARC-Record-ID: <urn:uuid:3f1c9a52-7be0-4d86-a13f-58c2d9047eb6>
WARC-Date: 2026-11-25T13:43:22.123Z
WARC-Target-URI: file:///reports/2026/en-18.html
Content-Type: text/html
WARC-Block-Digest: sha256:9b1f36e0d27ac84517f0be932d6c58a4e3719fd20b5a68c7d14e0f9376b2a85c
WARC-Payload-Digest: sha256:9b1f36e0d27ac84517f0be932d6c58a4e3719fd20b5a68c7d14e0f9376b2a85c
Litopys-Item: {"id":"en-18.html","path":"reports/2026/en-18.html","taken":"2026-11-25T13:43:22.123Z","sha256":"9b1f36e0d27ac84517f0be932d6c58a4e3719fd20b5a68c7d14e0f9376b2a85c","size":3071,"reading":{"reader":"light 5d20c7e1","sha256":"c47d05b8f1e92a6330d9b87e514fa2c60e8d7193b5f42a0c68e1d37f92b04a5d"}}
Litopys-Salt: 60e2b7d4915fc83a2d7e04f9b1683ca5d87f219e4b30c65a71d8fe02936bc4a7
Content-Length: 3071

<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Residents report pressure at the passport office</title>
<link rel="stylesheet" href="/assets/css/style.min.css?v=12"><script src="https://www.example.org/js/main.js" async></script></head>
<body class="page post"><div class="container"><ul class="menu"><li><a href="/news/">News</a></li><li><a href="/about/" title="About us">About</a></li></ul>
<div class="content"><h1>Residents report pressure</h1><span class="date">14.03.2024</span><p>Since the decree came into force, the number of applications has risen.</p>
<p><a href="https://www.example.org/news/2024/03/15/office/" target="_blank"><img src="/images/2024/03/office-640x360.jpg" alt="" width="640" height="360"></a></p></div></div></body></html>
)specimen";

inline constexpr std::string_view kCyrillicSpecimen = R"specimen(WARC/1.1
WARC-Type: resource
WARC-Record-ID: <urn:uuid:3f1c9a52-7be0-4d86-a13f-58c2d9047eb6>
WARC-Date: 2026-11-25T13:43:22.123Z
WARC-Target-URI: file:///reports/2026/uk-17.txt
Content-Type: text/plain
WARC-Block-Digest: sha256:9b1f36e0d27ac84517f0be932d6c58a4e3719fd20b5a68c7d14e0f9376b2a85c
WARC-Payload-Digest: sha256:9b1f36e0d27ac84517f0be932d6c58a4e3719fd20b5a68c7d14e0f9376b2a85c
Litopys-Item: {"id":"uk-17.txt","path":"reports/2026/uk-17.txt","taken":"2026-11-25T13:43:22.123Z","sha256":"9b1f36e0d27ac84517f0be932d6c58a4e3719fd20b5a68c7d14e0f9376b2a85c","size":3071,"reading":{"reader":"light 5d20c7e1","sha256":"c47d05b8f1e92a6330d9b87e514fa2c60e8d7193b5f42a0c68e1d37f92b04a5d"}}
Litopys-Salt: 60e2b7d4915fc83a2d7e04f9b1683ca5d87f219e4b30c65a71d8fe02936bc4a7
Content-Length: 3071

Люди, які залишилися в місті після першої зими, кажуть, що відділ на головній вулиці відчиняється о восьмій, а черга збирається задовго до того. Тим, хто приходить без нового документа, відповідають, що їх не прийме лікар, що вони не зможуть оформити житло і що дітей наступного року не візьмуть до школи. За даними обласної адміністрації, станом на 14 березня 2024 року паспорти отримали 41 250 мешканців, тобто більше половини тих, кого порахували торік; у міністерстві називають інше число і не пояснюють, звідки воно.

«Мене двічі питали, чи я подала заяву, а втретє забрали старі папери», — розповіла телефоном жінка 63 років. Її сусідам дали тридцять днів. Правозахисники нагадують: міжнародне право забороняє окупаційній владі нав'язувати своє громадянство, і кожну відмову в ліках, пенсії чи роботі слід записувати з днем, місцем та ім'ям того, хто відмовив.
WARC/1.1
WARC-Type: resource
WARC-Record-ID: <urn:uuid:3f1c9a52-7be0-4d86-a13f-58c2d9047eb6>
WARC-Date: 2026-11-25T13:43:22.123Z
WARC-Target-URI: file:///reports/2026/ru-18.txt
Content-Type: text/plain
WARC-Block-Digest: sha256:9b1f36e0d27ac84517f0be932d6c58a4e3719fd20b5a68c7d14e0f9376b2a85c
WARC-Payload-Digest: sha256:9b1f36e0d27ac84517f0be932d6c58a4e3719fd20b5a68c7d14e0f9376b2a85c
Litopys-Item: {"id":"ru-18.txt","path":"reports/2026/ru-18.txt","taken":"2026-11-25T13:43:22.123Z","sha256":"9b1f36e0d27ac84517f0be932d6c58a4e3719fd20b5a68c7d14e0f9376b2a85c","size":3071,"reading":{"reader":"light 5d20c7e1","sha256":"c47d05b8f1e92a6330d9b87e514fa2c60e8d7193b5f42a0c68e1d37f92b04a5d"}}
Litopys-Salt: 60e2b7d4915fc83a2d7e04f9b1683ca5d87f219e4b30c65a71d8fe02936bc4a7
Content-Length: 3071

Жители, которые остались в городе после первой зимы, говорят, что отделение на главной улице открывается в восемь, а очередь собирается ещё затемно. Тем, кто приходит без нового документа, отвечают, что врач их не примет, что договор на дом не продлят и что детей на будущий год не возьмут в школу. По сведениям областной администрации, к 14 марта 2024 года паспорта получили 41 250 человек, то есть больше половины тех, кого насчитали годом раньше; в министерстве называют другое число и не объясняют, откуда оно взялось.

«Меня два раза спросили, подала ли я заявление, а на третий забрали старые бумаги», — рассказала по телефону женщина 63 лет. Её соседям дали тридцать дней. Юристы напоминают, что международное право запрещает оккупирующей державе навязывать своё гражданство и что каждый отказ в лекарствах, пенсии или работе нужно записать: день, место и имя того, кто отказал.
<div class="content"><h1>Новини</h1><p><a href="https://www.example.org/news/2024/03/15/">Подробнее</a></p></div>
)specimen";

}  // namespace litopys

"""What counts as a mention, in the voices of people who write comments: tables with near-misses.

Every row: the list, the comment's entry, the text, and every mention that must come out, in order.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import spacy
from spacy.language import Language

from commentlens.shipped import shipped

Row = tuple[str | None, str | None, str, list[tuple[str, str, str]]]

LISTS: dict[str, tuple[str, str, list[str]]] = {
    "cities": (
        "Best Cities in the World",
        "city",
        [
            "Paris",
            "Nice",
            "Berlin",
            "Reading",
            "Lisbon",
            "Singapore",
            "Toronto",
            "Boston",
            "San Jose",
            "New York",
            "Hong Kong",
            "Bath",
        ],
    ),
    "companies": (
        "Worst Phone Companies",
        "company",
        ["Apple", "Samsung", "Orange", "Sprint", "Nokia", "T-Mobile", "Shell"],
    ),
    "games": (
        "Hardest Video Games",
        "other",
        [
            "Dark Souls II",
            "Ninja Gaiden",
            "Grand Theft Auto V",
            "The Legend of Zelda: Majora's Mask",
            "Cuphead",
            "It Takes Two",
        ],
    ),
    "foods": ("Tastiest Street Foods", "other", ["Pizza", "Hot Dog", "Banh Mi", "Falafel", "Pad Thai"]),
    "countries": (
        "Most Beautiful Countries",
        "country",
        ["Italy", "New Zealand", "Turkey", "Georgia", "Chile", "South Africa"],
    ),
    "livable": (
        "Top 10 Most Livable Cities",
        "city",
        ["Vienna", "Melbourne", "Vancouver", "Osaka", "Calgary", "Sydney", "Helsinki", "Perth", "Victoria", "Phoenix"],
    ),
    "sports cars": (
        "Best Sports Cars",
        "other",
        ["Porsche 911", "Ford Mustang", "Chevrolet Corvette", "Nissan GT-R", "Mazda MX-5", "Toyota Supra"],
    ),
    "car brands": (
        "Best Car Brands",
        "company",
        ["Toyota", "Ford", "BMW", "Honda", "Mini", "Jaguar", "Seat", "Tesla", "Dodge", "Kia"],
    ),
    "rpgs": (
        "Best RPGs",
        "other",
        [
            "Final Fantasy VII",
            "The Witcher 3: Wild Hunt",
            "Mass Effect 2",
            "Persona 5",
            "Chrono Trigger",
            "Fallout",
            "Undertale",
            "Skyrim",
            "Baldur's Gate 3",
        ],
    ),
    "fast food": (
        "Best Fast Food Chains",
        "company",
        ["McDonald's", "Subway", "Wendy's", "Five Guys", "In-N-Out Burger", "Taco Bell", "KFC"],
    ),
}

ROWS: list[Row] = [
    ("cities", "Berlin", "What a nice place, nice people too.", []),
    ("cities", "Paris", "We took the train down to Nice and it rained.", [("Nice", "CITY", "Nice")]),
    ("cities", "Paris", "Nice one, but Lisbon is prettier", [("Lisbon", "CITY", "Lisbon")]),
    ("cities", "Nice", "Nice is the best city on the Riviera", [("Nice", "CITY", "Nice")]),
    ("cities", "Berlin", "I was reading about Bath last week", [("Bath", "CITY", "Bath")]),
    ("cities", "Berlin", "needed a bath after reading these comments", []),
    ("cities", None, "my mobile died and the orange bus split in two", []),
    (
        "cities",
        None,
        "Grew up in Mobile, Alabama. Humid.",
        [("Mobile", "CITY", "Mobile"), ("Alabama", "REGION", "Alabama")],
    ),
    (
        "cities",
        None,
        "We ferry-hopped from Split to Dubrovnik",
        [("Split", "CITY", "Split"), ("Dubrovnik", "CITY", "Dubrovnik")],
    ),
    ("cities", "Boston", "IT jobs pay well and IT is everywhere", []),
    ("cities", "Toronto", "Why is it above us? Most of us can't afford it.", []),
    ("cities", "Toronto", "The US has nothing like it", [("US", "COUNTRY", "United States")]),
    ("cities", None, "had turkey for dinner off a paper plate", []),
    (
        "cities",
        None,
        "Turkey and China are next on my list",
        [("Turkey", "COUNTRY", "Turkey"), ("China", "COUNTRY", "China")],
    ),
    ("cities", None, "Of all the places I go to in March, this is best. Man!", []),
    ("cities", "Toronto", "A hub for the young and the rich, bar none. Metro is clean", []),
    ("cities", "Berlin", "hope it moves up the list, best of luck from a fan", []),
    ("cities", "Paris", "Paris Hilton would love it here", []),
    ("cities", None, "Jack London wrote about wolves and Austin Powers was funny", []),
    ("cities", None, "My friend Florence says Florence is overrun", [("Florence", "CITY", "Florence")]),
    (
        None,
        None,
        "Delta cancelled my flight to Lima and United lost my bag in Quito",
        [
            ("Delta", "COMPANY", "Delta Air Lines"),
            ("Lima", "CITY", "Lima"),
            ("United", "COMPANY", "United Airlines"),
            ("Quito", "CITY", "Quito"),
        ],
    ),
    ("cities", None, "Whitney Houston or Denzel Washington?", []),
    ("cities", "Berlin", "David told me to skip it, and Linda too", []),
    ("cities", "Toronto", "The University of Toronto is top notch", []),
    ("cities", "Boston", "Boston Consulting Group hires like mad", [("Boston Consulting Group", "COMPANY", "BCG")]),
    ("cities", "Berlin", "Air Canada lost my bags", [("Air Canada", "COMPANY", "Air Canada")]),
    (
        "cities",
        "Paris",
        "Zurich Insurance moved, Zurich did not",
        [("Zurich Insurance", "COMPANY", "Zurich Insurance"), ("Zurich", "CITY", "Zurich")],
    ),
    ("cities", "Paris", "Manchester United lost again in Manchester", [("Manchester", "CITY", "Manchester")]),
    ("cities", "New York", "I read it in the New York Times", [("New York Times", "COMPANY", "New York Times")]),
    ("cities", "Lisbon", "Lisbon's metro beats Madrid's", [("Lisbon", "CITY", "Lisbon"), ("Madrid", "CITY", "Madrid")]),
    (
        "cities",
        "New York",
        "NYC > Boston. New York city never sleeps",
        [("NYC", "CITY", "New York"), ("Boston", "CITY", "Boston"), ("New York city", "CITY", "New York")],
    ),
    (
        "cities",
        None,
        "san-jose beats hongkong and SINGAPORE",
        [("san-jose", "CITY", "San Jose"), ("hongkong", "CITY", "Hong Kong"), ("SINGAPORE", "CITY", "Singapore")],
    ),
    (
        "cities",
        None,
        "Torronto is colder than Barcalona",
        [("Torronto", "CITY", "Toronto"), ("Barcalona", "CITY", "Barcelona")],
    ),
    (
        "cities",
        "Lisbon",
        "Lisbons trams are cute and portugals beaches too",
        [("Lisbon", "CITY", "Lisbon"), ("portugal", "COUNTRY", "Portugal")],
    ),
    (
        "cities",
        None,
        "I'd pick Buenos aires,Montevideo,or Santiago",
        [
            ("Buenos aires", "CITY", "Buenos Aires"),
            ("Montevideo", "CITY", "Montevideo"),
            ("Santiago", "CITY", "Santiago"),
        ],
    ),
    (
        "cities",
        None,
        "Paris/London/Rome all overrated.Berlin wins",
        [
            ("Paris", "CITY", "Paris"),
            ("London", "CITY", "London"),
            ("Rome", "CITY", "Rome"),
            ("Berlin", "CITY", "Berlin"),
        ],
    ),
    (
        "cities",
        None,
        "st petersburg and st. louis are both underrated",
        [("st petersburg", "CITY", "Saint Petersburg"), ("st. louis", "CITY", "St. Louis")],
    ),
    (
        "cities",
        None,
        "Bombay and Saigon have better food than K.L.",
        [("Bombay", "CITY", "Mumbai"), ("Saigon", "CITY", "Ho Chi Minh City"), ("K.L.", "CITY", "Kuala Lumpur")],
    ),
    (
        "cities",
        None,
        "LA is a parking lot, SF is a tent, DC is a swamp",
        [("LA", "CITY", "Los Angeles"), ("SF", "CITY", "San Francisco"), ("DC", "CITY", "Washington")],
    ),
    ("cities", None, "la la la, so boring", []),
    (
        "cities",
        None,
        "BERLIN IS THE BEST. WHY IS PARIS FIRST",
        [("BERLIN", "CITY", "Berlin"), ("PARIS", "CITY", "Paris")],
    ),
    (
        "cities",
        None,
        "tel-aviv, são paulo and münchen missing",
        [("tel-aviv", "CITY", "Tel Aviv"), ("são paulo", "CITY", "Sao Paulo"), ("münchen", "CITY", "Munich")],
    ),
    (
        "cities",
        None,
        "Went from Philly to Vegas via Chi-town",
        [("Philly", "CITY", "Philadelphia"), ("Vegas", "CITY", "Las Vegas"), ("Chi-town", "CITY", "Chicago")],
    ),
    ("cities", "New York", "The Big Apple will always be number one", [("Big Apple", "CITY", "New York")]),
    ("cities", None, "Canadians and Japanese tourists everywhere, South Indian food too", []),
    ("cities", None, "seoul, korea has it all", [("seoul", "CITY", "Seoul"), ("korea", "COUNTRY", "South Korea")]),
    (
        "cities",
        None,
        "South America and northern Italy deserve more love than the Middle East",
        [
            ("South America", "REGION", "South America"),
            ("northern Italy", "REGION", "Northern Italy"),
            ("Middle East", "REGION", "Middle East"),
        ],
    ),
    (
        "cities",
        None,
        "London, Ontario is not London",
        [("London", "CITY", "London"), ("Ontario", "REGION", "Ontario"), ("London", "CITY", "London")],
    ),
    (
        "cities",
        None,
        "Portland, OR or Austin, TX",
        [
            ("Portland", "CITY", "Portland"),
            ("OR", "REGION", "Oregon"),
            ("Austin", "CITY", "Austin"),
            ("TX", "REGION", "Texas"),
        ],
    ),
    ("cities", None, "It is the Venice of the North, they say", [("Venice", "CITY", "Venice")]),
    (
        "cities",
        None,
        "Silicon Valley is where the money is, nobody leaves the valley",
        [("Silicon Valley", "REGION", "Silicon Valley"), ("valley", "REGION", "Silicon Valley")],
    ),
    (
        "cities",
        None,
        "Best in Europe, maybe in the UK too",
        [("Europe", "REGION", "Europe"), ("UK", "COUNTRY", "United Kingdom")],
    ),
    (
        "cities",
        None,
        "Google and Facebook both opened offices here, then Amazon",
        [("Google", "COMPANY", "Google"), ("Facebook", "COMPANY", "Facebook"), ("Amazon", "COMPANY", "Amazon")],
    ),
    (
        "cities",
        None,
        "home of spotify,klarna and ericsson",
        [("spotify", "COMPANY", "Spotify"), ("klarna", "COMPANY", "Klarna"), ("ericsson", "COMPANY", "Ericsson")],
    ),
    ("cities", None, "I ate an apple in the Amazon and saw a shell on the beach", []),
    (
        "cities",
        None,
        "Apple's HQ is down the road and so is Intel",
        [("Apple", "COMPANY", "Apple"), ("Intel", "COMPANY", "Intel")],
    ),
    ("cities", None, "mind the gap, next target: visa run", []),
    (
        "cities",
        None,
        "VW, BMW and Mercedes come from there",
        [("VW", "COMPANY", "Volkswagen"), ("BMW", "COMPANY", "BMW"), ("Mercedes", "COMPANY", "Mercedes-Benz")],
    ),
    (
        "cities",
        None,
        "Nestle S.A. and Siemens AG are the big employers",
        [("Nestle S.A.", "COMPANY", "Nestlé"), ("Siemens AG", "COMPANY", "Siemens")],
    ),
    ("cities", None, "The QS ranking and PISA scores prove it, ask the OECD or the UN", []),
    ("cities", None, "The government, MIT and NASA are all here", []),
    ("cities", None, "bought it with Bitcoin on an iPhone running Android", []),
    (
        "cities",
        None,
        "Ford invented it, Shell fuels it, Visa pays for it",
        [("Ford", "COMPANY", "Ford"), ("Shell", "COMPANY", "Shell"), ("Visa", "COMPANY", "Visa")],
    ),
    (
        "companies",
        "Apple",
        "apple is overpriced, samsung is no better",
        [("apple", "COMPANY", "Apple"), ("samsung", "COMPANY", "Samsung")],
    ),
    (
        "companies",
        "Orange",
        "Orange never picks up. I switched to T-Mobile.",
        [("Orange", "COMPANY", "Orange"), ("T-Mobile", "COMPANY", "T-Mobile")],
    ),
    ("companies", "Nokia", "my nokia fell in the sea and an orange shell broke it", [("nokia", "COMPANY", "Nokia")]),
    (
        "companies",
        "Sprint",
        "Sprint in New York is hopeless",
        [("Sprint", "COMPANY", "Sprint"), ("New York", "CITY", "New York")],
    ),
    (
        "companies",
        None,
        "Nokia is Finnish, Samsung is from Seoul",
        [("Nokia", "COMPANY", "Nokia"), ("Samsung", "COMPANY", "Samsung"), ("Seoul", "CITY", "Seoul")],
    ),
    (
        "games",
        "Cuphead",
        "cuphead is harder than dark souls 2",
        [("cuphead", "ENTRY", "Cuphead"), ("dark souls 2", "ENTRY", "Dark Souls II")],
    ),
    (
        "games",
        None,
        "GTA 5 is not hard. Majora's Mask is.",
        [("GTA 5", "ENTRY", "Grand Theft Auto V"), ("Majora's Mask", "ENTRY", "The Legend of Zelda: Majora's Mask")],
    ),
    (
        "games",
        None,
        "Nintendo and Capcom made better ones, it takes two to tango",
        [("Nintendo", "COMPANY", "Nintendo"), ("Capcom", "COMPANY", "Capcom")],
    ),
    ("games", "Ninja Gaiden", "ninja gaidan made me cry", [("ninja gaidan", "ENTRY", "Ninja Gaiden")]),
    (
        "foods",
        "Pizza",
        "pizza from Naples beats any hot dog",
        [("pizza", "ENTRY", "Pizza"), ("Naples", "CITY", "Naples"), ("hot dog", "ENTRY", "Hot Dog")],
    ),
    (
        "foods",
        "Banh Mi",
        "bánh mì in Saigon, falafel in Tel Aviv",
        [
            ("bánh mì", "ENTRY", "Banh Mi"),
            ("Saigon", "CITY", "Ho Chi Minh City"),
            ("falafel", "ENTRY", "Falafel"),
            ("Tel Aviv", "CITY", "Tel Aviv"),
        ],
    ),
    (
        "countries",
        "Turkey",
        "Turkey should be first, Istanbul alone is worth it",
        [("Turkey", "COUNTRY", "Turkey"), ("Istanbul", "CITY", "Istanbul")],
    ),
    (
        "countries",
        "Georgia",
        "georgia has mountains AND sea. Tbilisi rocks",
        [("georgia", "COUNTRY", "Georgia"), ("Tbilisi", "CITY", "Tbilisi")],
    ),
    (
        "countries",
        None,
        "new zealand over italy any day, chile third",
        [("new zealand", "COUNTRY", "New Zealand"), ("italy", "COUNTRY", "Italy"), ("chile", "COUNTRY", "Chile")],
    ),
    (
        None,
        None,
        "Anyone been to Porto or Cluj-Napoca lately?",
        [("Porto", "CITY", "Porto"), ("Cluj-Napoca", "CITY", "Cluj-Napoca")],
    ),
    (
        None,
        None,
        "oporto is cheaper than lisbon but krakow beats both",
        [("oporto", "CITY", "Porto"), ("lisbon", "CITY", "Lisbon"), ("krakow", "CITY", "Krakow")],
    ),
    (
        None,
        None,
        "Moved from Leeds to Cork for a job at Stripe",
        [("Leeds", "CITY", "Leeds"), ("Cork", "CITY", "Cork"), ("Stripe", "COMPANY", "Stripe")],
    ),
    (
        None,
        None,
        "My boss at Tata in Pune sends me to Hyderabad weekly",
        [("Tata", "COMPANY", "Tata"), ("Pune", "CITY", "Pune"), ("Hyderabad", "CITY", "Hyderabad")],
    ),
    (None, None, "@Sydney thanks! see www.london.com", []),
    ("cities", None, "Peking duck is from Beijing", [("Beijing", "CITY", "Beijing")]),
    (None, None, "ok lol same here, no idea tbh", []),
    (
        None,
        None,
        "I love Manila, Cebu not so much. Baguio is cold.",
        [("Manila", "CITY", "Manila"), ("Cebu", "CITY", "Cebu"), ("Baguio", "CITY", "Baguio")],
    ),
]

ROWS += [
    ("cities", "Berlin", "Nice clubs, nice beer, Paris can't compete", [("Paris", "CITY", "Paris")]),
    (
        "cities",
        None,
        "The train from Bath to Reading takes an hour",
        [("Bath", "CITY", "Bath"), ("Reading", "CITY", "Reading")],
    ),
    ("cities", None, "Rich history, green parks and a mine of talent", []),
    ("cities", None, "Orlando Bloom lives near Orlando now", [("Orlando", "CITY", "Orlando")]),
    ("cities", "Toronto", "toronto's cn tower, the raptors, and Drake", [("toronto", "CITY", "Toronto")]),
    ("cities", None, "Oxford University or University of Sydney?", []),
    (
        "cities",
        None,
        "Melborne, sidney and brisbane in that order",
        [("Melborne", "CITY", "Melbourne"), ("brisbane", "CITY", "Brisbane")],
    ),
    (
        "cities",
        None,
        "Cape Town & Jo'burg are more fun",
        [("Cape Town", "CITY", "Cape Town"), ("Jo'burg", "CITY", "Johannesburg")],
    ),
    (
        "cities",
        None,
        "I'd rather be in Genoa or Turin than rainy Glasgow",
        [("Genoa", "CITY", "Genoa"), ("Turin", "CITY", "Turin"), ("Glasgow", "CITY", "Glasgow")],
    ),
    (
        "cities",
        None,
        "the whole of eastern europe is cheaper, esp. ukraine",
        [("eastern europe", "REGION", "Eastern Europe"), ("ukraine", "COUNTRY", "Ukraine")],
    ),
    (
        "cities",
        None,
        "Birmingham, UK not Birmingham, AL",
        [
            ("Birmingham", "CITY", "Birmingham"),
            ("UK", "COUNTRY", "United Kingdom"),
            ("Birmingham", "CITY", "Birmingham"),
            ("AL", "REGION", "Alabama"),
        ],
    ),
    (
        "cities",
        None,
        "Oracle and Dell left for Texas",
        [("Oracle", "COMPANY", "Oracle"), ("Dell", "COMPANY", "Dell"), ("Texas", "REGION", "Texas")],
    ),
    ("cities", None, "I can't see the oracle, go to hell", []),
    (
        "cities",
        None,
        "Infosys, wipro & TCS all have campuses",
        [("Infosys", "COMPANY", "Infosys"), ("wipro", "COMPANY", "Wipro"), ("TCS", "COMPANY", "TCS")],
    ),
    ("companies", "Shell", "shell out more money for nothing", []),
    (
        "companies",
        None,
        "Verizon and AT&T should be on here",
        [("Verizon", "COMPANY", "Verizon"), ("AT&T", "COMPANY", "AT&T")],
    ),
    (
        "games",
        None,
        "Zelda is easy, try gta v on no damage",
        [("Zelda", "ENTRY", "The Legend of Zelda: Majora's Mask"), ("gta v", "ENTRY", "Grand Theft Auto V")],
    ),
    (
        "foods",
        "Pad Thai",
        "Pad thai in Chiang Mai > everything",
        [("Pad thai", "ENTRY", "Pad Thai"), ("Chiang Mai", "CITY", "Chiang Mai")],
    ),
    (
        "countries",
        None,
        "S. Africa and the USA are both huge",
        [("S. Africa", "COUNTRY", "South Africa"), ("USA", "COUNTRY", "United States")],
    ),
    (
        None,
        None,
        "flew Lufthansa from Frankfurt to Mexico City",
        [
            ("Lufthansa", "COMPANY", "Lufthansa"),
            ("Frankfurt", "CITY", "Frankfurt"),
            ("Mexico City", "CITY", "Mexico City"),
        ],
    ),
    (
        None,
        None,
        "Vilnius, riga and tallinn are basically one weekend",
        [("Vilnius", "CITY", "Vilnius"), ("riga", "CITY", "Riga"), ("tallinn", "CITY", "Tallinn")],
    ),
    (None, None, "Lincoln park was nice but Chelsea won so I went home to Essen", [("Essen", "CITY", "Essen")]),
    (
        None,
        None,
        "ikea in malmo vs walmart in el paso",
        [
            ("ikea", "COMPANY", "IKEA"),
            ("malmo", "CITY", "Malmo"),
            ("walmart", "COMPANY", "Walmart"),
            ("el paso", "CITY", "El Paso"),
        ],
    ),
    ("livable", "Vienna", "been living in vienna for 6 yrs, rent is still ok", [("vienna", "CITY", "Vienna")]),
    (
        "livable",
        "Vienna",
        "vienna > munich > zurich imo",
        [("vienna", "CITY", "Vienna"), ("munich", "CITY", "Munich"), ("zurich", "CITY", "Zurich")],
    ),
    (
        "livable",
        "Melbourne",
        "Melbs has the best coffee. Sydney can't even.",
        [("Melbs", "CITY", "Melbourne"), ("Sydney", "CITY", "Sydney")],
    ),
    ("livable", "Vancouver", "Van City forever. BC is beautiful", [("Van City", "CITY", "Vancouver")]),
    ("livable", "Calgary", "too cold, move to Phoenix lol", [("Phoenix", "CITY", "Phoenix")]),
    ("livable", "Calgary", "rose from the ashes like a phoenix", []),
    ("livable", "Victoria", "Queen Victoria never saw it but victoria is gorgeous", [("victoria", "CITY", "Victoria")]),
    ("livable", "Sydney", "my sister Sydney lives in Perth", [("Perth", "CITY", "Perth")]),
    (
        "livable",
        None,
        "Where is Copenhagen?? And Luxembourg city?",
        [("Copenhagen", "CITY", "Copenhagen"), ("Luxembourg city", "CITY", "Luxembourg")],
    ),
    (
        "livable",
        None,
        "Auckland, Wellington, Christchurch... NZ got robbed",
        [
            ("Auckland", "CITY", "Auckland"),
            ("Wellington", "CITY", "Wellington"),
            ("Christchurch", "CITY", "Christchurch"),
            ("NZ", "COUNTRY", "New Zealand"),
        ],
    ),
    (
        "livable",
        None,
        "No African cities? Cape Town, Kigali, Accra?",
        [("Cape Town", "CITY", "Cape Town"), ("Kigali", "CITY", "Kigali"), ("Accra", "CITY", "Accra")],
    ),
    (
        "livable",
        "Osaka",
        "Better food than Tokyo and kinder folks than Kyoto",
        [("Tokyo", "CITY", "Tokyo"), ("Kyoto", "CITY", "Kyoto")],
    ),
    ("livable", "Osaka", "Naomi Osaka made me google it", []),
    (
        "livable",
        "Helsinki",
        "Nokia and Rovio money built half of helsinki",
        [("Nokia", "COMPANY", "Nokia"), ("Rovio", "COMPANY", "Rovio"), ("helsinki", "CITY", "Helsinki")],
    ),
    (
        "livable",
        "Perth",
        "Most isolated city on Earth; closer to Jakarta than Sydney",
        [("Jakarta", "CITY", "Jakarta"), ("Sydney", "CITY", "Sydney")],
    ),
    (
        "livable",
        None,
        "In my opinion Durham, NC and Ann Arbor, Michigan belong here",
        [
            ("Durham", "CITY", "Durham"),
            ("NC", "REGION", "North Carolina"),
            ("Ann Arbor", "CITY", "Ann Arbor"),
            ("Michigan", "REGION", "Michigan"),
        ],
    ),
    ("livable", None, "Oxford street and Hyde Park are in london btw", [("london", "CITY", "London")]),
    (
        "livable",
        None,
        "I'd take Salt Lake City over Kansas City, easily",
        [("Salt Lake City", "CITY", "Salt Lake City"), ("Kansas City", "CITY", "Kansas City")],
    ),
    ("livable", None, "this list is a joke, may god help us all, amen", []),
    ("livable", None, "Long beach walks and high point of my trip", []),
    ("livable", None, "The Real Madrid of cities", []),
    ("livable", None, "LONDON CALLING!!! ALSO DUBLIN", [("LONDON", "CITY", "London"), ("DUBLIN", "CITY", "Dublin")]),
    ("livable", None, "Stockholm syndrome is what you people have", []),
    (
        "livable",
        None,
        "You forgot Lyon, Bordeaux & Nantes",
        [("Lyon", "CITY", "Lyon"), ("Bordeaux", "CITY", "Bordeaux"), ("Nantes", "CITY", "Nantes")],
    ),
    ("livable", None, "Brooklyn alone is bigger than that", []),
    (
        "livable",
        None,
        "Bern is the capital, not Geneva or Zürich",
        [("Bern", "CITY", "Bern"), ("Geneva", "CITY", "Geneva"), ("Zürich", "CITY", "Zurich")],
    ),
    (
        "sports cars",
        "Porsche 911",
        "The 911 is a legend, the mustang is a truck",
        [("911", "ENTRY", "Porsche 911"), ("mustang", "ENTRY", "Ford Mustang")],
    ),
    (
        "sports cars",
        None,
        "Supra over GT-R any day. Honda should be here",
        [("Supra", "ENTRY", "Toyota Supra"), ("GT-R", "ENTRY", "Nissan GT-R"), ("Honda", "COMPANY", "Honda")],
    ),
    ("sports cars", None, "corvette for the money, miata for the fun", [("corvette", "ENTRY", "Chevrolet Corvette")]),
    (
        "car brands",
        "Ford",
        "ford is for grandpas, chevy all the way",
        [("ford", "COMPANY", "Ford"), ("chevy", "COMPANY", "Chevrolet")],
    ),
    ("car brands", "Mini", "had a mini heart attack at the price, take a seat", []),
    ("car brands", "Tesla", "Elon Musk and Henry Ford are not comparable", []),
    ("car brands", None, "Beemers break, toyotas don't", [("toyota", "COMPANY", "Toyota")]),
    (
        "car brands",
        None,
        "Mercedes, Lexus and Volvo where?",
        [("Mercedes", "COMPANY", "Mercedes-Benz"), ("Lexus", "COMPANY", "Lexus"), ("Volvo", "COMPANY", "Volvo")],
    ),
    (
        "car brands",
        "Kia",
        "Kia and Hyundai are one company from Seoul",
        [("Kia", "COMPANY", "Kia"), ("Hyundai", "COMPANY", "Hyundai"), ("Seoul", "CITY", "Seoul")],
    ),
    (
        "rpgs",
        "Undertale",
        "undertale carried by its music, ff7 is the goat",
        [("undertale", "ENTRY", "Undertale"), ("ff7", "ENTRY", "Final Fantasy VII")],
    ),
    (
        "rpgs",
        None,
        "Witcher 3 and mass effect 2 over skyrim",
        [
            ("Witcher 3", "ENTRY", "The Witcher 3: Wild Hunt"),
            ("mass effect 2", "ENTRY", "Mass Effect 2"),
            ("skyrim", "ENTRY", "Skyrim"),
        ],
    ),
    (
        "rpgs",
        None,
        "Bethesda peaked, CD Projekt Red did not. BG3 wins",
        [
            ("Bethesda", "COMPANY", "Bethesda"),
            ("CD Projekt Red", "COMPANY", "CD Projekt"),
            ("BG3", "ENTRY", "Baldur's Gate 3"),
        ],
    ),
    (
        "rpgs",
        None,
        "Square Enix please remake chrono trigger",
        [("Square Enix", "COMPANY", "Square Enix"), ("chrono trigger", "ENTRY", "Chrono Trigger")],
    ),
    ("rpgs", None, "P5 Royal, Disco Elysium and Valve's whole catalogue", [("Valve", "COMPANY", "Valve")]),
    (
        "fast food",
        "McDonald's",
        "McDonalds fries > Burger King's",
        [("McDonalds", "COMPANY", "McDonald's"), ("Burger King", "COMPANY", "Burger King")],
    ),
    (
        "fast food",
        None,
        "In n Out is only in California",
        [("In n Out", "COMPANY", "In-N-Out Burger"), ("California", "REGION", "California")],
    ),
    (
        "fast food",
        "Subway",
        "subway bread is cake. the subway train smells better",
        [("subway", "COMPANY", "Subway")],
    ),
    ("fast food", None, "five guys walked in and ordered wendys", [("wendys", "COMPANY", "Wendy's")]),
    (
        "fast food",
        None,
        "Chick fil a and Popeyes should be 1 and 2, then kfc",
        [("Chick fil a", "COMPANY", "Chick-fil-A"), ("Popeyes", "COMPANY", "Popeyes"), ("kfc", "COMPANY", "KFC")],
    ),
    (
        None,
        None,
        "moving from brno to prague next month, any tips?",
        [("brno", "CITY", "Brno"), ("prague", "CITY", "Prague")],
    ),
    (
        None,
        None,
        "Krakow was great, Zakopane even better, Warsaw meh",
        [("Krakow", "CITY", "Krakow"), ("Zakopane", "CITY", "Zakopane"), ("Warsaw", "CITY", "Warsaw")],
    ),
    (
        None,
        None,
        "OP should try Tbilisi. Source: lived there while working for Bolt",
        [("Tbilisi", "CITY", "Tbilisi"), ("Bolt", "COMPANY", "Bolt")],
    ),
    (None, None, "Edit: typo. Thanks for the gold, kind stranger", []),
    (
        None,
        None,
        "Monday to Friday in Essen, weekends in Cologne or Amsterdam",
        [("Essen", "CITY", "Essen"), ("Cologne", "CITY", "Cologne"), ("Amsterdam", "CITY", "Amsterdam")],
    ),
    (None, None, "Ola from Oslo says hola", [("Oslo", "CITY", "Oslo")]),
    (
        None,
        None,
        "Man City fans from Man, Ivory Coast",
        [("Man", "CITY", "Man"), ("Ivory Coast", "COUNTRY", "Ivory Coast")],
    ),
]

# What a careful reader takes in and this does not: each with its reason, so that a change that mends one is noticed.
HARD: list[tuple[Row, str]] = [
    (
        ("cities", None, "Dr. Phoenix said so, go ask Jordan", []),
        "a first name that is a country, with nothing around it that says so",
    ),
    (
        (
            "cities",
            None,
            "Toyota is from Toyota and Honda isn't",
            [("Toyota", "COMPANY", "Toyota"), ("Toyota", "CITY", "Toyota"), ("Honda", "COMPANY", "Honda")],
        ),
        "a company in the town that is named after it",
    ),
    (
        (
            "livable",
            None,
            "dublin rents are insane, try cork or galway",
            [("dublin", "CITY", "Dublin"), ("cork", "CITY", "Cork"), ("galway", "CITY", "Galway")],
        ),
        "an ordinary word and a small town, without a capital in the whole comment",
    ),
    (
        ("car brands", "Dodge", "can't dodge the potholes in a dodge", [("dodge", "COMPANY", "Dodge")]),
        "the verb and the car in one comment under the car",
    ),
    (
        (None, None, "the apple store in shinjuku vs the one in ginza", [("apple", "COMPANY", "Apple")]),
        "an ordinary word without a capital, after an article",
    ),
    (
        ("cities", None, "George Washington never slept here, charlotte agrees", []),
        "a first name that is a city too, without a capital, where a place would do",
    ),
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The shipped pipeline up to the mentions."""
    return spacy.load(
        shipped("models", "en_commentlens"),
        exclude=[
            "commentlens_clauses",
            "commentlens_second_reader",
            "commentlens_claims",
            "commentlens_comparisons",
            "commentlens_links",
            "commentlens_mood",
        ],
    )


def context(ranked: str | None, own: str | None) -> Mapping[str, Any] | None:
    if ranked is None:
        return None
    title, kind, names = LISTS[ranked]
    entries = [{"name": name, "within": None, "rank": rank} for rank, name in enumerate(names, start=1)]
    entry = next((entry for entry in entries if entry["name"] == own), None)
    return {
        "list": title,
        "list_id": ranked,
        "polarity": "positive",
        "kind": kind,
        "entries": entries,
        "entry": entry,
    }


def mentions(nlp: Language, ranked: str | None, own: str | None, text: str) -> list[dict[str, Any]]:
    doc = nlp.make_doc(text)
    doc._.commentlens_context = context(ranked, own)
    found: list[dict[str, Any]] = nlp(doc)._.commentlens_mentions
    return found


@pytest.mark.parametrize(("ranked", "own", "text", "expected"), ROWS, ids=[row[2] for row in ROWS])
def test_mentions(
    nlp: Language, ranked: str | None, own: str | None, text: str, expected: list[tuple[str, str, str]]
) -> None:
    """All mentions of a comment, with label and name, and nothing else."""
    found = mentions(nlp, ranked, own, text)
    assert [(text[m["start"] : m["end"]], m["label"], m["name"]) for m in found] == expected


@pytest.mark.parametrize("front", ["Honestly? ", "I have lived abroad for years.\n"])
@pytest.mark.parametrize(("ranked", "own", "text", "expected"), ROWS[::5], ids=[row[2] for row in ROWS[::5]])
def test_a_sentence_in_front_changes_nothing(
    nlp: Language, ranked: str | None, own: str | None, text: str, expected: list[tuple[str, str, str]], front: str
) -> None:
    """Offsets are those of the comment; what stands before does not matter."""
    found = mentions(nlp, ranked, own, front + text)
    shifted = [(m["start"] - len(front), m["end"] - len(front), m["label"], m["name"]) for m in found]
    alone = mentions(nlp, ranked, own, text)
    assert shifted == [(m["start"], m["end"], m["label"], m["name"]) for m in alone]
    assert len(found) == len(expected)


@pytest.mark.parametrize(
    ("ranked", "own", "text", "expected"),
    [pytest.param(*row, marks=pytest.mark.xfail(reason=why, strict=True), id=row[2]) for row, why in HARD],
)
def test_known_limits(
    nlp: Language, ranked: str | None, own: str | None, text: str, expected: list[tuple[str, str, str]]
) -> None:
    """The comments that are still read wrongly."""
    found = mentions(nlp, ranked, own, text)
    assert [(text[m["start"] : m["end"]], m["label"], m["name"]) for m in found] == expected

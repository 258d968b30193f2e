### Bis in het Nederlands. Gewone tekst: tags komen van de views. Kort: gelezen op een telefoon.

language-name = Nederlands

## De pagina van de bot in Telegram
bot-description =
    Ligt een e-healthtool plat? Bis zegt zorgverleners in België wat nu te doen, per beroep, en of de storing algemeen is.
    Onafhankelijk: geen overheidsdienst. Nooit patiëntgegevens intypen.
bot-short-description = Wat te doen als e-health uitvalt: per beroep, met de huidige toestand. Onafhankelijk.

## Commando's (menu en /help)
command-start = Beginnen: taal en beroep
command-help = Wat Bis kan
command-status = Toestand van de diensten
command-procedures = Alle procedures per thema
command-subscribe = Storingsmeldingen krijgen
command-unsubscribe = Geen storingsmeldingen meer
command-language = Taal kiezen
command-profession = Beroep kiezen
command-quiet = Uren zonder berichten
command-settings = Gekozen instellingen
command-privacy = Wat er bewaard wordt
command-stop = Alles over deze chat wissen
command-announce = Een storing met de hand aankondigen
command-correct = Melden dat een storing erger of minder erg is
command-close = Melden dat een storing voorbij is

## Begin
start-greeting = Welkom bij Bis: de omweg als e-health uitvalt.
start-independent = Bis is onafhankelijk. Het is geen dienst van eHealth, het RIZIV of een andere overheid.
start-ready = Typ in eigen woorden wat er niet werkt.
start-example = Voorbeeld: “Recip-e ligt plat, hoe lever ik af?”
start-link-unknown = Deze link leidt naar niets dat Bis kent. Zo begint het wel.

help-title = Wat Bis doet
help-ask = Typ in eigen woorden wat er niet werkt. Bis antwoordt met de stappen voor het gekozen beroep en de huidige toestand van de diensten.
help-commands = Commando's
help-no-patient = Typ nooit de naam of het nummer van een patiënt.

## Taal en beroep
language-ask = In welke taal moet Bis antwoorden?
language-kept = Bis antwoordt voortaan in het Nederlands.
language-unknown = Bis spreekt vier talen. Kies er een:
profession-ask = Welk beroep?
profession-kept = Beroep: { $profession }.
profession-cleared = Geen beroep gekozen: Bis toont alles.
profession-unknown = Bis kent geen beroep met die naam. Is het een van deze?
profession-none = niet gekozen
profession-other = Geen van deze

## Een antwoord
label-trigger = Situatie
label-automatic = Gaat vanzelf
label-steps = Wat te doen
label-proof = Bewaren als bewijs
label-limits = Voorwaarden
label-afterwards = Als het weer werkt
label-contacts = Hulp
label-sources = Bronnen
caution-verify = Na te kijken: onze bronnen geven geen volledige zekerheid. Controleer bij de bron voor u erop steunt.
source-published = { $publisher }, { $date }
source-undated = { $publisher }, zonder datum, gezien op { $date }
answer-page = Pagina { $page } van { $pages }
edited-note = Antwoord op het gewijzigde bericht.
attachment-note = Bis heeft uw woorden gelezen, niet de bijlage: het bekijkt geen beelden en opent geen bestanden. Verwijder ze als er een patiënt op staat.

part-afterwards-none = Onze bronnen zeggen niets over wat u nadien moet rechtzetten.
part-contacts-none = Deze procedure noemt geen helpdesk.
part-contacts-others = Andere procedures over dezelfde diensten noemen:
part-lasting-none = Onze bronnen zeggen niets over een storing die aanhoudt.
part-no-end = Geen enkele bron kondigt een einde aan, en Bis gokt er geen.
part-no-state = Deze procedure steunt op geen dienst waarvan de toestand gelezen kan worden.

choice-ask = Verschillende procedures lijken erop. Welke is het?
choice-profession = Dat hangt af van het beroep. Welk is het?
works-now = Bis ziet daar nu geen storing. Misschien is het alleen bij u zo, of is het te recent om al zichtbaar te zijn.
works-else = Als het bij u niet werkt:
unknown-answer = Bis heeft hier geen procedure voor en verzint er geen.
unknown-hint = Zeg het anders (welke tool, wat er op het scherm staat) of kies een thema. Bel anders de helpdesk:
unknown-courtesy = Bis luistert. Typ in eigen woorden welke tool niet werkt en wat er op het scherm staat, of kies een thema.
unknown-tool = Welke tool werkt niet, en wat staat er op het scherm? Typ het in eigen woorden, of kies een thema.
unknown-danger = Bis kent alleen storingen van e-gezondheid en kan niets doen voor iemand in gevaar.
danger-note = 🚨 Is er iemand in levensgevaar? Bel eerst 112.
unknown-thread = Over welke procedure gaat het? Stel de hele vraag (welke tool, wat er op het scherm staat) of kies een thema.
unknown-service-profession = Onze bronnen zeggen niets over { $services } voor: { $profession }.
unknown-service = Onze bronnen zeggen niets over { $services }.
unknown-operator = Beheerd door: { $operator }
unknown-elsewhere = Wat er is voor andere beroepen
unknown-general = Voor alle beroepen
other-profession-ask = Voor welk beroep?
other-profession-none = Bis heeft hierover geen procedure voor: { $profession }.

procedures-title = Thema's
procedures-title-profession = Thema's voor: { $profession }
procedures-hint = Kies een thema.
topic-hint = Kies een procedure.
topic-empty = Bis heeft nog geen procedure over dit thema.

## Toestanden
state-operational = werkt
state-maintenance = in onderhoud
state-degraded = verstoord
state-partial-outage = gedeeltelijke storing
state-major-outage = storing
state-unknown = toestand onbekend
state-unstable = onstabiel, komt en gaat
state-since = sinds { $time }
state-seen-since = (zo gezien sinds { $time })
state-since-at-least = zeker al sinds { $time }
state-read = { $source }, gelezen om { $time } ({ $age } geleden)
state-read-stale = { $source }, laatst gelezen om { $time } ({ $age } geleden): oud
state-announced = Aangekondigd door het team van Bis om { $time } ({ $age } geleden)
state-source-silent = de bron zelf is niet meer gewijzigd sinds { $time }
state-affected = steunt op { $services }: storing
state-fine-but = de eigen bron meldt dat alles werkt, maar { $services }, waarop het steunt, { $count ->
        [one] ligt
       *[other] liggen
    } plat
state-not-for = werkt, maar niet voor { $insurers }
state-overview = Bis ziet nu geen storing{ $profession ->
        [none] {""}
       *[other] {" "}({ $profession })
    }: { $working ->
        [one] 1 gelezen dienst werkt
       *[other] { $working } gelezen diensten werken
    }{ $unknown ->
        [0] .
        [one] , van 1 andere is de toestand niet bekend.
       *[other] , van { $unknown } andere is de toestand niet bekend.
    }
state-hidden = en { $count ->
        [one] nog 1 andere
       *[other] nog { $count } andere
    }, zie /status
state-response = antwoordt in { $time }
state-emergency = eHealth leidt { $service } sinds { $time } om langs { $route }; uw software volgt vanzelf als ze deze omweg kent
route-mutualities = de eigen weg van de ziekenfondsen
route-second-site = de tweede site van eHealth
route-host = de noodroute { $host }
route-unnamed = de noodroute
state-says = { $source }: { $state }
state-look = Zelf kijken

reason-unreachable = de bron is onbereikbaar
reason-timeout = de bron antwoordt niet op tijd
reason-tls = de bron heeft geen geldig certificaat
reason-http-status = de bron antwoordt met een fout
reason-too-large = de bron stuurt te veel om te vertrouwen
reason-redirect = de bron verwijst naar elders
reason-forbidden-address = de bron heeft een adres dat Bis weigert
reason-encoding = de bron is niet te ontcijferen
reason-not-the-format = de bron heeft een andere vorm gekregen
reason-contract = de bron is te onvolledig om te vertrouwen
reason-not-yet-read = nog niet gelezen
reason-no-machine-source = geen bron die Bis kan lezen geeft de toestand
reason-none = geen recente lezing

status-title = Toestand van de diensten
status-title-profession = Toestand van de diensten · { $profession }
status-at = Om { $time }, het ergste eerst
status-at-one = Om { $time }
status-blind = Geen enkele bron is leesbaar: waarschijnlijk ons eigen netwerk. Bis besluit daar niets uit.
status-incidents = Lopende incidenten
status-planned = Gepland
status-untold = Toestand onbekend, geen bron die Bis kan lezen
status-resting = Toestand onbekend, maar steunen op { $services }: storing
status-service-unknown = Bis kent geen dienst met die naam. Is het een van deze?
status-service-unknown-none = Bis kent geen dienst met die naam. /status toont ze allemaal.
week-title = Laatste 7 dagen, Belgische tijd
week-share = Laatste 7 dagen: { $share }% van de bekende tijd zonder storing
week-unknown = Toestand onbekend gedurende { $share }% van de tijd
week-little = Slechts bekend gedurende { $duration } van deze 7 dagen
week-incidents = { $count ->
        [0] Geen storingen gemeld
        [one] { $count } storing gemeld
       *[other] { $count } storingen gemeld
    }
incident-by = { $source } schrijft:
incident-started = sinds { $time }
planned-window = { $start } tot { $end }
planned-from = vanaf { $start }
planned-effect = aangekondigd effect: { $effect }
planned-effect-none = geen

phase-investigating = wordt onderzocht
phase-identified = oorzaak gevonden
phase-monitoring = wordt opgevolgd
phase-resolved = opgelost
phase-scheduled = gepland
phase-in-progress = bezig
phase-completed = afgerond

## Abonnementen
subscriptions-title = Storingsmeldingen
subscriptions-none = Er komen geen storingsmeldingen.
subscriptions-all = Er komen meldingen over alle diensten van het beroep.
subscriptions-some = Er komen meldingen over: { $services }.
services-many = { $count } diensten
subscriptions-added = Genoteerd: er komen meldingen over { $services }.
names-missed = Niet begrepen: { $names }.
subscriptions-removed = Genoteerd: geen meldingen meer over { $services }.
subscriptions-removed-all = Genoteerd: geen storingsmeldingen meer.
subscriptions-hint = Druk op een dienst om ze aan (🔔) of uit te zetten.
subscriptions-unwatched = Geen bron die een machine kan lezen voor { $services }: Bis ziet daar zelf geen storing.
subscriptions-channels = Open voor iedereen, zonder abonnement: { $channels }
service-unknown = Bis kent geen dienst met die naam. Is het een van deze?
service-unknown-none = Bis kent geen dienst met die naam. Kies hier:
mute-done = Geen berichten meer over { $code }.
mute-unknown = Dit incident is niet meer bekend: niets te dempen.
subscriptions-here = Storingsmeldingen komen voortaan hier.

## Stille uren en instellingen
quiet-ask = Wanneer moet Bis zwijgen? Typ bijvoorbeeld /quiet 22:00-07:00 (Belgische tijd).
quiet-kept = Stil van { $start } tot { $end }, Belgische tijd. Wat om { $end } nog duurt, wordt dan gemeld.
quiet-off = Geen stille uren: storingen worden meteen gemeld.
quiet-tonight = Van wacht: storingen worden meteen gemeld tot { $end }. Daarna gelden de stille uren weer.
quiet-tonight-none = Er zijn geen stille uren om op te heffen: storingen worden meteen gemeld.
quiet-bad = Niet begrepen. Typ bijvoorbeeld /quiet 22:00-07:00, of /quiet off.
quiet-none = geen
quiet-window = { $start } tot { $end }
quiet-window-left = { $start } tot { $end }, van wacht tot { $until }
settings-title = Gekozen instellingen
settings-language = Taal: { $language }
settings-profession = Beroep: { $profession }
settings-subscriptions = Storingsmeldingen: { $services }
settings-quiet = Stille uren: { $quiet }
settings-all = alle van het beroep
settings-none = geen

## Privacy en vertrek
privacy-title = Wat Bis bewaart
privacy-kept = Het nummer van deze chat, de taal, het beroep, de gevolgde diensten, de stille uren, in een groep het onderwerp waarin de meldingen komen, de laatst getoonde procedure met het uur, de gedempte incidenten en de berichten die hierheen zijn gestuurd.
privacy-not-kept = Nooit bewaard: getypte tekst, namen, telefoonnummers, iets over een patiënt.
privacy-patient = Typ nooit een rijksregisternummer. Gebeurt het toch, dan verbergt Bis het, gebruikt het niet en meldt dat.
privacy-telegram = Telegram vervoert de berichten en ziet ze; het ligt buiten de Europese Economische Ruimte.
privacy-delete = /stop wist meteen alles over deze chat.
stop-done = Klaar: alles over deze chat is gewist.
stop-deleted = Gewist: { $what }.
stop-settings = de instellingen
stop-subscriptions = { $count ->
        [one] 1 abonnement
       *[other] { $count } abonnementen
    }
stop-pending = { $count ->
        [one] 1 nog niet verzonden bericht
       *[other] { $count } nog niet verzonden berichten
    }
stop-nothing = Over deze chat was niets bewaard.
stop-again = /start om opnieuw te beginnen.

## Knoppen: telkens een werkwoord
button-other-profession = Ander beroep bekijken
button-status = Toestand bekijken
button-subscribe = Storingen volgen
button-unsubscribe-all = Alles stoppen
button-subscribe-all = Alles volgen
button-back = ⬅ Terug
button-more = Verder lezen ({ $page }/{ $pages })
button-topics = Thema's bekijken
button-procedure = Procedure bekijken
button-what-to-do = Bekijken wat te doen
button-mute = Dit incident dempen
button-refresh = Vernieuwen
button-change-language = Taal wijzigen
button-change-profession = Beroep wijzigen
button-change-quiet = Stille uren instellen
button-change-subscriptions = Diensten kiezen
button-quiet-off = Geen stille uren
button-quiet-tonight = Vannacht van wacht
button-confirm = Versturen

## Bewaking
flood-wait = Dat was veel ineens. Wacht een minuut en ga dan verder.
too-long = Dat is te lang voor één vraag. Zeg het in een of twee zinnen.
no-words = Zeg in enkele woorden welke tool niet werkt, of kies een thema.
kind-sticker = Bis kan geen stickers lezen. Typ in woorden wat er niet werkt.
kind-photo = Bis bekijkt geen beelden en bewaart er geen. Typ de foutmelding, zonder patiëntgegevens. Verwijder het beeld als er een patiënt op staat.
kind-voice = Bis kan niet luisteren. Typ in woorden wat er niet werkt, of dicteer het aan het toetsenbord.
kind-video = Bis bekijkt geen video's en bewaart er geen. Typ in woorden wat er niet werkt.
kind-document = Bis opent geen bestanden en bewaart er geen. Typ in woorden wat er niet werkt. Verwijder het bestand als het over een patiënt gaat.
kind-location = Bis heeft geen locatie nodig en bewaart er geen. Typ in woorden wat er niet werkt.
kind-contact = Bis heeft geen contacten nodig en bewaart er geen. Typ in woorden wat er niet werkt.
kind-other = Bis leest alleen getypte tekst. Typ in woorden wat er niet werkt.
number-alone = Er staat geen genummerde lijst open. Druk op de knop zelf, of stel uw vraag opnieuw.
number-beyond = { $count ->
        [one] Er is maar één knop: typ 1.
       *[other] Er zijn maar { $count } knoppen: typ een nummer van 1 tot { $count }.
    }
unknown-command = Bis kent dit commando niet. /help toont ze allemaal.
unknown-command-nearest = Bis kent dit commando niet. Is het { $command }?
old-button = Deze knop komt uit een vorige versie. Stel de vraag opnieuw, of zie /help.
error-calm = Er ging iets mis aan onze kant. Probeer het over een minuut opnieuw; de vraag is niet bewaard.
warning-national-number = ⚠ Dat lijkt op een rijksregisternummer. Bis heeft het verborgen en niets bewaard. Verwijder het bericht.
warning-identifier = ⚠ Dat lijkt op een voorschriftcode. Bis heeft ze verborgen en niets bewaard. Verwijder het bericht.
group-admin-only = In een groep kan alleen een beheerder dit wijzigen.
channel-admin-only = In een kanaal zijn deze knoppen alleen voor beheerders. Eigen vragen kunnen naar { $bot }.

## Storingsmeldingen
ping-onset = { $service }: { $state } sinds { $time }
ping-worsened = { $service } is erger: { $state }
ping-update = { $service }: { $state }, nieuws van de bron
ping-announced-update = { $service }: { $state }, nieuws van het team van Bis
ping-resolved = { $service } werkt weer
ping-unstable = { $service } is onstabiel
ping-unstable-note = Het komt en gaat. Bis zwijgt tot het weer stabiel is.
ping-steady = { $service } is weer stabiel: { $state }
ping-planned = { $service }: geplande werken
ping-replanned = { $service }: geplande werken, aankondiging gewijzigd
ping-called-off = { $service }: geplande werken zijn niet meer aangekondigd
ping-had-window = Waren aangekondigd: { $window }
ping-reminder = { $service }: nog altijd { $state }, sinds { $time }
ping-emergency-on = { $service }: noodroute opgelegd door eHealth
ping-emergency-off = { $service }: terug op de normale route
ping-emergency-since = Sinds { $time }, langs { $route }. Uw software volgt vanzelf als ze deze omweg kent.
ping-source = Bron: { $source }
ping-announced = Aangekondigd door het team van Bis
ping-also = Ook getroffen: { $services }
ping-also-was = Waren ook getroffen: { $services }
ping-insurers = de ziekenfondsen
ping-began = Probleem sinds { $time }
ping-ends = Aangekondigd einde: { $time }
ping-back = { $service } werkt weer sinds { $time }
ping-duration = Duurde { $duration }, van { $start } tot { $end }
ping-code = Incident { $code }

duration-moment = minder dan 1 min
duration-minutes = { $minutes } min
duration-hours = { $hours } u { $minutes } min
duration-days = { $days } d { $hours } u

## Voor het team
reload-refused = De gewijzigde kennisbank is geweigerd. De oude blijft in gebruik.
reload-more = En nog { $count }: zie python -m bot check.
trouble-many-refusals = Veel chats weigeren tegelijk: de meldingen wachten, niemand wordt uitgeschreven.
trouble-given-up = Een melding is opgegeven na herhaald verzenden zonder antwoord.
trouble-bad-message = Telegram weigerde de inhoud van een melding: ze is niet verzonden. Het logboek zegt waarom.
team-name = Het team van Bis
team-usage =
    /announce DIENST STAAT [tekst]
    /correct CODE STAAT
    /close CODE
    STAAT is degraded, partial of major.
team-proposal = { $count ->
        [one] { $count } chat zou een melding krijgen:
       *[other] { $count } chats zouden een melding krijgen:
    }
team-proposal-each = Elke chat krijgt dit in de eigen taal, met de stappen van het eigen beroep.
team-proposal-silent = Het bericht dat er al staat wordt gewijzigd, zonder geluid.
team-proposal-waits = Er is nog niets verstuurd. De knop werkt 10 minuten.
team-done = { $count ->
        [one] Gedaan: { $code }. { $count } chat krijgt een melding.
       *[other] Gedaan: { $code }. { $count } chats krijgen een melding.
    }
team-gone = Er is niets verstuurd: dit is ouder dan 10 minuten, is al gedaan of vervangen, of het incident is veranderd. Typ het commando opnieuw.
team-open-already = Er loopt al een incident voor deze dienst: { $code }. Gebruik /correct of /close.
team-not-open = Geen lopende storing heeft deze code.
team-told-as-that = { $code } is al zo gemeld.
team-unstable = { $code } is gemeld als onstabiel tot het stabiel is. /close maakt er een einde aan.

## Terminal
console-hello = Bis in de terminal. Typ een vraag; /help toont de commando's; een nummer drukt op een knop; /quit om te stoppen.
console-no-button = Er is geen knop met dit nummer.
console-bye = Tot ziens.

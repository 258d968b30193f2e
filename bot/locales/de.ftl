### Bis auf Deutsch. Reiner Text: Auszeichnung kommt aus den Views. Kurz: am Telefon gelesen.

language-name = Deutsch

## Die Seite des Bots in Telegram
bot-description =
    Fällt ein E-Health-Dienst aus? Bis sagt Gesundheitsberufen in Belgien, was jetzt zu tun ist, je nach Beruf, und ob die Störung allgemein ist.
    Unabhängig: kein öffentlicher Dienst. Bitte niemals Patientendaten eingeben.
bot-short-description = Was tun, wenn E-Health ausfällt: je nach Beruf, mit aktuellem Zustand. Unabhängig.

## Befehle (Menü und /help)
command-start = Beginnen: Sprache und Beruf
command-help = Was Bis kann
command-status = Zustand der Dienste
command-procedures = Alle Verfahren nach Thema
command-subscribe = Bei Störungen benachrichtigt werden
command-unsubscribe = Keine Störungsmeldungen mehr
command-language = Sprache wählen
command-profession = Beruf wählen
command-quiet = Stunden ohne Nachrichten
command-settings = Ihre Einstellungen
command-privacy = Was über Sie gespeichert wird
command-stop = Alles über diesen Chat löschen
command-announce = Eine Störung von Hand ankündigen
command-correct = Melden, dass eine Störung schwerer oder leichter ist
command-close = Melden, dass eine Störung vorbei ist

## Anfang
start-greeting = Willkommen bei Bis: der Umleitung, wenn E-Health ausfällt.
start-independent = Bis ist unabhängig. Es ist kein Dienst von eHealth, des LIKIV oder einer Behörde.
start-ready = Schreiben Sie in eigenen Worten, was nicht geht.
start-example = Beispiel: „Recip-e ist ausgefallen, wie gebe ich ab?“
start-link-unknown = Dieser Link führt zu nichts, was Bis kennt. So fangen Sie an.

help-title = Was Bis tut
help-ask = Schreiben Sie in eigenen Worten, was nicht geht. Bis antwortet mit den Schritten für Ihren Beruf und dem aktuellen Zustand der Dienste.
help-commands = Befehle
help-no-patient = Schreiben Sie niemals Namen oder Nummern von Patienten.

## Sprache und Beruf
language-ask = In welcher Sprache soll Bis antworten?
language-kept = Bis antwortet ab jetzt auf Deutsch.
language-unknown = Bis spricht vier Sprachen. Wählen Sie eine:
profession-ask = Was ist Ihr Beruf?
profession-kept = Beruf: { $profession }.
profession-cleared = Kein Beruf gewählt: Bis zeigt alles.
profession-unknown = Bis kennt keinen Beruf dieses Namens. Meinen Sie einen von diesen?
profession-none = nicht gewählt
profession-other = Keiner davon

## Eine Antwort
label-trigger = Situation
label-automatic = Geschieht von selbst
label-steps = Was zu tun ist
label-proof = Als Nachweis aufheben
label-limits = Bedingungen
label-afterwards = Wenn es wieder geht
label-contacts = Hilfe
label-sources = Quellen
caution-verify = Zu prüfen: Unsere Quellen klären das nicht ganz. Prüfen Sie es bei der Quelle, bevor Sie sich darauf verlassen.
source-published = { $publisher }, { $date }
source-undated = { $publisher }, ohne Datum, gesehen am { $date }
answer-page = Seite { $page } von { $pages }
edited-note = Antwort auf Ihre geänderte Nachricht.
attachment-note = Bis hat Ihre Worte gelesen, nicht den Anhang: Es sieht keine Bilder an und öffnet keine Dateien. Löschen Sie ihn, wenn er einen Patienten zeigt.

part-afterwards-none = Unsere Quellen sagen nicht, was danach nachzuholen ist.
part-contacts-none = Dieses Verfahren nennt keinen Helpdesk.
part-contacts-others = Andere Verfahren zu denselben Diensten nennen:
part-lasting-none = Unsere Quellen sagen nichts über eine Störung, die andauert.
part-no-end = Keine Quelle kündigt ein Ende an, und Bis rät nicht.
part-no-state = Dieses Verfahren beruht auf keinem Dienst, dessen Zustand gelesen werden kann.

choice-ask = Mehrere Verfahren kommen infrage. Welches meinen Sie?
choice-profession = Das hängt vom Beruf ab. Welcher ist Ihrer?
works-now = Bis sieht dort zurzeit keine Störung. Vielleicht ist es nur bei Ihnen so, oder es ist zu neu, um schon sichtbar zu sein.
works-else = Wenn es bei Ihnen nicht geht:
unknown-answer = Bis hat dafür kein Verfahren und erfindet keines.
unknown-hint = Sagen Sie es anders (welcher Dienst, was Sie sehen) oder wählen Sie ein Thema. Sonst hilft der Helpdesk:
unknown-courtesy = Bis ist da. Schreiben Sie in eigenen Worten, welcher Dienst nicht geht und was Sie sehen, oder wählen Sie ein Thema.
unknown-tool = Welcher Dienst geht nicht, und was sehen Sie? Schreiben Sie es in eigenen Worten oder wählen Sie ein Thema.
unknown-danger = Bis kennt nur Störungen von E-Health-Diensten und kann für einen Menschen in Gefahr nichts tun.
danger-note = 🚨 Ist ein Leben in Gefahr? Rufen Sie zuerst die 112 an.
unknown-thread = Um welches Verfahren geht es? Stellen Sie die Frage ganz (welcher Dienst, was Sie sehen) oder wählen Sie ein Thema.
unknown-service-profession = Unsere Quellen sagen nichts über { $services } für: { $profession }.
unknown-service = Unsere Quellen sagen nichts über { $services }.
unknown-operator = Betrieben von: { $operator }
unknown-elsewhere = Was es für andere Berufe gibt
unknown-general = Für alle Berufe
other-profession-ask = Für welchen Beruf?
other-profession-none = Bis hat dazu kein Verfahren für: { $profession }.

procedures-title = Themen
procedures-title-profession = Themen für: { $profession }
procedures-hint = Wählen Sie ein Thema.
topic-hint = Wählen Sie ein Verfahren.
topic-empty = Bis hat zu diesem Thema noch kein Verfahren.

## Zustände
state-operational = in Betrieb
state-maintenance = in Wartung
state-degraded = eingeschränkt
state-partial-outage = Teilausfall
state-major-outage = Ausfall
state-unknown = Zustand unbekannt
state-unstable = instabil, kommt und geht
state-since = seit { $time }
state-seen-since = (so gesehen seit { $time })
state-since-at-least = mindestens seit { $time }
state-read = { $source }, gelesen um { $time } (vor { $age })
state-read-stale = { $source }, zuletzt gelesen um { $time } (vor { $age }): alt
state-announced = Vom Bis-Team um { $time } gemeldet (vor { $age })
state-source-silent = die Quelle selbst ist unverändert seit { $time }
state-affected = hängt ab von { $services }: ausgefallen
state-fine-but = die eigene Quelle meldet, dass alles geht, aber { $services }, wovon es abhängt, { $count ->
        [one] ist
       *[other] sind
    } ausgefallen
state-not-for = geht, aber nicht für { $insurers }
state-overview = Bis sieht zurzeit keine Störung{ $profession ->
        [none] {""}
       *[other] {" "}({ $profession })
    }: { $working ->
        [one] 1 gelesener Dienst funktioniert
       *[other] { $working } gelesene Dienste funktionieren
    }{ $unknown ->
        [0] .
        [one] , von 1 weiteren ist der Zustand nicht bekannt.
       *[other] , von { $unknown } weiteren ist der Zustand nicht bekannt.
    }
state-hidden = und { $count ->
        [one] 1 weiterer betroffen
       *[other] { $count } weitere betroffen
    }, siehe /status
state-response = antwortet in { $time }
state-emergency = eHealth leitet { $service } seit { $time } über { $route } um; Ihre Software folgt von selbst, wenn sie diesen Umweg kennt
route-mutualities = den eigenen Weg der Krankenkassen
route-second-site = den zweiten Standort von eHealth
route-host = die Notroute { $host }
route-unnamed = die Notroute
state-says = { $source }: { $state }
state-look = Selbst nachsehen

reason-unreachable = die Quelle ist nicht erreichbar
reason-timeout = die Quelle antwortet nicht rechtzeitig
reason-tls = die Quelle hat kein gültiges Zertifikat
reason-http-status = die Quelle antwortet mit einem Fehler
reason-too-large = die Quelle sendet zu viel, um verlässlich zu sein
reason-redirect = die Quelle verweist anderswohin
reason-forbidden-address = die Quelle hat eine Adresse, die Bis ablehnt
reason-encoding = die Quelle ist nicht zu entziffern
reason-not-the-format = die Quelle hat ihre Form geändert
reason-contract = die Quelle ist zu unvollständig, um verlässlich zu sein
reason-not-yet-read = noch nicht gelesen
reason-no-machine-source = keine Quelle, die Bis lesen kann, meldet den Zustand
reason-none = kein aktueller Stand

status-title = Zustand der Dienste
status-title-profession = Zustand der Dienste · { $profession }
status-at = Um { $time }, das Schlimmste zuerst
status-at-one = Um { $time }
status-blind = Keine unserer Quellen ist lesbar: vermutlich unser eigenes Netz. Bis schließt daraus nichts.
status-incidents = Laufende Störungen
status-planned = Geplant
status-untold = Zustand unbekannt, keine Quelle, die Bis lesen kann
status-resting = Zustand unbekannt, hängen aber ab von { $services }: ausgefallen
status-service-unknown = Bis kennt keinen Dienst dieses Namens. Meinen Sie einen von diesen?
status-service-unknown-none = Bis kennt keinen Dienst dieses Namens. /status zeigt alle.
week-title = Letzte 7 Tage, belgische Zeit
week-share = Letzte 7 Tage: { $share } % der bekannten Zeit ohne Störung
week-unknown = Zustand unbekannt während { $share } % der Zeit
week-little = Bekannt sind nur { $duration } dieser 7 Tage
week-incidents = { $count ->
        [0] Keine Störung gemeldet
        [one] { $count } Störung gemeldet
       *[other] { $count } Störungen gemeldet
    }
incident-by = { $source } schreibt:
incident-started = seit { $time }
planned-window = { $start } bis { $end }
planned-from = ab { $start }
planned-effect = angekündigte Auswirkung: { $effect }
planned-effect-none = keine

phase-investigating = wird untersucht
phase-identified = Ursache gefunden
phase-monitoring = wird beobachtet
phase-resolved = behoben
phase-scheduled = geplant
phase-in-progress = läuft
phase-completed = abgeschlossen

## Abonnements
subscriptions-title = Störungsmeldungen
subscriptions-none = Sie erhalten keine Störungsmeldungen.
subscriptions-all = Sie werden über alle Dienste Ihres Berufs benachrichtigt.
subscriptions-some = Sie werden benachrichtigt über: { $services }.
services-many = { $count } Dienste
subscriptions-added = Notiert: Sie werden benachrichtigt über { $services }.
names-missed = Nicht verstanden: { $names }.
subscriptions-removed = Notiert: keine Meldungen mehr über { $services }.
subscriptions-removed-all = Notiert: keine Störungsmeldungen mehr.
subscriptions-hint = Tippen Sie auf einen Dienst, um ihn ein- (🔔) oder auszuschalten.
subscriptions-unwatched = Keine maschinenlesbare Quelle für { $services }: Bis kann dort selbst keine Störung sehen.
subscriptions-channels = Für alle offen, ohne Abonnement: { $channels }
service-unknown = Bis kennt keinen Dienst dieses Namens. Meinen Sie einen von diesen?
service-unknown-none = Bis kennt keinen Dienst dieses Namens. Wählen Sie hier:
mute-done = Keine Nachrichten mehr über { $code }.
mute-unknown = Diese Störung ist nicht mehr bekannt: nichts stummzuschalten.
subscriptions-here = Störungsmeldungen kommen von nun an hier.

## Ruhezeiten und Einstellungen
quiet-ask = Wann soll Bis schweigen? Schreiben Sie zum Beispiel /quiet 22:00-07:00 (belgische Zeit).
quiet-kept = Ruhe von { $start } bis { $end }, belgische Zeit. Was um { $end } noch andauert, wird dann gemeldet.
quiet-off = Keine Ruhezeiten: Störungen werden sofort gemeldet.
quiet-tonight = Im Nachtdienst: Störungen werden bis { $end } sofort gemeldet. Danach gelten die Ruhezeiten wieder.
quiet-tonight-none = Es gibt keine Ruhezeiten aufzuheben: Störungen werden sofort gemeldet.
quiet-bad = Nicht verstanden. Schreiben Sie zum Beispiel /quiet 22:00-07:00 oder /quiet off.
quiet-none = keine
quiet-window = { $start } bis { $end }
quiet-window-left = { $start } bis { $end }, im Dienst bis { $until }
settings-title = Ihre Einstellungen
settings-language = Sprache: { $language }
settings-profession = Beruf: { $profession }
settings-subscriptions = Störungsmeldungen: { $services }
settings-quiet = Ruhezeiten: { $quiet }
settings-all = alle Ihres Berufs
settings-none = keine

## Datenschutz und Abschied
privacy-title = Was Bis speichert
privacy-kept = Die Nummer dieses Chats, die Sprache, den Beruf, die verfolgten Dienste, die Ruhezeiten, in einer Gruppe das Thema, in dem die Meldungen kommen, das zuletzt gezeigte Verfahren mit Uhrzeit, die stummgeschalteten Störungen und die an Sie gesendeten Nachrichten.
privacy-not-kept = Niemals gespeichert: was Sie schreiben, Ihr Name, Ihre Telefonnummer, irgendetwas über Patienten.
privacy-patient = Schreiben Sie niemals eine Nationalregisternummer. Geschieht es doch, verbirgt Bis sie, verwendet sie nicht und sagt es Ihnen.
privacy-telegram = Telegram befördert die Nachrichten und sieht sie; es liegt außerhalb des Europäischen Wirtschaftsraums.
privacy-delete = /stop löscht sofort alles über diesen Chat.
stop-done = Erledigt: Alles über diesen Chat ist gelöscht.
stop-deleted = Gelöscht: { $what }.
stop-settings = die Einstellungen
stop-subscriptions = { $count ->
        [one] 1 Abonnement
       *[other] { $count } Abonnements
    }
stop-pending = { $count ->
        [one] 1 noch nicht gesendete Nachricht
       *[other] { $count } noch nicht gesendete Nachrichten
    }
stop-nothing = Über diesen Chat war nichts gespeichert.
stop-again = Mit /start beginnen Sie neu.

## Knöpfe: je ein Verb
button-other-profession = Anderen Beruf ansehen
button-status = Zustand ansehen
button-subscribe = Störungen verfolgen
button-unsubscribe-all = Alle abbestellen
button-subscribe-all = Alle verfolgen
button-back = ⬅ Zurück
button-more = Weiterlesen ({ $page }/{ $pages })
button-topics = Themen ansehen
button-procedure = Verfahren ansehen
button-what-to-do = Ansehen, was zu tun ist
button-mute = Störung stummschalten
button-refresh = Aktualisieren
button-change-language = Sprache ändern
button-change-profession = Beruf ändern
button-change-quiet = Ruhezeiten festlegen
button-change-subscriptions = Dienste wählen
button-quiet-off = Keine Ruhezeiten
button-quiet-tonight = Heute Nacht im Dienst
button-confirm = Senden

## Schutz
flood-wait = Das war viel auf einmal. Warten Sie eine Minute und machen Sie dann weiter.
too-long = Das ist zu lang für eine Frage. Fassen Sie es in ein oder zwei Sätze.
no-words = Sagen Sie in wenigen Worten, welcher Dienst nicht geht, oder wählen Sie ein Thema.
kind-sticker = Bis kann keine Sticker lesen. Schreiben Sie in Worten, was nicht geht.
kind-photo = Bis sieht keine Bilder an und behält keine. Schreiben Sie die Fehlermeldung ab, ohne Patientendaten. Löschen Sie das Bild, wenn es einen Patienten zeigt.
kind-voice = Bis kann nicht zuhören. Schreiben Sie in Worten, was nicht geht, oder diktieren Sie es Ihrer Tastatur.
kind-video = Bis sieht keine Videos an und behält keine. Schreiben Sie in Worten, was nicht geht.
kind-document = Bis öffnet keine Dateien und behält keine. Schreiben Sie in Worten, was nicht geht. Löschen Sie die Datei, wenn sie einen Patienten betrifft.
kind-location = Bis braucht keinen Standort und behält keinen. Schreiben Sie in Worten, was nicht geht.
kind-contact = Bis braucht keine Kontakte und behält keine. Schreiben Sie in Worten, was nicht geht.
kind-other = Bis liest nur geschriebenen Text. Schreiben Sie in Worten, was nicht geht.
number-alone = Es ist keine nummerierte Liste offen. Drücken Sie den Knopf selbst, oder stellen Sie Ihre Frage noch einmal.
number-beyond = { $count ->
        [one] Es gibt nur einen Knopf: Schreiben Sie 1.
       *[other] Es gibt nur { $count } Knöpfe: Schreiben Sie eine Zahl von 1 bis { $count }.
    }
unknown-command = Bis kennt diesen Befehl nicht. /help zeigt alle.
unknown-command-nearest = Bis kennt diesen Befehl nicht. Meinen Sie { $command }?
old-button = Dieser Knopf stammt aus einer früheren Version. Fragen Sie neu oder sehen Sie unter /help nach.
error-calm = Bei uns ist etwas schiefgegangen. Versuchen Sie es in einer Minute erneut; Ihre Frage wurde nicht gespeichert.
warning-national-number = ⚠ Das sieht nach einer Nationalregisternummer aus. Bis hat sie verborgen und nichts gespeichert. Löschen Sie Ihre Nachricht.
warning-identifier = ⚠ Das sieht nach einem Verordnungscode aus. Bis hat ihn verborgen und nichts gespeichert. Löschen Sie Ihre Nachricht.
group-admin-only = In einer Gruppe kann das nur ein Administrator ändern.
channel-admin-only = In einem Kanal sind diese Knöpfe nur für Administratoren. Für eigene Fragen schreiben Sie an { $bot }.

## Störungsmeldungen
ping-onset = { $service }: { $state } seit { $time }
ping-worsened = { $service } ist schlimmer: { $state }
ping-update = { $service }: { $state }, Neues von der Quelle
ping-announced-update = { $service }: { $state }, Neues vom Bis-Team
ping-resolved = { $service } geht wieder
ping-unstable = { $service } ist instabil
ping-unstable-note = Es kommt und geht. Bis schweigt, bis es wieder stabil ist.
ping-steady = { $service } ist wieder stabil: { $state }
ping-planned = { $service }: geplante Arbeiten
ping-replanned = { $service }: geplante Arbeiten, Ankündigung geändert
ping-called-off = { $service }: geplante Arbeiten sind nicht mehr angekündigt
ping-had-window = Waren angekündigt: { $window }
ping-reminder = { $service }: weiterhin { $state }, seit { $time }
ping-emergency-on = { $service }: Notroute von eHealth angeordnet
ping-emergency-off = { $service }: zurück auf der normalen Route
ping-emergency-since = Seit { $time }, über { $route }. Ihre Software folgt von selbst, wenn sie diesen Umweg kennt.
ping-source = Quelle: { $source }
ping-announced = Gemeldet vom Bis-Team
ping-also = Ebenfalls betroffen: { $services }
ping-also-was = Waren ebenfalls betroffen: { $services }
ping-insurers = die Krankenkassen
ping-began = Problem seit { $time }
ping-ends = Angekündigtes Ende: { $time }
ping-back = { $service } geht wieder seit { $time }
ping-duration = Dauerte { $duration }, von { $start } bis { $end }
ping-code = Störung { $code }

duration-moment = unter 1 Min.
duration-minutes = { $minutes } Min.
duration-hours = { $hours } Std. { $minutes } Min.
duration-days = { $days } T. { $hours } Std.

## Für das Team
reload-refused = Die geänderte Wissensbasis ist abgelehnt. Die alte bleibt in Betrieb.
reload-more = Und { $count } weitere: siehe python -m bot check.
trouble-many-refusals = Viele Chats lehnen zugleich ab: Meldungen warten, niemand wird abgemeldet.
trouble-given-up = Eine Meldung wurde nach mehreren Sendungen ohne Antwort aufgegeben.
trouble-bad-message = Telegram hat den Inhalt einer Meldung abgelehnt: sie ging nicht hinaus. Das Protokoll sagt, warum.
team-name = Das Bis-Team
team-usage =
    /announce DIENST ZUSTAND [Text]
    /correct CODE ZUSTAND
    /close CODE
    ZUSTAND ist degraded, partial oder major.
team-proposal = { $count ->
        [one] { $count } Chat würde benachrichtigt:
       *[other] { $count } Chats würden benachrichtigt:
    }
team-proposal-each = Jeder erhält es in seiner Sprache, mit den Schritten seines Berufs.
team-proposal-silent = Die vorhandene Nachricht wird geändert, ohne Ton.
team-proposal-waits = Noch ist nichts gesendet. Die Taste gilt 10 Minuten.
team-done = { $count ->
        [one] Erledigt: { $code }. { $count } Chat wird benachrichtigt.
       *[other] Erledigt: { $code }. { $count } Chats werden benachrichtigt.
    }
team-gone = Nichts wurde gesendet: Es ist älter als 10 Minuten, schon erledigt oder ersetzt, oder die Störung hat sich geändert. Geben Sie den Befehl erneut ein.
team-open-already = Für diesen Dienst ist eine Störung offen: { $code }. Verwenden Sie /correct oder /close.
team-not-open = Keine offene Störung hat diesen Code.
team-told-as-that = { $code } ist schon so gemeldet.
team-unstable = { $code } ist als instabil gemeldet, bis es stabil ist. /close beendet es.

## Terminal
console-hello = Bis im Terminal. Schreiben Sie eine Frage; /help zeigt die Befehle; eine Zahl drückt einen Knopf; /quit beendet.
console-no-button = Es gibt keinen Knopf mit dieser Nummer.
console-bye = Auf Wiedersehen.
